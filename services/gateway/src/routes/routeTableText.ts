import { z } from 'zod';
import { topLevelMembers } from '../json';
import { problemsOf } from '../problems';
import type { Route } from './Route';

/** A team service of the operator's route table. */
interface Entry {
  route: string;
  url: string;
  team?: string;
}

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const name = z
  .string('must be text')
  .regex(NAME, "must be a name such as 'quant'");
const target = z.strictObject({
  url: z.string('must be text'),
  team: name.optional(),
});
const listed = target.extend({ route: name });

/**
 * What is wrong with a URL as the target of a route. The port must be written,
 * also where it is the scheme's own: a service that moved to another port is
 * else asked on 80 until the caller gives up (incident 26).
 */
function problemOfUrl(text: string): string | undefined {
  const shown = `'${text.slice(0, 200)}'`;
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^]*)$/i.exec(text);
  if (!parts) {
    return `url ${shown} must be like http://name.namespace.svc.cluster.local:8000`;
  }
  const [, scheme, authority, rest] = parts;
  if (!/^https?$/i.test(scheme)) {
    return `url ${shown} has the unknown scheme '${scheme}'; it is http or https`;
  }
  if (authority.includes('@')) {
    return 'url must hold no user name or password';
  }
  if (!/:\d+$/.test(authority)) {
    return `url ${shown} has no explicit port; team services listen on 8000`;
  }
  if (!URL.canParse(text) || new URL(text).port === '0') {
    return `url ${shown} is not valid`;
  }
  return rest === '' || rest === '/'
    ? undefined
    : `url ${shown} must end after the port; /predict is added to it`;
}

function toRoute(entry: Entry): Route {
  return {
    kind: 'service',
    name: entry.route,
    servedName: entry.route,
    team: entry.team ?? entry.route,
    namespace: '',
    service: entry.url,
    created: 0,
    state: 'ready',
    endpoints: [{ origin: new URL(entry.url).origin }],
  };
}

/** Entries of `{"quant": {"url": …}}`; JSON.parse would hide that a key occurs twice. */
function namedEntries(text: string): Array<[string, unknown]> {
  const json = Buffer.from(text);
  return topLevelMembers(json).map(({ key, start, end }) => [
    key,
    JSON.parse(json.toString('utf8', start, end)),
  ]);
}

/**
 * Reads the operator's route table: a list of `{route, url, team}`, or an
 * object of `{url, team}` by route. The team is by default the route's name.
 * There are routes only where there is no problem.
 *
 * @public
 */
export function readRouteTable(text: string): {
  routes: Route[];
  problems: string[];
} {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return {
      routes: [],
      problems: [`is not JSON: ${(error as Error).message}`],
    };
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return {
      routes: [],
      problems: ['must be a list of {route, url, team}, or an object by route'],
    };
  }

  const problems: string[] = [];
  const routes = new Map<string, Route>();
  const add = (label: string, value: unknown) => {
    const result = listed.safeParse(value);
    const wrong = result.success
      ? problemOfUrl(result.data.url)
      : problemsOf(result.error).join('; ');
    if (wrong) {
      problems.push(`entry ${label}: ${wrong}`);
    } else if (result.success) {
      if (routes.has(result.data.route)) {
        problems.push(`entry ${label}: the route is there twice`);
      }
      routes.set(result.data.route, toRoute(result.data));
    }
  };
  if (Array.isArray(parsed)) {
    parsed.forEach((value: unknown, index) => {
      const route = (value as { route?: unknown } | null)?.route;
      add(typeof route === 'string' ? `'${route}'` : `${index + 1}`, value);
    });
  } else {
    for (const [route, value] of namedEntries(text)) {
      const isTarget = typeof value === 'object' && !Array.isArray(value);
      add(`'${route}'`, isTarget ? { ...value, route } : value);
    }
  }
  return { routes: problems.length > 0 ? [] : [...routes.values()], problems };
}
