import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PanelView } from './PanelView';
import { PANELS } from './registry';
import {
  installCanvas,
  panelProps,
  seriesFrame,
  tableFrame,
} from './testUtils';

beforeAll(installCanvas);

const requests = () => [
  seriesFrame('quant-api', [1, 2, 3]),
  seriesFrame('eval-api', [10, null, 30]),
];

describe('a panel without a picture', () => {
  it('says that there is no data, in the dashboard’s words if it has some', () => {
    const { rerender } = render(
      <PanelView {...panelProps('timeseries', [])} />,
    );
    expect(screen.getByText('No data')).toBeInTheDocument();

    rerender(
      <PanelView
        {...panelProps('timeseries', [], {
          fieldConfig: { defaults: { noValue: 'All quiet' } },
        })}
      />,
    );
    expect(screen.getByText('All quiet')).toBeInTheDocument();
  });

  it('says what went wrong', () => {
    render(
      <PanelView
        {...panelProps('stat', [], {
          data: {
            state: 'error',
            error: { code: 'bad_query', message: 'parse error at char 3' },
          },
        })}
      />,
    );
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('The query is wrong');
    expect(alert).toHaveTextContent('parse error at char 3');
  });

  it('is busy while it loads', () => {
    const { container } = render(
      <PanelView {...panelProps('stat', [], { data: { state: 'loading' } })} />,
    );
    expect(container.firstChild).toHaveAttribute('aria-busy', 'true');
    expect(screen.queryByText('No data')).toBeNull();
  });

  it('of an unknown type says so and leads to Grafana', () => {
    render(
      <PanelView
        {...panelProps('nodeGraph', requests(), {
          externalUrl: 'https://grafana.example/d/x',
        })}
      />,
    );
    expect(screen.getByText(/nodeGraph/)).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open it in Grafana' }),
    ).toHaveAttribute('href', 'https://grafana.example/d/x');
  });
});

describe('a panel with nothing to draw', () => {
  it('says what was left out of the answer', () => {
    render(
      <PanelView
        {...panelProps('timeseries', [], {
          data: { warnings: ['Native histograms were left out.'] },
        })}
      />,
    );
    expect(screen.getByText('No data')).toBeInTheDocument();
    expect(
      screen.getByText('Native histograms were left out.'),
    ).toBeInTheDocument();
  });
});

describe('a panel whose data are old', () => {
  it('keeps its picture and says how old it is', () => {
    render(
      <PanelView
        {...panelProps('stat', requests(), {
          data: {
            state: 'stale',
            asOf: Date.now() - 40_000,
            error: { code: 'unreachable', message: 'connection refused' },
          },
        })}
      />,
    );
    const mark = screen.getByRole('status');
    expect(mark).toHaveTextContent(/as of \d+ s ago/);
    expect(mark).toHaveAttribute(
      'title',
      expect.stringContaining('connection refused'),
    );
    expect(screen.getByText('30')).toBeInTheDocument();
  });
});

describe('a panel of which one query failed', () => {
  const partly = (type: string) => (
    <PanelView
      {...panelProps(type, requests(), {
        data: {
          state: 'error',
          error: { code: 'bad_query', message: 'parse error at char 3' },
        },
      })}
    />
  );

  it('draws the others, and says so', () => {
    render(partly('stat'));
    expect(screen.getByRole('status')).toHaveTextContent(
      'Not all queries were answered: parse error at char 3',
    );
    expect(screen.getByText('30')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('has room for the line: the picture is lower', () => {
    const height = () =>
      parseInt(screen.getAllByRole('listitem')[0].style.height, 10);
    const { rerender } = render(
      <PanelView {...panelProps('gauge', requests())} />,
    );
    const whole = height();
    rerender(partly('gauge'));
    expect(height()).toBeLessThan(whole);
  });
});

describe('every type', () => {
  const states = tableFrame({ name: ['a', 'b'], value: [1, 2] });

  it.each(Object.keys(PANELS))('%s is drawn without an option', type => {
    const frames =
      type === 'barchart' || type === 'table' ? [states] : requests();
    const { container } = render(<PanelView {...panelProps(type, frames)} />);
    expect(container.querySelector('[role="alert"]')).toBeNull();
    expect(container).not.toBeEmptyDOMElement();
  });

  it.each(Object.keys(PANELS).filter(type => type !== 'text'))(
    '%s has its data as a table',
    async type => {
      render(<PanelView {...panelProps(type, requests())} />);

      await userEvent.click(
        screen.getByRole('button', { name: 'Show as table' }),
      );

      const [head, newest] = within(
        screen.getByRole('region', { name: 'A panel as a table' }),
      ).getAllByRole('row');
      expect(head).toHaveTextContent('Timequant-apieval-api');
      expect(newest).toHaveTextContent('2026-11-23 12:02:00330');
    },
  );

  it.each(Object.keys(PANELS))('%s survives odd numbers', type => {
    const odd = seriesFrame('odd', [NaN, Infinity, -Infinity, null, 0, -1]);
    const one = seriesFrame('one', [1e300]);
    expect(() =>
      render(
        <PanelView
          {...panelProps(type, [odd, one, seriesFrame('none', [])])}
        />,
      ),
    ).not.toThrow();
  });
});

describe('figures', () => {
  it('have their unit, mapping and name', () => {
    render(
      <PanelView
        {...panelProps('stat', requests(), {
          fieldConfig: { defaults: { unit: 'reqps', decimals: 1 } },
        })}
      />,
    );
    const [first, second] = screen.getAllByRole('listitem');
    expect(first).toHaveTextContent('quant-api3.0 req/s');
    expect(second).toHaveTextContent('eval-api30.0 req/s');
  });

  it('reduce as the dashboard says', () => {
    render(
      <PanelView
        {...panelProps('stat', [requests()[0]], {
          options: {
            reduceOptions: { calcs: ['mean'] },
            showPercentChange: true,
          },
        })}
      />,
    );
    expect(screen.getByRole('listitem')).toHaveTextContent('2+200%');
  });
});

describe('a legend', () => {
  it.each(['timeseries', 'barchart', 'piechart', 'histogram'])(
    'of a %s switches off what the picture shows',
    async type => {
      const { container } = render(
        <PanelView {...panelProps(type, requests())} />,
      );
      const [quant, evaluation] = ['quant-api', 'eval-api'].map(name =>
        screen.getByRole('button', { name }),
      );
      const picture = () => container.querySelector('svg')?.innerHTML;
      const before = picture();
      await userEvent.click(quant);
      expect(quant).toHaveAttribute('aria-pressed', 'true');
      expect(evaluation).toHaveAttribute('aria-pressed', 'false');
      // A time series is drawn on a canvas, of which a test sees nothing.
      expect(picture() === before).toBe(type === 'timeseries');
    },
  );
});

describe('curves', () => {
  it('have a legend with figures, that shows one of them alone', async () => {
    render(
      <PanelView
        {...panelProps('timeseries', requests(), {
          options: { legend: { calcs: ['max'] } },
        })}
      />,
    );
    expect(screen.getByText('30')).toBeInTheDocument();
    const [quant, evaluation] = ['quant-api', 'eval-api'].map(name =>
      screen.getByRole('button', { name }),
    );
    await userEvent.click(quant);
    expect(quant).toHaveAttribute('aria-pressed', 'true');
    expect(evaluation).toHaveAttribute('aria-pressed', 'false');
  });

  it('are read aloud by the arrow keys', async () => {
    render(
      <PanelView
        {...panelProps('timeseries', requests(), {
          options: { tooltip: { mode: 'multi' } },
          fieldConfig: { defaults: { unit: 's' } },
        })}
      />,
    );
    screen.getByRole('group', { name: /2 series over time/ }).focus();
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}');
    expect(screen.getByRole('status')).toHaveTextContent(
      '2026-11-23 12:02:00: quant-api 3 s, eval-api 30 s',
    );
  });
});
