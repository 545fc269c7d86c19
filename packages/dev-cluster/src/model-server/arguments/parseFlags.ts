import { ArgumentError } from './argumentError';
import { Flag, FLAGS, SHORT_FLAGS } from './flags';
import { readFlagValue } from './readFlagValue';

/** A value after argparse: lists for `nargs='+'`. */
export type FlagValue = string | number | boolean | string[];

/** What was on the command line, before defaults. */
export interface ParsedFlags {
  program: string;
  modelTag?: string;
  values: Map<string, FlagValue>;
}

interface Option {
  flag: Flag;
  /** As argparse names it in an error. */
  label: string;
  negated: boolean;
}

function looksLikeOption(word: string): boolean {
  return /^-/.test(word) && word !== '-' && !/^-\d+(\.\d+)?$/.test(word);
}

function unrecognizedBy(program: string): string {
  // Under `vllm serve` it is the outer parser that finds the left-overs.
  return program === 'vllm serve' ? 'vllm' : program;
}

function findOption(word: string, program: string): Option | undefined {
  const short = SHORT_FLAGS[word];
  if (short) {
    const flag = FLAGS.get(short)!;
    return { flag, label: `--${flag.name}/${word}`, negated: false };
  }
  if (!word.startsWith('--')) {
    return undefined;
  }
  const name = word.slice(2);
  const spellings = new Map<string, Option>();
  for (const flag of FLAGS.values()) {
    spellings.set(flag.name, { flag, label: `--${flag.name}`, negated: false });
    if (flag.kind === 'boolean') {
      spellings.set(`no-${flag.name}`, {
        flag,
        label: `--${flag.name}, --no-${flag.name}`,
        negated: true,
      });
    }
  }
  const exact = spellings.get(name);
  if (exact) {
    return exact;
  }
  // argparse takes any prefix that belongs to one option only.
  const matches = name
    ? [...spellings.keys()].filter(candidate => candidate.startsWith(name))
    : [];
  if (matches.length > 1) {
    throw new ArgumentError(
      program,
      `ambiguous option: ${word} could match ${matches
        .map(match => `--${match}`)
        .join(', ')}`,
    );
  }
  return matches.length === 1 ? spellings.get(matches[0]) : undefined;
}

/** Drops the program from a container's `command`, where it is given. */
function splitProgram(argv: readonly string[]): {
  program: string;
  words: string[];
} {
  const words = [...argv];
  if (/(^|\/)python3?$/.test(words[0] ?? '') && words[1] === '-m') {
    words.splice(0, 3);
  } else if (/(^|\/)vllm$/.test(words[0] ?? '')) {
    words.shift();
  }
  if (words[0] === 'serve') {
    words.shift();
    return { program: 'vllm serve', words };
  }
  return { program: 'api_server.py', words };
}

/**
 * Reads a command line as vLLM's parser does: `--a b`, `--a=b`, underscores
 * for dashes, unique prefixes, `--no-…` for switches, the model as positional
 * after `serve`.
 *
 * @throws {@link ArgumentError} with argparse's own words.
 */
export function parseFlags(argv: readonly string[]): ParsedFlags {
  const { program, words } = splitProgram(argv);
  const values = new Map<string, FlagValue>();
  const unrecognized: string[] = [];
  let modelTag: string | undefined;

  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!looksLikeOption(word)) {
      if (program === 'vllm serve' && modelTag === undefined) {
        modelTag = word;
      } else {
        unrecognized.push(word);
      }
      continue;
    }
    const equals = word.indexOf('=');
    const rawName = equals < 0 ? word : word.slice(0, equals);
    const inline = equals < 0 ? undefined : word.slice(equals + 1);
    const option = findOption(rawName.replace(/_/g, '-'), program);
    if (!option) {
      unrecognized.push(word);
      continue;
    }
    const { flag, label } = option;
    if (flag.kind === 'boolean') {
      if (inline !== undefined) {
        throw new ArgumentError(
          program,
          `argument ${label}: ignored explicit argument '${inline}'`,
        );
      }
      values.set(flag.name, !option.negated);
      continue;
    }
    const taken = inline === undefined ? [] : [inline];
    if (inline === undefined) {
      const most = flag.kind === 'list' ? Infinity : 1;
      while (
        taken.length < most &&
        index + 1 < words.length &&
        !looksLikeOption(words[index + 1])
      ) {
        taken.push(words[++index]);
      }
    }
    if (taken.length === 0) {
      throw new ArgumentError(
        program,
        `argument ${label}: expected ${
          flag.kind === 'list' ? 'at least one argument' : 'one argument'
        }`,
      );
    }
    values.set(
      flag.name,
      flag.kind === 'list'
        ? taken
        : readFlagValue(flag, label, taken[0], program),
    );
  }
  if (unrecognized.length > 0) {
    throw new ArgumentError(
      unrecognizedBy(program),
      `unrecognized arguments: ${unrecognized.join(' ')}`,
    );
  }
  return { program, modelTag, values };
}
