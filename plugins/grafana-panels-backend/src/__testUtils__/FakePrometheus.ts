import express, { type Request, type Response } from 'express';
import { ListeningServer } from './ListeningServer';

export interface SeenRequest {
  method: string;
  path: string;
  params: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
}

type Answer = (seen: SeenRequest, res: Response) => void | Promise<void>;

/** A server with Prometheus' API, whose answers the test decides. */
export class FakePrometheus {
  readonly seen: SeenRequest[] = [];
  readonly #server = new ListeningServer();
  #answer: Answer = (_seen, res) => {
    res.json(success({ resultType: 'matrix', result: [] }));
  };

  static async start(): Promise<FakePrometheus> {
    const prometheus = new FakePrometheus();
    const app = express();
    app.use(prometheus.handler());
    await prometheus.#server.listen(app);
    return prometheus;
  }

  /** As an express handler, for a Grafana that passes requests on. */
  handler(): express.RequestHandler[] {
    return [
      express.urlencoded({ extended: false }),
      async (req: Request, res: Response) => {
        const seen: SeenRequest = {
          method: req.method,
          path: req.path,
          params:
            req.method === 'GET'
              ? new URL(req.url, 'http://x').searchParams
              : new URLSearchParams(req.body as Record<string, string>),
          headers: req.headers,
        };
        this.seen.push(seen);
        await this.#answer(seen, res);
      },
    ];
  }

  answers(answer: Answer): void {
    this.#answer = answer;
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}

export function success(data: unknown, warnings?: string[]): object {
  return { status: 'success', data, warnings };
}

/** One series as Prometheus writes it. */
export function matrix(
  metric: Record<string, string>,
  values: Array<[number, string]>,
): object {
  return success({ resultType: 'matrix', result: [{ metric, values }] });
}
