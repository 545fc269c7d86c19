import { routeTo } from '../testing/TestGateway';
import { RouteTable } from './RouteTable';

describe('RouteTable', () => {
  it('keeps models and services of one name apart', () => {
    const table = new RouteTable();
    table.replace('cluster', [
      routeTo('http://m:1', { name: 'quant' }),
      routeTo('http://s:1', { name: 'quant', kind: 'service' }),
    ]);
    expect(table.get('model', 'quant')?.endpoints).toEqual([
      { origin: 'http://m:1' },
    ]);
    expect(table.get('service', 'quant')?.endpoints).toEqual([
      { origin: 'http://s:1' },
    ]);
    expect(table.models()).toHaveLength(1);
    expect(table.origins()).toEqual(new Set(['http://m:1', 'http://s:1']));
  });

  it('prefers the operator’s route and says so once', () => {
    const table = new RouteTable();
    const theirs = routeTo('http://theirs:1', {
      name: 'quant',
      kind: 'service',
    });
    const ours = routeTo('http://ours:1', { name: 'quant', kind: 'service' });
    expect(table.replace('cluster', [theirs])).toEqual([]);
    expect(table.replace('configured', [ours])).toEqual([
      expect.stringContaining('quant/quant asks for route'),
    ]);
    expect(table.current(theirs)).toBe(ours);
    expect(table.replace('cluster', [theirs])).toEqual([]);
    table.replace('configured', []);
    expect(table.current(theirs)).toBe(theirs);
  });
});
