import {
  appendLines,
  EMPTY_LOG,
  findHits,
  interestingLines,
  splitHits,
} from './lines';

describe('log lines', () => {
  it('keeps the newest and counts what it drops', () => {
    const full = appendLines(EMPTY_LOG, ['a', 'b', 'c'], 2);
    expect(full).toEqual({ lines: ['b', 'c'], dropped: 1 });
    expect(appendLines(full, ['d'], 2)).toEqual({
      lines: ['c', 'd'],
      dropped: 2,
    });
  });

  it('finds hits whatever their case', () => {
    expect(findHits(['KV cache', 'x', 'kv CACHE'], 'kv cache')).toEqual([0, 2]);
    expect(findHits(['a'], '  ')).toEqual([]);
    expect(splitHits('aXbxc', 'x')).toEqual([
      { text: 'a', hit: false },
      { text: 'X', hit: true },
      { text: 'b', hit: false },
      { text: 'x', hit: true },
      { text: 'c', hit: false },
    ]);
  });

  it.each([
    [
      'INFO 11-23 [kv_cache_utils.py:1087] GPU KV cache size: 65,712 tokens',
      'KV cache',
    ],
    [
      'INFO [x] Maximum concurrency for 4,096 tokens per request: 16.04x',
      'Concurrency',
    ],
    ['torch.cuda.OutOfMemoryError: CUDA out of memory. Tried', 'Out of memory'],
    ['ERROR 11-23 [core.py:708] EngineCore failed to start.', 'Error'],
    ['ValueError: To serve at least one request', 'Error'],
    ['Traceback (most recent call last):', 'Traceback'],
    ['INFO:     Application startup complete.', 'Ready'],
  ])('jumps to %s', (line, label) => {
    expect(interestingLines(['x', line])).toEqual([
      expect.objectContaining({ index: 1, label }),
    ]);
  });

  it('leaves ordinary lines alone and joins runs', () => {
    expect(
      interestingLines(['INFO: 127.0.0.1 - "GET /health HTTP/1.1" 200 OK']),
    ).toEqual([]);
    expect(interestingLines(['ERROR a', 'ERROR b', 'ERROR c'])).toHaveLength(1);
  });
});
