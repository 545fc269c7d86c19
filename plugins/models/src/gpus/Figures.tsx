import { SimulatedChip } from '@llm-platform/plugin-models-react';
import type { GpuCounts } from '@llm-platform/plugin-models-common';
import css from './GpusPage.module.css';

const FIGURES: Array<{ key: keyof GpuCounts; title: string; meaning: string }> =
  [
    {
      key: 'capacity',
      title: 'Capacity',
      meaning: 'GPUs of all nodes, also of those that are not ready',
    },
    {
      key: 'allocated',
      title: 'Held',
      meaning: 'GPUs of pods that run or start on a node',
    },
    {
      key: 'free',
      title: 'Free',
      meaning: 'GPUs that a new pod can have now, on ready nodes',
    },
    {
      key: 'pending',
      title: 'Waiting',
      meaning: 'GPUs that pods ask for and no node has',
    },
  ];

/** The four numbers above the map. */
export function Figures(props: {
  counts: GpuCounts;
  simulated: string | undefined;
}) {
  return (
    <dl className={css.figures}>
      {FIGURES.map(({ key, title, meaning }) => (
        <div key={key} title={meaning}>
          <dt>
            {title}
            {key === 'capacity' ? (
              <SimulatedChip what={props.simulated} />
            ) : undefined}
          </dt>
          <dd>
            {props.counts[key]}{' '}
            <small>GPU{props.counts[key] === 1 ? '' : 's'}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
