import { parseArgs } from 'node:util';

/** @public */
export interface CreateKeyArguments {
  team: string;
  models: string[];
  expires?: Date;
  kubeconfig?: string;
  namespace: string;
}

/** Said to whoever uses the command wrongly. @public */
export class UsageError extends Error {}

const UNITS: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const TEAM = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const usage = `Usage: gateway:key create --team TEAM --models NAME[,NAME…] [--expires 30d]
                          [--kubeconfig FILE] [--namespace platform]

Makes an application key for the gateway, prints it once and stores its hash in the cluster.
  --team        the team the key belongs to
  --models      the models it may use, or '*' for all of the team's
  --expires     after this time it is refused: 12h, 30d, 4w or a date; never, if left out
`;

function readExpiry(text: string, now: number): Date {
  const span = /^(\d{1,6})([mhdw])$/.exec(text);
  const time = span ? now + Number(span[1]) * UNITS[span[2]] : Date.parse(text);
  if (Number.isNaN(time)) {
    throw new UsageError(
      `--expires '${text}' is neither a time such as 12h, 30d or 4w nor a date`,
    );
  }
  if (time <= now) {
    throw new UsageError(`--expires '${text}' is in the past`);
  }
  return new Date(time);
}

/** Reads the command line of the key tool. @public */
export function readArguments(
  args: string[],
  now: number = Date.now(),
): CreateKeyArguments {
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        team: { type: 'string' },
        models: { type: 'string' },
        expires: { type: 'string' },
        kubeconfig: { type: 'string' },
        namespace: { type: 'string', default: 'platform' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (positionals.length !== 1 || positionals[0] !== 'create') {
    throw new UsageError("the only command is 'create'");
  }
  if (!values.team || !TEAM.test(values.team)) {
    throw new UsageError('--team must name a team, such as quant');
  }
  const models = (values.models ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  if (models.length === 0) {
    throw new UsageError("--models must name models, or be '*'");
  }
  return {
    team: values.team,
    models,
    namespace: values.namespace ?? 'platform',
    ...(values.expires && { expires: readExpiry(values.expires, now) }),
    ...(values.kubeconfig && { kubeconfig: values.kubeconfig }),
  };
}
