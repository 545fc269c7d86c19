import { InputError } from '@backstage/errors';
import jsep, { type CoreExpression, type Expression } from 'jsep';

const MAX_LENGTH = 2_000;

/** What a selector can ask of a dashboard. */
export interface Selectable {
  title: string;
  tags: string[];
  url: string;
  folderTitle: string;
  folderUrl: string;
}

type Value = string | string[] | boolean;

/** `@>` is no operator of JavaScript; the parser's tables are shared by all who use it, so it is set once. */
jsep.addBinaryOp('@>', 7);

/**
 * Reads `grafana/dashboard-selector` of an entity, with the meaning that the community's Grafana plugin gives it: a bare word
 * is a tag, anything else an expression over a dashboard's fields with `&&`, `||`, `!`, `==`, `!=` and `@>` (contains).
 * Throws an InputError that says what can't be read.
 */
export function parseSelector(
  selector: string,
): (dashboard: Selectable) => boolean {
  const text = selector.trim();
  if (!text || text.length > MAX_LENGTH) {
    throw new InputError(
      `A dashboard selector has 1 to ${MAX_LENGTH} characters`,
    );
  }
  if (/^[\w.:/-]+$/.test(text)) {
    return ({ tags }) => tags.includes(text);
  }
  let expression: Expression;
  try {
    expression = jsep(text);
  } catch (error) {
    throw new InputError(
      `The dashboard selector "${text}" can't be read`,
      error,
    );
  }
  check(expression, text);
  return dashboard => evaluate(expression, dashboard) === true;
}

/** Tries every branch once, so that a mistake shows whatever the dashboards are. */
function check(expression: Expression, text: string): void {
  try {
    visit(expression as CoreExpression);
  } catch (error) {
    throw new InputError(
      `The dashboard selector "${text}" can't be used: ${
        (error as Error).message
      }`,
    );
  }
}

const FIELDS: Array<keyof Selectable> = [
  'title',
  'tags',
  'url',
  'folderTitle',
  'folderUrl',
];
const OPERATORS = ['&&', '||', '==', '!=', '@>'];

function visit(node: CoreExpression): void {
  switch (node.type) {
    case 'BinaryExpression':
      if (!OPERATORS.includes(node.operator)) {
        throw new Error(`unknown operator ${node.operator}`);
      }
      visit(node.left as CoreExpression);
      visit(node.right as CoreExpression);
      return;
    case 'UnaryExpression':
      if (node.operator !== '!') {
        throw new Error(`unknown operator ${node.operator}`);
      }
      visit(node.argument as CoreExpression);
      return;
    case 'Identifier':
      if (!FIELDS.some(field => field === node.name)) {
        throw new Error(
          `unknown field "${node.name}": there are ${FIELDS.join(', ')}`,
        );
      }
      return;
    case 'Literal':
      return;
    default:
      throw new Error('only fields, texts and operators are possible');
  }
}

function evaluate(expression: Expression, dashboard: Selectable): Value {
  const node = expression as CoreExpression;
  switch (node.type) {
    case 'BinaryExpression': {
      const left = evaluate(node.left, dashboard);
      const right = () => evaluate(node.right, dashboard);
      switch (node.operator) {
        case '&&':
          return left === true && right() === true;
        case '||':
          return left === true || right() === true;
        case '==':
          return left === right();
        case '!=':
          return left !== right();
        default: {
          const wanted = right();
          return (
            typeof left !== 'boolean' &&
            typeof wanted === 'string' &&
            left.includes(wanted)
          );
        }
      }
    }
    case 'UnaryExpression':
      return evaluate(node.argument, dashboard) !== true;
    case 'Identifier':
      return dashboard[node.name as keyof Selectable];
    default:
      return String((node as { value?: unknown }).value);
  }
}
