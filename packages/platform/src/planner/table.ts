import type { Plan } from './plan';
import { formatCpu, formatMemory } from './resources';

/** The plan for people: a line for each node and each rolling update. @public */
export function formatPlan({ nodes, unscheduled, rollouts }: Plan): string[] {
  const header = ['node', 'instance', 'pods', 'CPU', 'memory', 'GPUs', ''];
  const rows = nodes.map(node => {
    const { used, allocatable, joined } = node;
    return [
      node.name,
      node.instanceType,
      `${used.pods}/${allocatable.pods}`,
      `${formatCpu(used.cpu)}/${formatCpu(allocatable.cpu)}`,
      `${formatMemory(used.memory)}/${formatMemory(allocatable.memory)}`,
      `${used.gpus}/${allocatable.gpus}`,
      joined ? 'joins on demand' : '',
    ];
  });
  const growing = rollouts.filter(({ joined }) => joined > 0);
  return [
    ...alignColumns([header, ...rows]),
    `${rollouts.length} Deployments updated one by one${
      growing.length === 0
        ? ', on these nodes'
        : `; a node joins for ${growing.map(({ owner }) => owner).join(', ')}`
    }`,
    ...unscheduled.map(({ owner, message }) => `${owner}: ${message}`),
    ...rollouts.flatMap(({ problem }) =>
      problem ? [`update of ${problem.owner}: ${problem.message}`] : [],
    ),
  ];
}

function alignColumns(rows: string[][]): string[] {
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
