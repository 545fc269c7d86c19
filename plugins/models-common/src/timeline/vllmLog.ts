/** One thing that a line of vLLM 0.11's log says about its start. */
export interface LogMark {
  kind:
    | 'engine-starting'
    | 'downloaded'
    | 'loading'
    | 'read'
    | 'loaded'
    | 'compiled'
    | 'kv-cache'
    | 'serving';
  /** ISO time of the line, when Kubernetes' timestamps were asked for. */
  at?: string;
  /** The part of the line that a person wants to read. */
  text: string;
}

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) /;

const PATTERNS: Array<[LogMark['kind'], RegExp]> = [
  [
    'engine-starting',
    /Initializing a V1 LLM engine.*|Starting to load model.*/,
  ],
  ['downloaded', /Time spent downloading weights for .*/],
  [
    'loading',
    /Loading (?:safetensors|pt) checkpoint shards:\s+\d+% Completed.*/,
  ],
  // The CPU backend says only this; CUDA's goes on to 'loaded'.
  ['read', /Loading weights took [\d.]+ seconds/],
  ['loaded', /Model loading took [\d.]+ (?:GiB|GB).*/],
  ['compiled', /torch\.compile takes [\d.]+ s in total.*/],
  ['kv-cache', /GPU KV cache size: [\d,]+ tokens|# (?:GPU|CPU) blocks: \d+.*/i],
  ['serving', /Starting vLLM API server.*|Application startup complete.*/],
];

/** Cuts Kubernetes' timestamp off a log line. */
export function splitStamp(line: string): { at?: string; text: string } {
  const match = STAMP.exec(line);
  return match
    ? {
        at: new Date(match[1]).toISOString(),
        text: line.slice(match[0].length),
      }
    : { text: line };
}

/** The first line of each kind (the last, for progress), in the order of the log. */
export function readMarks(lines: string[]): Map<LogMark['kind'], LogMark> {
  const marks = new Map<LogMark['kind'], LogMark>();
  for (const line of lines) {
    const { at, text } = splitStamp(line);
    for (const [kind, pattern] of PATTERNS) {
      const match = pattern.exec(text);
      if (match && (kind === 'loading' || !marks.has(kind))) {
        marks.set(kind, { kind, at, text: match[0] });
      }
    }
  }
  return marks;
}

const ERROR = /\b((?:\w+\.)*\w*(?:Error|Exception)): .+|CUDA out of memory\..*/;

/** The line that names the error of a failed start: the last one, tracebacks aside. */
export function lastError(lines: string[]): string | undefined {
  const found = lines.flatMap(
    line => ERROR.exec(splitStamp(line).text)?.[0] ?? [],
  );
  const specific = found.filter(
    text => !/^RuntimeError: Engine (?:core|process)/.test(text),
  );
  return (specific.length > 0 ? specific : found).pop();
}
