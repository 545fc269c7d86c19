/** Where log lines go, and the clock that stamps them. */
export interface LogIo {
  write(line: string): void;
  now(): Date;
  pid: number;
}

/** The processes that vLLM's V1 engine logs from. */
export type LogProcess = 'APIServer' | 'EngineCore_DP0' | undefined;

const two = (value: number) => String(value).padStart(2, '0');

function stamp(date: Date): string {
  return `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${two(
    date.getUTCHours(),
  )}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** Writes lines in vLLM 0.11.0's log format. */
export class VllmLog {
  constructor(private readonly io: LogIo) {}

  /** A line without level and time: progress bars, tracebacks, uvicorn. */
  raw(process: LogProcess, text: string): void {
    const prefix = process ? `(${process} pid=${this.io.pid}) ` : '';
    for (const line of text.split('\n')) {
      this.io.write(`${prefix}${line}`);
    }
  }

  info(process: LogProcess, place: string, text: string): void {
    this.line(process, 'INFO', place, text);
  }

  warning(process: LogProcess, place: string, text: string): void {
    this.line(process, 'WARNING', place, text);
  }

  error(process: LogProcess, place: string, text: string): void {
    this.line(process, 'ERROR', place, text);
  }

  private line(
    process: LogProcess,
    level: string,
    place: string,
    text: string,
  ): void {
    // vLLM repeats the prefix on every line of a message.
    const prefix = `${level} ${stamp(this.io.now())} [${place}] `;
    this.raw(
      process,
      text
        .split('\n')
        .map(line => prefix + line)
        .join('\n'),
    );
  }
}
