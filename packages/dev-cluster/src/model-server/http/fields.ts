import { invalidBody } from './apiError';

/**
 * Reads the fields of a request's body, collecting what has the wrong type so
 * that one answer names everything.
 */
export class Fields {
  private readonly problems: string[] = [];

  constructor(private readonly body: Readonly<Record<string, unknown>>) {}

  /** The raw value; `undefined` for an explicit null too. */
  raw(name: string): unknown {
    return this.body[name] ?? undefined;
  }

  number(name: string): number | undefined {
    return this.typed(name, 'float_type', 'Input should be a valid number', v =>
      typeof v === 'number' && Number.isFinite(v) ? v : undefined,
    );
  }

  integer(name: string): number | undefined {
    return this.typed(name, 'int_type', 'Input should be a valid integer', v =>
      Number.isSafeInteger(v) ? (v as number) : undefined,
    );
  }

  boolean(name: string): boolean | undefined {
    return this.typed(name, 'bool_type', 'Input should be a valid boolean', v =>
      typeof v === 'boolean' ? v : undefined,
    );
  }

  string(name: string): string | undefined {
    return this.typed(
      name,
      'string_type',
      'Input should be a valid string',
      v => (typeof v === 'string' ? v : undefined),
    );
  }

  object(name: string): Record<string, unknown> | undefined {
    return this.typed(
      name,
      'dict_type',
      'Input should be a valid dictionary',
      v =>
        typeof v === 'object' && v !== null && !Array.isArray(v)
          ? (v as Record<string, unknown>)
          : undefined,
    );
  }

  strings(name: string): string[] | undefined {
    return this.typed(
      name,
      'list_type',
      'Input should be a valid string or list of strings',
      v => {
        const list = typeof v === 'string' ? [v] : v;
        return Array.isArray(list) && list.every(x => typeof x === 'string')
          ? list
          : undefined;
      },
    );
  }

  integers(name: string): number[] | undefined {
    return this.typed(
      name,
      'list_type',
      'Input should be a valid list of integers',
      v =>
        Array.isArray(v) && v.every(Number.isSafeInteger)
          ? (v as number[])
          : undefined,
    );
  }

  /** Notes a problem at a place in the body. */
  problem(
    location: ReadonlyArray<string | number>,
    type: string,
    message: string,
  ): void {
    const place = ['body', ...location]
      .map(part => (typeof part === 'number' ? String(part) : `'${part}'`))
      .join(', ');
    this.problems.push(
      `{'type': '${type}', 'loc': (${place}), 'msg': '${message}'}`,
    );
  }

  missing(name: string): void {
    this.problem([name], 'missing', 'Field required');
  }

  /** Throws when anything had the wrong type. */
  check(): void {
    if (this.problems.length > 0) {
      throw invalidBody(this.problems);
    }
  }

  private typed<T>(
    name: string,
    type: string,
    message: string,
    read: (value: unknown) => T | undefined,
  ): T | undefined {
    const value = this.raw(name);
    if (value === undefined) {
      return undefined;
    }
    const result = read(value);
    if (result === undefined) {
      this.problem([name], type, message);
    }
    return result;
  }
}
