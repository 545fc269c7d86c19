import {
  Counter,
  Gauge,
  Histogram,
  type CounterConfiguration,
  type GaugeConfiguration,
  type HistogramConfiguration,
  type MetricObjectWithValues,
  type MetricValue,
  type MetricValueWithName,
  type Registry,
} from 'prom-client';

// prom-client hashes and checks the labels of every single increment. Here a
// series is found once, by its label values, and is then a number in a cell;
// the labels are put together when the page is read.

type Labels = Record<string, string>;

interface Entry<Cell> {
  labels: Labels;
  cell: Cell;
}

/** By label value after label value: looking a series up makes no new text. */
type Branch<Cell> = Map<string, Branch<Cell> | Entry<Cell>>;

class SeriesMap<Cell> {
  private readonly root: Branch<Cell> = new Map();
  private readonly entries: Entry<Cell>[] = [];

  constructor(
    private readonly names: readonly string[],
    private readonly create: () => Cell,
  ) {}

  get(values: readonly string[]): Cell {
    const last = this.names.length - 1;
    let branch = this.root;
    for (let i = 0; i < last; i += 1) {
      const value = values[i] ?? '';
      let next = branch.get(value) as Branch<Cell> | undefined;
      if (!next) {
        next = new Map();
        branch.set(value, next);
      }
      branch = next;
    }
    const value = values[last] ?? '';
    const entry = branch.get(value) as Entry<Cell> | undefined;
    return (entry ?? this.add(branch, value, values)).cell;
  }

  all(): readonly Entry<Cell>[] {
    return this.entries;
  }

  private add(
    branch: Branch<Cell>,
    value: string,
    values: readonly string[],
  ): Entry<Cell> {
    const entry = {
      labels: Object.fromEntries(
        this.names.map((name, i) => [name, values[i] ?? '']),
      ),
      cell: this.create(),
    };
    branch.set(value, entry);
    this.entries.push(entry);
    return entry;
  }
}

/** One series of a counter or gauge. @public */
export class NumberCell {
  value = 0;

  inc(by = 1): void {
    this.value += by;
  }

  dec(by = 1): void {
    this.value -= by;
  }

  set(value: number): void {
    this.value = value;
  }
}

/** One series of a histogram. @public */
export class HistogramCell {
  sum = 0;
  /** Observations per bucket, not added up; the last is for what is beyond all bounds. */
  readonly counts: number[];

  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  observe(value: number): void {
    let at = 0;
    while (at < this.bounds.length && value > this.bounds[at]) {
      at += 1;
    }
    this.counts[at] += 1;
    this.sum += value;
  }
}

function numbersOf(series: SeriesMap<NumberCell>): MetricValue<string>[] {
  return series.all().map(({ labels, cell }) => ({
    labels,
    value: cell.value,
  }));
}

/** A counter with labels whose series are cheap to add to. @public */
export class SeriesCounter extends Counter<string> {
  private readonly series: SeriesMap<NumberCell>;

  constructor(
    registry: Registry,
    configuration: Omit<CounterConfiguration<string>, 'registers'> & {
      labelNames: readonly string[];
    },
  ) {
    super({ ...configuration, registers: [] });
    this.series = new SeriesMap(
      configuration.labelNames,
      () => new NumberCell(),
    );
    registry.registerMetric(this);
  }

  /** The series with these label values, in the order of the names. */
  of(...values: string[]): Pick<NumberCell, 'inc'> {
    return this.series.get(values);
  }

  override async get(): Promise<MetricObjectWithValues<MetricValue<string>>> {
    return { ...(await super.get()), values: numbersOf(this.series) };
  }
}

/** A gauge with labels whose series are cheap to change. @public */
export class SeriesGauge extends Gauge<string> {
  private readonly series: SeriesMap<NumberCell>;

  constructor(
    registry: Registry,
    configuration: Omit<GaugeConfiguration<string>, 'registers'> & {
      labelNames: readonly string[];
    },
  ) {
    super({ ...configuration, registers: [] });
    this.series = new SeriesMap(
      configuration.labelNames,
      () => new NumberCell(),
    );
    registry.registerMetric(this);
  }

  /** The series with these label values, in the order of the names. */
  of(...values: string[]): NumberCell {
    return this.series.get(values);
  }

  override async get(): Promise<MetricObjectWithValues<MetricValue<string>>> {
    return { ...(await super.get()), values: numbersOf(this.series) };
  }
}

/** A histogram with labels whose series are cheap to observe. @public */
export class SeriesHistogram extends Histogram<string> {
  private readonly series: SeriesMap<HistogramCell>;
  private readonly bounds: readonly number[];
  private readonly metricName: string;
  /** Without series: says what else belongs to a metric. */
  private readonly frame: Histogram<string>;

  constructor(
    registry: Registry,
    configuration: Omit<HistogramConfiguration<string>, 'registers'> & {
      labelNames: readonly string[];
      buckets: readonly number[];
    },
  ) {
    const own = {
      ...configuration,
      buckets: [...configuration.buckets],
      registers: [],
    };
    super(own);
    this.frame = new Histogram(own);
    this.bounds = configuration.buckets;
    this.metricName = configuration.name;
    this.series = new SeriesMap(
      configuration.labelNames,
      () => new HistogramCell(this.bounds),
    );
    registry.registerMetric(this);
  }

  /** The series with these label values, in the order of the names. */
  of(...values: string[]): Pick<HistogramCell, 'observe'> {
    return this.series.get(values);
  }

  /** What prom-client makes both the page and `get()` of; its types leave it out. */
  async getForPromString(): Promise<
    MetricObjectWithValues<MetricValueWithName<string>>
  > {
    const values: MetricValueWithName<string>[] = [];
    for (const { labels, cell } of this.series.all()) {
      let total = 0;
      cell.counts.forEach((count, i) => {
        total += count;
        values.push({
          metricName: `${this.metricName}_bucket`,
          labels: { le: this.bounds[i] ?? '+Inf', ...labels },
          value: total,
        });
      });
      values.push(
        { metricName: `${this.metricName}_sum`, labels, value: cell.sum },
        { metricName: `${this.metricName}_count`, labels, value: total },
      );
    }
    return { ...(await this.frame.get()), values };
  }
}
