import { readEnvironment } from './environment';

describe('readEnvironment', () => {
  it('has a CPU, no model file and the usual pace by default', () => {
    expect(readEnvironment({})).toEqual({
      threads: expect.any(Number),
      delayFactor: 1,
    });
  });

  it('reads what the node agent sets', () => {
    expect(
      readEnvironment({
        LLMP_BIND_ADDRESS: '127.244.1.5',
        LLMP_MODEL_FILE: '/models/small.gguf',
        LLMP_THREADS: '1',
        LLMP_GPU: 'Tesla T4',
        LLMP_START_DELAY_FACTOR: '0',
        VLLM_CPU_KVCACHE_SPACE: '2',
      }),
    ).toEqual({
      bindAddress: '127.244.1.5',
      modelFile: '/models/small.gguf',
      threads: 1,
      gpu: 'Tesla T4',
      delayFactor: 0,
      kvCacheSpaceGiB: 2,
    });
  });

  it.each(['0', '-1', 'many'])('refuses %s threads', text => {
    expect(() => readEnvironment({ LLMP_THREADS: text })).toThrow(
      `LLMP_THREADS must be a number from 1 to 256, not '${text}'`,
    );
  });
});
