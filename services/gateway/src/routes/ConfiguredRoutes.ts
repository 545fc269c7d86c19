import { readFile } from 'node:fs/promises';
import { unwatchFile, watchFile } from 'node:fs';
import type { Route } from './Route';
import { readRouteTable } from './routeTableText';

/** @public */
export interface ConfiguredRoutesSink {
  onRoutes(routes: Route[]): void;
  /** The table has changed and can't be used; the last good one stays. */
  onRefused(problems: string[]): void;
}

/** A route table that can't be used at start-up. @public */
export class RouteTableError extends Error {
  constructor(where: string, readonly problems: string[]) {
    super(
      `The route table in ${where} is not valid:\n${problems
        .map(problem => `  - ${problem}`)
        .join('\n')}`,
    );
    this.name = 'RouteTableError';
  }
}

const CHECK_EVERY_MS = 1000;

/**
 * The team services that the operator's route table names. One in a file is
 * read again when the file changes; a mounted ConfigMap is exchanged by links,
 * so the file is looked at by its path rather than watched.
 *
 * @public
 */
export class ConfiguredRoutes {
  private lastText: string;
  private stopped = false;
  private listener: (() => void) | undefined;

  private constructor(
    text: string,
    private readonly routes: Route[],
    private readonly file: string | undefined,
    private readonly checkEveryMs: number,
  ) {
    this.lastText = text;
  }

  /** Throws a RouteTableError that lists every problem. */
  static fromText(text: string): ConfiguredRoutes {
    return ConfiguredRoutes.create(text, 'ROUTE_TABLE');
  }

  /** As `fromText`; also where the file can't be read. */
  static async fromFile(
    file: string,
    checkEveryMs = CHECK_EVERY_MS,
  ): Promise<ConfiguredRoutes> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      throw new RouteTableError(file, [(error as Error).message]);
    }
    return ConfiguredRoutes.create(text, file, { file, checkEveryMs });
  }

  private static create(
    text: string,
    where: string,
    reload?: { file: string; checkEveryMs: number },
  ): ConfiguredRoutes {
    const { routes, problems } = readRouteTable(text);
    if (problems.length > 0) {
      throw new RouteTableError(where, problems);
    }
    return new ConfiguredRoutes(
      text,
      routes,
      reload?.file,
      reload?.checkEveryMs ?? CHECK_EVERY_MS,
    );
  }

  start(sink: ConfiguredRoutesSink): void {
    sink.onRoutes(this.routes);
    const { file } = this;
    if (file !== undefined) {
      this.listener = () => this.reload(file, sink);
      watchFile(
        file,
        { interval: this.checkEveryMs, persistent: false },
        this.listener,
      );
    }
  }

  stop(): void {
    this.stopped = true;
    if (this.file !== undefined && this.listener) {
      unwatchFile(this.file, this.listener);
    }
  }

  private reload(file: string, sink: ConfiguredRoutesSink): void {
    readFile(file, 'utf8').then(
      text => {
        if (this.stopped || text === this.lastText) {
          return;
        }
        this.lastText = text;
        const { routes, problems } = readRouteTable(text);
        if (problems.length > 0) {
          sink.onRefused(problems);
        } else {
          sink.onRoutes(routes);
        }
      },
      (error: Error) => {
        if (!this.stopped) {
          sink.onRefused([error.message]);
        }
      },
    );
  }
}
