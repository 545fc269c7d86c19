import { useMemo } from 'react';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Playground } from './Playground';
import { useUserRef } from './useUserRef';
import css from './Playground.module.css';

/** The playground as a tab of a model's entity page; the model is fixed. */
export function EntityPlayground() {
  const { entity } = useEntity();
  const userRef = useUserRef();
  const found = entity.metadata.annotations ?? {};
  const route = found['llm-platform.dev/route'];
  const cluster = found['llm-platform.dev/cluster'];
  const wanted = useMemo(() => ({ route, cluster }), [route, cluster]);
  const key = `${userRef}:${cluster}/${route}`;
  return (
    <div className={css.tab}>
      {userRef ? (
        <Playground key={key} storageKey={key} wanted={wanted} fixed />
      ) : undefined}
    </div>
  );
}
