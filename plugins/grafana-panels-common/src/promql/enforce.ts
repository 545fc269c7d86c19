import type { SyntaxNode, Tree } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { escapeRegex } from '../variables/formats';
import { Printer } from './print';
import { Refusal } from './refusal';
import { encodeString } from './strings';
import type { Enforced, TeamScope } from './types';

/** Longer than any panel's; parsing takes time in proportion. */
const MAX_EXPRESSION_LENGTH = 20_000;

const STRICT = parser.configure({ strict: true });

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * The expression with the scope's teams demanded of every selector in it, however deep; or the reason why it is refused:
 * it can't be read, or uses what reads other series than its selectors say.
 *
 * @public
 */
export function enforceTeams(expr: string, scope: TeamScope): Enforced {
  return attempt(() => {
    const node = parse(expr);
    return printer(expr, scope).expression(node);
  });
}

/**
 * The same for a `match[]` parameter, where Prometheus takes one selector and nothing else.
 *
 * @public
 */
export function enforceSelector(selector: string, scope: TeamScope): Enforced {
  return attempt(() => {
    const node = parse(selector);
    if (node.name !== 'VectorSelector') {
      throw new Refusal(
        'Only a selector is possible here, for example up{job="gateway"}.',
      );
    }
    return printer(selector, scope).selector(node);
  });
}

/**
 * Everything that the scope may see, as a selector.
 *
 * @public
 */
export function selectorOf(scope: TeamScope): string {
  return `{${matcherOf(scope)}}`;
}

function printer(source: string, scope: TeamScope): Printer {
  return new Printer({ source, matcher: matcherOf(scope) });
}

function matcherOf({ label, teams }: TeamScope): string {
  if (!LABEL.test(label)) {
    throw new Error(`'${label}' is no name for a label`);
  }
  const unique = [...new Set(teams)].filter(team => team !== '').sort();
  if (unique.length === 0) {
    throw new Error('A scope without a team has nothing to see');
  }
  return unique.length === 1
    ? `${label}=${encodeString(unique[0])}`
    : `${label}=~${encodeString(unique.map(escapeRegex).join('|'))}`;
}

function attempt(work: () => string): Enforced {
  try {
    return { ok: true, expr: work() };
  } catch (error) {
    if (error instanceof Refusal) {
      return { ok: false, reason: error.message };
    }
    throw error;
  }
}

/**
 * Stops at the first error: to go on from one takes the parser a quarter of a second for a text of that length, and the
 * whole process waits.
 */
function parseStrictly(text: string): Tree {
  try {
    return STRICT.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    const at = Number(/\d+$/.exec(error.message)?.[0] ?? 0);
    throw new Refusal(
      `The expression can't be read from character ${at + 1} on: "${
        text.slice(at, at + 40) || 'its end'
      }".`,
    );
  }
}

/** The one expression in the text. */
function parse(text: string): SyntaxNode {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    throw new Refusal(
      `The expression is longer than ${MAX_EXPRESSION_LENGTH} characters.`,
    );
  }
  const tree = parseStrictly(text);
  const found: SyntaxNode[] = [];
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'LineComment') {
      found.push(node);
    }
  }
  if (found.length !== 1) {
    throw new Refusal('There is no expression.');
  }
  return found[0];
}
