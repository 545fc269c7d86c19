import { useSearchParams } from 'react-router-dom';
import { Button, Skeleton } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import {
  EmptyState,
  ErrorPanel,
  PageFrame,
  saveFile,
  Section,
  StaleBanner,
  tableStyles as table,
  useGpus,
} from '@llm-platform/plugin-models-react';
import type { GpuAllocation } from '@llm-platform/plugin-models-common';
import { seatGroups, tableOf, toCsv, type Cut } from './rows';
import { Figures } from './Figures';
import { SeatMap } from './SeatMap';
import { WaitingLane } from './WaitingLane';
import css from './GpusPage.module.css';

const CUTS: Array<{ id: Cut; title: string }> = [
  { id: 'node', title: 'By node' },
  { id: 'team', title: 'By team' },
  { id: 'model', title: 'By model' },
];

const NUMBERS = new Set(['Capacity', 'Held', 'Free', 'Waiting']);

/** Who holds which GPU, and what waits for one. */
export function GpusPage() {
  const gpus = useGpus();
  return (
    <PageFrame title="GPUs">
      {gpus.data ? (
        <StaleBanner
          error={gpus.error}
          updatedAt={gpus.updatedAt}
          clusters={gpus.data.errors}
          onRetry={gpus.retry}
        />
      ) : undefined}
      {gpus.data ? (
        <Allocation
          gpus={gpus.data}
          unreachable={gpus.data.errors.length > 0}
        />
      ) : undefined}
      {gpus.loading ? <Loading /> : undefined}
      {gpus.error && !gpus.data ? (
        <ErrorPanel error={gpus.error} what="the GPUs" onRetry={gpus.retry} />
      ) : undefined}
    </PageFrame>
  );
}

function Allocation(props: { gpus: GpuAllocation; unreachable: boolean }) {
  const { gpus } = props;
  const [params, setParams] = useSearchParams();
  const cut = CUTS.find(({ id }) => id === params.get('by'))?.id ?? 'node';
  const groups = seatGroups(gpus, cut);
  const { columns, rows } = tableOf(groups, cut);

  if (gpus.total.capacity === 0 && gpus.pending.length === 0) {
    return (
      <EmptyState
        title={props.unreachable ? 'No GPU can be seen now' : 'No GPU nodes'}
        description={
          props.unreachable
            ? 'The cluster does not answer; its GPUs appear here when it does.'
            : 'Nodes with GPUs appear here when they join a cluster. A node group scaled to zero adds one as soon as a model asks for it.'
        }
      />
    );
  }

  return (
    <>
      <Figures counts={gpus.total} simulated={simulatedOf(gpus)} />
      <div className={css.bar}>
        <div className={css.cuts} role="group" aria-label="Show GPUs">
          {CUTS.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === cut}
              onClick={() => setParams({ by: id }, { replace: true })}
            >
              {title}
            </button>
          ))}
        </div>
      </div>
      <div className={css.map}>
        <SeatMap gpus={gpus} groups={groups} cut={cut} />
        <WaitingLane pending={gpus.pending} />
      </div>
      <Section
        title="Table"
        actions={
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiDownloadLine />}
            onPress={() =>
              saveFile(`gpus-by-${cut}.csv`, 'text/csv', toCsv(columns, rows))
            }
          >
            Export CSV
          </Button>
        }
      >
        <div className={table.scroll}>
          <table className={table.table} aria-label={`GPUs by ${cut}`}>
            <thead>
              <tr>
                {columns.map(column => (
                  <th
                    key={column}
                    scope="col"
                    className={NUMBERS.has(column) ? table.number : undefined}
                  >
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, rowIndex) => (
                <tr key={rowIndex}>
                  {row.map((cell, index) => (
                    <td
                      key={columns[index]}
                      className={
                        NUMBERS.has(columns[index]) ? table.number : undefined
                      }
                    >
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </>
  );
}

function simulatedOf(gpus: GpuAllocation): string | undefined {
  return gpus.byNode.find(node => node.simulated)?.simulated;
}

function Loading() {
  return (
    <div className={css.loading} role="status" aria-label="Loading the GPUs">
      <Skeleton height={64} />
      <Skeleton height={32} width={280} />
      <Skeleton height={180} />
    </div>
  );
}
