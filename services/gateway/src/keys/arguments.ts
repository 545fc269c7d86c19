import { parseArgs } from 'node:util';
import { keyLimitFields, type LimitName, type LimitSettings } from '../limits';

/** Which cluster, and where in it. @public */
export interface KeyLocation {
  kubeconfig?: string;
  namespace: string;
}

/** @public */
export type KeyCommand = KeyLocation &
  (
    | {
        command: 'create';
        team: string;
        models: string[];
        expires?: Date;
        limits?: LimitSettings;
      }
    | { command: 'list'; team?: string }
    | { command: 'revoke'; id: string }
    | { command: 'help' }
  );

/** Said to whoever uses the command wrongly. @public */
export class UsageError extends Error {}

const UNITS: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};
const TEAM = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const LIMIT_OPTIONS = {
  rpm: 'requestsPerMinute',
  tpm: 'tokensPerMinute',
  concurrent: 'concurrent',
  'tokens-per-day': 'tokensPerDay',
  'tokens-per-month': 'tokensPerMonth',
  'usd-per-day': 'usdPerDay',
  'usd-per-month': 'usdPerMonth',
} as const satisfies Record<string, LimitName>;

const COMMAND_OPTIONS: Record<'create' | 'list' | 'revoke', string[]> = {
  create: ['team', 'models', 'expires', ...Object.keys(LIMIT_OPTIONS)],
  list: ['team'],
  revoke: [],
};

export const usage = `Usage: yarn gateway:key create --team TEAM --models NAME[,NAME…] [--expires 30d] [limits]
       yarn gateway:key list [--team TEAM]
       yarn gateway:key revoke ID

create makes an application key for the gateway, stores its hash in the cluster and
prints the key on standard output, this once.
  --team TEAM            the team that the key belongs to
  --models NAME,…        the models it may use, api/NAME for a team's service, or '*' for
                         all that are the team's own
  --expires TIME         after it the key is refused: 12h, 30d, 4w or a date; never, if left out
  limits of this key, beside those of its team; none, if left out:
  --rpm N                requests per minute
  --tpm N                tokens per minute
  --concurrent N         requests at the same time
  --tokens-per-day N     --tokens-per-month N
  --usd-per-day N.NN     --usd-per-month N.NN

list shows the keys, their state and their limits. revoke ends one within seconds; it
stays in the list.

The cluster, for every command:
  --instance N           the embedded cluster with this number (0, if left out)
  --kubeconfig FILE      another cluster instead, by the current context of the file
  --namespace NAME       the gateway's namespace (platform, if left out)
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

type Values = Record<string, string | boolean | undefined>;

function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

function readTeam(values: Values): string | undefined {
  const team = textOf(values, 'team');
  if (team !== undefined && !TEAM.test(team)) {
    throw new UsageError(
      `--team '${team}' is no name of a team, such as quant`,
    );
  }
  return team;
}

function readLimits(values: Values): LimitSettings | undefined {
  const limits: LimitSettings = {};
  for (const [option, name] of Object.entries(LIMIT_OPTIONS)) {
    const text = textOf(values, option);
    if (text !== undefined) {
      const result = keyLimitFields[name].safeParse(text);
      if (!result.success || result.data === undefined) {
        throw new UsageError(
          `--${option} '${text}' ${
            result.error?.issues[0].message ?? 'is missing'
          }`,
        );
      }
      limits[name] = result.data;
    }
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

function readCreate(values: Values, now: number) {
  const team = readTeam(values);
  if (team === undefined) {
    throw new UsageError('--team must name a team, such as quant');
  }
  const models = (textOf(values, 'models') ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
  if (models.length === 0) {
    throw new UsageError("--models must name models, or be '*'");
  }
  const expires = textOf(values, 'expires');
  const limits = readLimits(values);
  return {
    command: 'create' as const,
    team,
    models,
    ...(expires !== undefined && { expires: readExpiry(expires, now) }),
    ...(limits && { limits }),
  };
}

/** Reads the command line of the key tool. @public */
export function readArguments(
  args: string[],
  now: number = Date.now(),
): KeyCommand {
  let values: Values;
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          COMMAND_OPTIONS.create.map(
            name => [name, { type: 'string' }] as const,
          ),
        ),
        kubeconfig: { type: 'string' },
        namespace: { type: 'string', default: 'platform' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const kubeconfig = textOf(values, 'kubeconfig');
  const location: KeyLocation = {
    namespace: textOf(values, 'namespace') ?? 'platform',
    ...(kubeconfig !== undefined && { kubeconfig }),
  };
  if (values.help) {
    return { ...location, command: 'help' };
  }
  const [command, ...rest] = positionals;
  if (command !== 'create' && command !== 'list' && command !== 'revoke') {
    throw new UsageError('The commands are create, list and revoke.');
  }
  const stray = COMMAND_OPTIONS.create.find(
    name =>
      values[name] !== undefined && !COMMAND_OPTIONS[command].includes(name),
  );
  if (stray !== undefined) {
    throw new UsageError(`--${stray} is no option of '${command}'`);
  }
  if (rest.length !== (command === 'revoke' ? 1 : 0)) {
    throw new UsageError(
      command === 'revoke'
        ? 'revoke needs one id: list shows them'
        : `'${rest[0]}' is one word too many`,
    );
  }
  if (command === 'revoke') {
    return { ...location, command, id: rest[0] };
  }
  if (command === 'list') {
    const team = readTeam(values);
    return { ...location, command, ...(team !== undefined && { team }) };
  }
  return { ...location, ...readCreate(values, now) };
}
