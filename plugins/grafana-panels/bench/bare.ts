// The same series as a page that knows uPlot and nothing else would draw them.
import type {
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { authorization } from './viewer';

const COLORS = ['#4353c9', '#b7790f', '#7c343b', '#2996ae', '#9d6df9'];
const COLUMNS = 4;
const HEIGHT = 250;

async function main() {
  const parameters = new URLSearchParams(window.location.search);
  const request = JSON.parse(parameters.get('query') ?? '') as QueryRequest;
  const answer = await fetch('/api/grafana-panels/v1/query', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const { results } = (await answer.json()) as QueryResponse;
  const grid = document.createElement('div');
  grid.style.cssText = `display: grid; grid-template-columns: repeat(${COLUMNS}, 1fr); gap: 8px`;
  document.body.append(grid);
  const width = Math.floor(grid.clientWidth / COLUMNS) - 8;
  for (const { refId, series = [] } of results) {
    const cell = document.createElement('div');
    grid.append(cell);
    const plot = new UPlot(
      {
        title: refId,
        width,
        height: HEIGHT,
        cursor: { sync: { key: 'bench' } },
        series: [
          {},
          ...series.map(({ labels }, i) => ({
            label: labels.model,
            stroke: COLORS[i % COLORS.length],
          })),
        ],
      },
      [
        series[0]?.times ?? [],
        ...series.map(({ values }) => values.map(Number)),
      ],
    );
    cell.append(plot.root);
  }
}

main().catch(error => {
  document.body.textContent = `${error}`;
});
