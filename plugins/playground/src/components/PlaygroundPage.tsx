import { useCallback, useMemo } from 'react';
import { PageFrame } from '@llm-platform/plugin-models-react';
import { useSearchParams } from 'react-router-dom';
import type { ModelChoice } from '../conversation';
import { Playground } from './Playground';
import { useUserRef } from './useUserRef';

/** `/playground?model=<route>&cluster=<cluster>` */
export function PlaygroundPage() {
  const userRef = useUserRef();
  const [params, setParams] = useSearchParams();
  const route = params.get('model') ?? undefined;
  const cluster = params.get('cluster') ?? undefined;
  const wanted = useMemo(
    () => (route ? { route, cluster } : undefined),
    [route, cluster],
  );
  const onChoose = useCallback(
    (model: ModelChoice) =>
      setParams(
        { model: model.route, cluster: model.cluster },
        { replace: true },
      ),
    [setParams],
  );
  return (
    <PageFrame title="Playground" fill>
      {userRef ? (
        <Playground
          key={userRef}
          storageKey={userRef}
          wanted={wanted}
          onChoose={onChoose}
        />
      ) : undefined}
    </PageFrame>
  );
}
