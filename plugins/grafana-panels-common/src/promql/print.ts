import type { SyntaxNode } from '@lezer/common';
import { FUNCTIONS } from './functions';
import { Refusal } from './refusal';
import { decodeString, encodeString } from './strings';

/** Deeper than any dashboard nests; keeps the recursion within the stack. */
const MAX_DEPTH = 200;
const MAX_SELECTORS = 200;

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const NUMBER = /^[+-]?(0x[0-9a-f]+|[0-9._]+(e[+-]?[0-9_]+)?|inf|nan)$/i;
const DURATION = /^[+-]?([0-9]+(ms|y|w|d|h|m|s))+$/;

const OPERATORS: Record<string, string> = {
  Pow: '^',
  Mul: '*',
  Div: '/',
  Mod: '%',
  Add: '+',
  Sub: '-',
  Eql: '==',
  Neq: '!=',
  Gte: '>=',
  Gtr: '>',
  Lte: '<=',
  Lss: '<',
  Atan2: 'atan2',
  And: 'and',
  Or: 'or',
  Unless: 'unless',
};

const AGGREGATIONS: Record<string, string> = {
  Avg: 'avg',
  Bottomk: 'bottomk',
  Count: 'count',
  CountValues: 'count_values',
  Group: 'group',
  Max: 'max',
  Min: 'min',
  Quantile: 'quantile',
  LimitK: 'limitk',
  LimitRatio: 'limit_ratio',
  Stddev: 'stddev',
  Stdvar: 'stdvar',
  Sum: 'sum',
  Topk: 'topk',
};

const MATCH_OPERATORS: Record<string, string> = {
  EqlSingle: '=',
  Neq: '!=',
  EqlRegex: '=~',
  NeqRegex: '!~',
};

/**
 * Writes an expression anew from its syntax tree, with a matcher added to every selector. Nothing of the text that was
 * given gets through as it was: comments are dropped, strings decoded and encoded again, every keyword is ours, and what
 * the printer doesn't know is refused. So it doesn't matter where this grammar and Prometheus' own read a text differently
 * (a comment ends at a carriage return there and not here): Prometheus reads what is printed. A name in front of a brace
 * can be nothing but a selector.
 */
export class Printer {
  readonly #source: string;
  readonly #matcher: string;
  #selectors = 0;

  constructor(options: { source: string; matcher: string }) {
    this.#source = options.source;
    this.#matcher = options.matcher;
  }

  /** Throws a Refusal for what it doesn't know. */
  expression(node: SyntaxNode, depth = 0): string {
    if (depth > MAX_DEPTH) {
      throw new Refusal('The expression is nested too deeply.');
    }
    const print = (child: SyntaxNode) => this.expression(child, depth + 1);
    const parts = children(node);
    switch (node.name) {
      case 'AggregateExpr':
        return this.#aggregate(parts, print);
      case 'BinaryExpr':
        return this.#binary(parts, print);
      case 'FunctionCall':
        return this.#call(parts, print);
      case 'MatrixSelector':
        return this.#matrix(parts, print);
      case 'SubqueryExpr':
        return this.#subquery(parts, print);
      case 'OffsetExpr':
        return this.#offset(parts, print);
      case 'StepInvariantExpr':
        return this.#at(parts, print);
      case 'ParenExpr':
        return `(${print(only(parts))})`;
      case 'UnaryExpr':
        return this.#unary(parts, print);
      case 'NumberDurationLiteral':
        return this.#number(node);
      case 'StringLiteral':
        return encodeString(this.#string(node));
      case 'VectorSelector':
        return this.selector(node);
      default:
        throw this.#unknown(node);
    }
  }

  selector(node: SyntaxNode): string {
    this.#selectors += 1;
    if (this.#selectors > MAX_SELECTORS) {
      throw new Refusal(
        `The expression has more than ${MAX_SELECTORS} selectors.`,
      );
    }
    let name = '';
    let matchers: string[] = [];
    for (const part of children(node)) {
      if (part.name === 'Identifier') {
        name = this.#text(part, NAME);
      } else if (part.name === 'LabelMatchers') {
        matchers = children(part).map(matcher => this.#labelMatcher(matcher));
      } else {
        throw this.#unknown(part);
      }
    }
    // Last, because `absent` takes labels from the first matcher of each
    return `${name}{${[...matchers, this.#matcher].join(',')}}`;
  }

  #labelMatcher(node: SyntaxNode): string {
    if (node.name === 'QuotedLabelName') {
      return `__name__=${encodeString(this.#string(only(children(node))))}`;
    }
    const [label, operator, value, ...more] = children(node);
    const isKnown =
      node.name === 'UnquotedLabelMatcher' ||
      node.name === 'QuotedLabelMatcher';
    if (!isKnown || !value || more.length > 0) {
      throw this.#unknown(node);
    }
    const sign = lookUp(MATCH_OPERATORS, only(children(operator)).name);
    if (!sign) {
      throw this.#unknown(operator);
    }
    return `${this.#label(label)}${sign}${encodeString(this.#string(value))}`;
  }

  #label(node: SyntaxNode): string {
    if (node.name === 'LabelName') {
      return this.#text(node, LABEL);
    }
    if (node.name === 'QuotedLabelName') {
      const name = this.#string(only(children(node)));
      return LABEL.test(name) ? name : encodeString(name);
    }
    throw this.#unknown(node);
  }

  #labels(node: SyntaxNode): string {
    if (node.name !== 'GroupingLabels') {
      throw this.#unknown(node);
    }
    return `(${children(node)
      .map(label => this.#label(label))
      .join(', ')})`;
  }

  #aggregate(parts: SyntaxNode[], print: Print): string {
    return parts
      .map((part, i) => {
        switch (part.name) {
          case 'AggregateOp':
            return this.#aggregation(part);
          case 'AggregateModifier':
            return ` ${this.#grouping(part)}${i < parts.length - 1 ? ' ' : ''}`;
          default:
            return this.#arguments(part, print);
        }
      })
      .join('');
  }

  #aggregation(node: SyntaxNode): string {
    const name = lookUp(AGGREGATIONS, only(children(node)).name);
    if (!name) {
      throw this.#unknown(node);
    }
    return name;
  }

  #grouping(node: SyntaxNode): string {
    const [keyword, labels] = children(node);
    return `${this.#keyword(keyword, ['By', 'Without'])} ${this.#labels(
      labels,
    )}`;
  }

  #arguments(node: SyntaxNode, print: Print): string {
    if (node.name !== 'FunctionCallBody') {
      throw this.#unknown(node);
    }
    return `(${children(node).map(print).join(', ')})`;
  }

  #binary(parts: SyntaxNode[], print: Print): string {
    const [left, operator, ...rest] = parts;
    const right = rest.pop();
    const sign = operator && lookUp(OPERATORS, operator.name);
    if (!right || !sign) {
      throw this.#unknown(operator ?? left);
    }
    const modifiers = rest.map(modifier => this.#modifier(modifier));
    return [print(left), sign, ...modifiers, print(right)].join(' ');
  }

  #modifier(node: SyntaxNode): string {
    if (node.name === 'BoolModifier') {
      return 'bool';
    }
    if (node.name !== 'MatchingModifierClause') {
      throw this.#unknown(node);
    }
    return children(node)
      .map(part =>
        part.name === 'GroupingLabels'
          ? this.#labels(part)
          : this.#keyword(part, ['On', 'Ignoring', 'GroupLeft', 'GroupRight']),
      )
      .join(' ');
  }

  #keyword(node: SyntaxNode, allowed: string[]): string {
    if (!allowed.includes(node.name)) {
      throw this.#unknown(node);
    }
    return node.name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase();
  }

  #call(parts: SyntaxNode[], print: Print): string {
    const [name, body] = parts;
    const text = this.#text(name, LABEL);
    if (!FUNCTIONS.has(text)) {
      throw new Refusal(
        `The function "${text}" can't be limited to your teams, so it can't be used here.`,
      );
    }
    return `${text}${this.#arguments(body, print)}`;
  }

  #matrix(parts: SyntaxNode[], print: Print): string {
    const [inner, range] = parts;
    return `${print(inner)}[${this.#duration(range)}]`;
  }

  #subquery(parts: SyntaxNode[], print: Print): string {
    const [inner, range, step] = parts;
    return `${print(inner)}[${this.#duration(range)}:${
      step ? this.#duration(step) : ''
    }]`;
  }

  #offset(parts: SyntaxNode[], print: Print): string {
    const [inner, keyword, offset] = parts;
    return `${print(inner)} ${this.#keyword(keyword, [
      'Offset',
    ])} ${this.#duration(offset)}`;
  }

  #at(parts: SyntaxNode[], print: Print): string {
    const [inner, , time] = parts;
    return `${print(inner)} @ ${this.#time(time)}`;
  }

  #time(node: SyntaxNode): string {
    if (node.name !== 'AtModifierPreprocessors') {
      return this.#number(node);
    }
    return only(children(node)).name === 'AtStart' ? 'start()' : 'end()';
  }

  #unary(parts: SyntaxNode[], print: Print): string {
    const [sign, inner] = parts;
    return `${this.#text(sign, /^[+-]$/)}${print(inner)}`;
  }

  #number(node: SyntaxNode): string {
    if (
      node.name !== 'NumberDurationLiteral' &&
      node.name !== 'NumberDurationLiteralInDurationContext'
    ) {
      throw this.#unknown(node);
    }
    const text = this.#raw(node).replace(/^([+-])\s+/, '$1');
    if (!NUMBER.test(text) && !DURATION.test(text)) {
      throw this.#unknown(node);
    }
    return text;
  }

  /** One length, with its sign. Arithmetic with durations is an experiment of Prometheus. */
  #duration(node: SyntaxNode): string {
    if (node.name !== 'DurationExpr' && node.name !== 'OffsetDurationExpr') {
      return this.#number(node);
    }
    const parts = children(node);
    const last = parts.pop();
    if (!last || parts.length > 1) {
      throw this.#unknown(node);
    }
    const sign = parts.map(part => this.#text(part, /^[+-]$/)).join('');
    return `${sign}${this.#duration(last)}`;
  }

  #string(node: SyntaxNode): string {
    if (node.name !== 'StringLiteral') {
      throw this.#unknown(node);
    }
    return decodeString(this.#raw(node));
  }

  #text(node: SyntaxNode, pattern: RegExp): string {
    const text = this.#raw(node);
    if (!pattern.test(text)) {
      throw this.#unknown(node);
    }
    return text;
  }

  #raw(node: SyntaxNode): string {
    return this.#source.slice(node.from, node.to);
  }

  #unknown(node: SyntaxNode): Refusal {
    return new Refusal(
      `At character ${node.from + 1}: "${this.#raw(node).slice(
        0,
        60,
      )}" is not supported in panels.`,
    );
  }
}

type Print = (node: SyntaxNode) => string;

function lookUp(
  table: Record<string, string>,
  key: string,
): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Comments stand anywhere in the tree. */
function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') {
      found.push(child);
    }
  }
  return found;
}

function only(nodes: SyntaxNode[]): SyntaxNode {
  if (nodes.length !== 1) {
    throw new Refusal('The expression has an unknown form.');
  }
  return nodes[0];
}
