import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { modelsApiRef } from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  gpuAllocation,
  gpuHolder,
  gpuNode,
} from '@llm-platform/plugin-models-react/testUtils';
import type { GpuAllocation } from '@llm-platform/plugin-models-common';
import { GpusPage } from './GpusPage';
import { seatGroups, tableOf, toCsv } from './rows';

const gpus = gpuAllocation({
  total: { capacity: 6, allocated: 3, pending: 1, free: 2 },
  byNode: [
    gpuNode({
      name: 'node-a.internal',
      counts: { capacity: 4, allocated: 3, pending: 0, free: 1 },
      holders: [
        gpuHolder({ model: 'mistral-7b', team: 'eval' }),
        gpuHolder({ model: 'qwen', team: 'quant', namespace: 'quant' }),
      ],
      simulated: 'GPU',
    }),
    gpuNode({
      name: 'node-b.internal',
      counts: { capacity: 1, allocated: 0, pending: 0, free: 1 },
      holders: [],
    }),
    gpuNode({
      name: 'node-c.internal',
      pool: 'gpu-large',
      state: 'joining',
      counts: { capacity: 1, allocated: 0, pending: 0, free: 0 },
      holders: [],
    }),
  ],
  byTeam: [
    { team: 'eval', allocated: 2, pending: 1 },
    { team: 'quant', allocated: 1, pending: 0 },
  ],
  byModel: [
    { team: 'eval', model: 'mistral-7b', allocated: 1, pending: 0 },
    { team: 'quant', model: 'qwen', allocated: 1, pending: 0 },
    { team: 'eval', model: 'judge', allocated: 0, pending: 1 },
  ],
  pending: [
    gpuHolder({
      model: 'judge',
      pod: 'judge-1',
      node: undefined,
      reason: '0/7 nodes are available: 2 Insufficient nvidia.com/gpu.',
    }),
  ],
});

function renderGpus(facts: ReturnType<typeof gpuAllocation>, url = '/') {
  return renderInTestApp(<GpusPage />, {
    apis: [[modelsApiRef, createModelsApiMock({ getGpus: async () => facts })]],
    initialRouteEntries: [url],
  });
}

const seats = (row: string) =>
  within(screen.getByRole('list', { name: `GPUs of ${row}` }))
    .getAllByRole('listitem')
    .map(seat => seat.textContent);

describe('GpusPage', () => {
  it('seats each GPU with its holder, and says what waits', async () => {
    renderGpus(gpus);

    expect(
      await screen.findByRole('heading', { name: 'gpu-large' }),
    ).toBeInTheDocument();
    // One of node-a's GPUs is held by a pod whose name may not be seen.
    expect(seats('node-a')).toEqual([
      'mistral-7beval',
      'qwenquant',
      'heldanother team',
      'free',
    ]);
    expect(seats('node-b')).toEqual(['free']);
    expect(seats('node-c')).toEqual(['joining']);

    const figures = screen.getAllByText('Capacity')[0].closest('dl');
    expect(figures).toHaveTextContent(
      'Capacitysimulated6 GPUsHeld3 GPUsFree2 GPUsWaiting1 GPU',
    );
    expect(
      screen.getByRole('region', { name: 'Waiting for GPUs' }),
    ).toHaveTextContent('0/7 nodes are available');
    expect(screen.getByRole('link', { name: 'mistral-7b' })).toHaveAttribute(
      'href',
      '/models/embedded/eval/mistral-7b',
    );
  });

  it('cuts by team and by model', async () => {
    const user = userEvent.setup();
    renderGpus(gpus);
    await user.click(await screen.findByRole('button', { name: 'By team' }));

    expect(seats('eval')).toEqual([
      'mistral-7beval',
      'heldanother team',
      'waiting',
    ]);
    expect(
      within(screen.getByRole('table', { name: 'GPUs by team' }))
        .getAllByRole('row')
        .map(row => row.textContent),
    ).toEqual(['TeamHeldWaiting', 'eval21', 'quant10']);

    await user.click(screen.getByRole('button', { name: 'By model' }));
    expect(seats('judge')).toEqual(['waiting']);
  });

  it('does not link what belongs to no team', async () => {
    renderInTestApp(<GpusPage />, {
      apis: [
        [
          modelsApiRef,
          createModelsApiMock({
            getGpus: async () =>
              gpuAllocation({
                byTeam: [
                  { team: 'no team', allocated: 1, pending: 0 },
                  { team: 'quant', allocated: 1, pending: 0 },
                ],
              }),
          }),
        ],
      ],
      initialRouteEntries: ['/?by=team'],
    });
    expect(await screen.findByRole('link', { name: 'quant' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'no team' })).toBeNull();
  });

  it('counts what other teams run without naming it', async () => {
    renderGpus(
      gpuAllocation({
        byNode: [
          gpuNode({
            holders: [gpuHolder({ pod: '', namespace: '', model: undefined })],
          }),
        ],
        byModel: [{ team: 'eval', model: '', allocated: 1, pending: 0 }],
      }),
    );

    expect(await screen.findByText('not shown (eval)')).toBeInTheDocument();
    expect(seats('ip-10-0-1-21')).toEqual(['not showneval']);
  });

  it('says what will be here without GPUs', async () => {
    renderGpus(
      gpuAllocation({
        total: { capacity: 0, allocated: 0, pending: 0, free: 0 },
        byNode: [],
        byTeam: [],
        byModel: [],
      }),
    );
    expect(await screen.findByText('No GPU nodes')).toBeInTheDocument();
  });

  it.each(range(20))(
    'shows the same facts in picture and table (set %i)',
    seed => {
      const facts = generate(seed);
      const groups = seatGroups(facts, 'node');
      const { columns, rows } = tableOf(groups, 'node');
      const sum = (column: string) =>
        rows.reduce((n, row) => n + Number(row[columns.indexOf(column)]), 0);
      const kinds = groups
        .flatMap(group => group.rows.flatMap(row => row.seats))
        .map(seat => seat.kind);

      expect(rows).toHaveLength(facts.byNode.length);
      expect(sum('Capacity')).toBe(facts.total.capacity);
      expect(sum('Held')).toBe(facts.total.allocated);
      expect(sum('Free')).toBe(facts.total.free);
      expect(kinds).toHaveLength(facts.total.capacity);
      expect(kinds.filter(kind => kind === 'held')).toHaveLength(
        facts.total.allocated,
      );
      expect(kinds.filter(kind => kind === 'free')).toHaveLength(
        facts.total.free,
      );
    },
  );

  it('exports a file that a spreadsheet reads as data', () => {
    expect(
      toCsv(
        ['Model', 'Held'],
        [
          ['=SUM(A1)', '1'],
          ['a,"b"', '2'],
        ],
      ),
    ).toBe(`Model,Held\r\n'=SUM(A1),1\r\n"a,""b""",2\r\n`);
  });
});

function range(count: number) {
  return Array.from({ length: count }, (_, index) => index);
}

/** A repeatable set of nodes and holders. */
function generate(seed: number): GpuAllocation {
  let state = seed * 7919 + 1;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const byNode = range(1 + random(12)).map(index => {
    const capacity = [1, 2, 4, 8][random(4)];
    const allocated = random(capacity + 1);
    const ready = random(4) > 0;
    return gpuNode({
      name: `node-${index}`,
      pool: `pool-${random(3)}`,
      state: ready ? 'ready' : 'not-ready',
      counts: {
        capacity,
        allocated,
        pending: 0,
        free: ready ? capacity - allocated : 0,
      },
      holders: range(allocated).map(n =>
        gpuHolder({ pod: `pod-${index}-${n}`, team: `team-${random(4)}` }),
      ),
    });
  });
  const total = (key: 'capacity' | 'allocated' | 'free') =>
    byNode.reduce((sum, node) => sum + node.counts[key], 0);
  return gpuAllocation({
    byNode,
    total: {
      capacity: total('capacity'),
      allocated: total('allocated'),
      free: total('free'),
      pending: 0,
    },
  });
}
