import { useSearchParams } from 'react-router-dom';
import { EmptyState } from '@llm-platform/plugin-models-react';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';
import { LogView } from './LogView';

/** The log of one of the model's pods; which one is in the URL. */
export function LogsTab(props: { model: ModelDeploymentDetail }) {
  const { model } = props;
  const [params, setParams] = useSearchParams();
  const pod =
    model.pods.find(candidate => candidate.name === params.get('pod')) ??
    model.pods[0];

  if (!pod) {
    return (
      <EmptyState
        title="No logs"
        description={
          model.replicas.desired === 0
            ? 'The model is stopped, so it has no pods.'
            : 'No pod exists yet. Its log appears here as soon as its container starts.'
        }
      />
    );
  }
  const container =
    pod.containers.find(c => c.name === params.get('container')) ??
    pod.containers[0];
  const set = (name: string, value: string | undefined) =>
    setParams(
      previous => {
        const next = new URLSearchParams(previous);
        if (value) {
          next.set(name, value);
        } else {
          next.delete(name);
        }
        return next;
      },
      { replace: true },
    );

  return (
    <LogView
      modelRef={model}
      pods={model.pods}
      pod={pod}
      container={container?.name}
      previous={params.get('previous') === 'true' && pod.restarts > 0}
      onPod={name => {
        set('pod', name);
        set('previous', undefined);
      }}
      onContainer={name => set('container', name)}
      onPrevious={previous => set('previous', previous ? 'true' : undefined)}
    />
  );
}
