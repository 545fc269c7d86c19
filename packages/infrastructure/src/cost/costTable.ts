import { NodeGroup } from '@llm-platform/platform';
import { Prices } from './priceFile';

/** The part of a CloudFormation template that costs. @public */
export interface CostedTemplate {
  Resources?: Record<
    string,
    {
      Type: string;
      Properties?: { SubnetIds?: unknown[]; VpcEndpointType?: string };
    }
  >;
}

/** One line of the table; USD per month. @public */
export interface CostRow {
  step: string;
  what: string;
  /** At the group's least, at its start and at its most; else three times the same. */
  least: number;
  desired: number;
  most: number;
}

/** Counted by the declared node groups. */
const NODES = 'AWS::EKS::Nodegroup';

/**
 * What each step of the bring-up adds to the bill.
 *
 * @param templates - by step, in their order
 * @throws Error that names resource types for which there is no price
 * @public
 */
export function costRows(
  templates: ReadonlyMap<string, CostedTemplate>,
  nodeGroups: readonly NodeGroup[],
  prices: Prices,
): CostRow[] {
  return [
    ...[...templates].flatMap(([step, template]) =>
      templateRows(step, template, prices),
    ),
    ...nodeGroups.map(group => nodeRow(group, prices)),
    ...prices.use.map(({ what, quantity, unit, usdPerMonth }) =>
      fixed('use', `${what}: ${quantity} ${unit}`, quantity * usdPerMonth),
    ),
  ];
}

function templateRows(
  step: string,
  { Resources = {} }: CostedTemplate,
  prices: Prices,
): CostRow[] {
  const counts = new Map<string, number>();
  for (const { Type, Properties = {} } of Object.values(Resources)) {
    if (Type === 'AWS::EC2::VPCEndpoint') {
      // A gateway endpoint is free; the others cost in each of their zones.
      const what = 'interface endpoint in a zone';
      const zones =
        Properties.VpcEndpointType === 'Interface'
          ? Properties.SubnetIds?.length ?? 0
          : 0;
      counts.set(what, (counts.get(what) ?? 0) + zones);
    } else if (Type !== NODES && !prices.free.includes(Type)) {
      counts.set(Type, (counts.get(Type) ?? 0) + 1);
    }
  }
  const unknown = [...counts.keys()].filter(
    what => !(what in prices.usdPerHour) && !(what in prices.usdPerMonth),
  );
  if (unknown.length > 0) {
    throw new Error(
      `The price file has no price for ${unknown.join(
        ', ',
      )} of step ${step}; a type that costs nothing belongs to "free".`,
    );
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([what, count]) =>
      fixed(
        step,
        `${count} × ${what}`,
        count *
          (prices.usdPerMonth[what] ??
            prices.usdPerHour[what] * prices.hoursPerMonth),
      ),
    );
}

function nodeRow(group: NodeGroup, prices: Prices): CostRow {
  const { name, instanceType, size, type, diskGiB } = group;
  const each =
    type.pricePerHour * prices.hoursPerMonth +
    diskGiB * prices.usdPerMonth['GiB of gp3'];
  return {
    step: `nodes ${name}`,
    what: `${size.min} to ${size.max} × ${instanceType}, ${size.desired} at first`,
    least: size.min * each,
    desired: size.desired * each,
    most: size.max * each,
  };
}

function fixed(step: string, what: string, usd: number): CostRow {
  return { step, what, least: usd, desired: usd, most: usd };
}

/** The rows and their sum as text, USD per month. @public */
export function costTable(rows: readonly CostRow[]): string {
  const sum = (key: 'least' | 'desired' | 'most') =>
    rows.reduce((total, row) => total + row[key], 0);
  const lines = [
    ['step', 'what', 'least', 'at first', 'most'],
    ...[
      ...rows,
      {
        step: 'all',
        what: '',
        least: sum('least'),
        desired: sum('desired'),
        most: sum('most'),
      },
    ].map(({ step, what, least, desired, most }) => [
      step,
      what,
      ...[least, desired, most].map(usd => usd.toFixed(2)),
    ]),
  ];
  const widths = lines[0].map((_, column) =>
    Math.max(...lines.map(line => line[column].length)),
  );
  return lines
    .map(line =>
      line
        .map((cell, column) =>
          column < 2
            ? cell.padEnd(widths[column])
            : cell.padStart(widths[column]),
        )
        .join('  '),
    )
    .join('\n');
}
