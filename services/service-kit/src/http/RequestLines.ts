import { pino, type DestinationStream } from 'pino';
import { isoTime, type ServiceLogger } from './logger';
import { isQuiet, type RequestSummary } from './requestFacts';

const { streamSym } = pino.symbols;

/**
 * The one line that each request leaves, when its response is over. It looks
 * like the logger's own and goes where they go, but is made in one step: its
 * fields are known and have nothing to redact, and looking through them as
 * pino does takes longer than all else that a service does with a request.
 */
export class RequestLines {
  private readonly output: DestinationStream;
  /** What the logger says in every line, as the inside of a JSON object. */
  private readonly bindings: string;

  constructor(private readonly logger: ServiceLogger) {
    this.output = (
      logger as unknown as Record<typeof streamSym, DestinationStream>
    )[streamSym];
    this.bindings = JSON.stringify(logger.bindings()).slice(1, -1);
  }

  write(request: RequestSummary): void {
    const level = isQuiet(request.route) ? 'debug' : 'info';
    if (!this.logger.isLevelEnabled(level)) {
      return;
    }
    const fields = JSON.stringify({
      request_id: request.id,
      method: request.method,
      route: request.route,
      status: request.status,
      duration_ms: Math.round(request.durationMs * 10) / 10,
      aborted: request.finished ? undefined : true,
      ...request.facts,
      msg: 'request',
    });
    this.output.write(
      `{"level":"${level}"${isoTime()},${this.bindings},${fields.slice(1)}\n`,
    );
  }
}
