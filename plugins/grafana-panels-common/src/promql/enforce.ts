import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { Printer } from './print';
import { Refusal } from './refusal';
import { encodeString } from './strings';
import type { Enforced, TeamScope } from './types';

/** Longer than any panel's; parsing takes time in proportion. */
export const MAX_EXPRESSION_LENGTH = 20_000;

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

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
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

/** The one expression in the text. */
function parse(text: string): SyntaxNode {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    throw new Refusal(
      `The expression is longer than ${MAX_EXPRESSION_LENGTH} characters.`,
    );
  }
  const tree = parser.parse(text);
  tree.iterate({
    enter(node) {
      if (node.type.isError) {
        throw new Refusal(
          `The expression can't be read from character ${node.from + 1} on: "${
            text.slice(node.from, node.from + 40) || 'its end'
          }".`,
        );
      }
    },
  });
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
