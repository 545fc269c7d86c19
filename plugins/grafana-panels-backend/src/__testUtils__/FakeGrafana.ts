import express, { type Request, type Response } from 'express';
import { FakePrometheus } from './FakePrometheus';
import { ListeningServer } from './ListeningServer';

export const GRAFANA_TOKEN = 'glsa_of_the_test';

/** Paths that Grafana lets a POST through to, for a Prometheus behind it. */
const POSTABLE = [
  'query',
  'query_range',
  'series',
  'labels',
  'query_exemplars',
];

interface StoredDashboard {
  dashboard: { uid: string; title: string; tags?: string[] } & Record<
    string,
    unknown
  >;
  folderTitle?: string;
}

/** The part of Grafana's HTTP API that the portal uses, with its answers to what is missing or not allowed. */
export class FakeGrafana {
  readonly dashboards: StoredDashboard[] = [];
  readonly libraryPanels: Record<string, object> = {};
  readonly dataSources = [
    { uid: 'prom-1', name: 'Metrics', type: 'prometheus', isDefault: true },
    { uid: 'loki-1', name: 'Logs', type: 'loki', isDefault: false },
  ];
  /** What is behind the data source `prom-1`. */
  readonly prometheus = new FakePrometheus();
  readonly seen: string[] = [];
  readonly #server = new ListeningServer();

  static async start(): Promise<FakeGrafana> {
    const grafana = new FakeGrafana();
    await grafana.#server.listen(grafana.#app());
    return grafana;
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  #app(): express.Express {
    const app = express();
    app.use((req, res, next) => {
      this.seen.push(`${req.method} ${req.path}`);
      if (req.headers.authorization === `Bearer ${GRAFANA_TOKEN}`) {
        next();
      } else {
        res.status(401).json({ message: 'Invalid API key' });
      }
    });
    app.get('/api/search', (req, res) => this.#search(req, res));
    app.get('/api/dashboards/uid/:uid', (req, res) => {
      const found = this.dashboards.find(
        ({ dashboard }) => dashboard.uid === req.params.uid,
      );
      if (found) {
        res.json({
          dashboard: found.dashboard,
          meta: { url: urlOf(found), folderTitle: found.folderTitle },
        });
      } else {
        res.status(404).json({ message: 'Dashboard not found' });
      }
    });
    app.get('/api/library-elements/:uid', (req, res) => {
      const model = this.libraryPanels[req.params.uid];
      if (model) {
        res.json({ result: { uid: req.params.uid, kind: 1, model } });
      } else {
        res.status(404).json({ message: 'library element could not be found' });
      }
    });
    app.get('/api/datasources', (_req, res) => {
      res.json(this.dataSources);
    });
    app.use(
      '/api/datasources/proxy/uid/prom-1',
      (req, res, next) => {
        const isAllowed =
          req.method === 'GET' ||
          POSTABLE.some(path => req.path === `/api/v1/${path}`);
        if (isAllowed) {
          next();
        } else {
          res.status(403).json({
            message:
              'non allow-listed POSTs not allowed on proxied Prometheus datasource',
          });
        }
      },
      ...this.prometheus.handler(),
    );
    return app;
  }

  #search(req: Request, res: Response): void {
    const { type, tag, limit } = req.query;
    const found =
      type === 'dash-db'
        ? this.dashboards.filter(
            ({ dashboard }) =>
              tag === undefined || dashboard.tags?.includes(String(tag)),
          )
        : [];
    res.json(
      found.slice(0, Number(limit ?? 1_000)).map(stored => ({
        id: 1,
        uid: stored.dashboard.uid,
        title: stored.dashboard.title,
        uri: 'db/x',
        url: urlOf(stored),
        type: 'dash-db',
        tags: stored.dashboard.tags ?? [],
        ...(stored.folderTitle && {
          folderTitle: stored.folderTitle,
          folderUrl: `/dashboards/f/${stored.folderTitle}`,
        }),
      })),
    );
  }
}

function urlOf({ dashboard }: StoredDashboard): string {
  return `/d/${dashboard.uid}/slug`;
}
