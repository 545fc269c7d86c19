import { V1ContainerStatus } from '@kubernetes/client-node';
import { findPodLog } from './podLog';

const find = (
  shown: Partial<V1ContainerStatus> | undefined,
  previous = false,
) =>
  findPodLog({
    pod: { name: 'model', namespace: 'quant' },
    logsDir: '/logs',
    container: 'vllm',
    previous,
    shown: shown && {
      name: 'vllm',
      image: '',
      imageID: '',
      ready: false,
      restartCount: 0,
      ...shown,
    },
    live: undefined,
  });
const crashed = { terminated: { exitCode: 1 } };

describe('findPodLog', () => {
  it('is the log of the run that is shown', () => {
    expect(find({ restartCount: 2, state: { running: {} } })).toEqual({
      file: '/logs/vllm/2.log',
    });
    expect(find({ restartCount: 2, state: crashed })).toEqual({
      file: '/logs/vllm/2.log',
    });
  });

  it('has a previous run only after a restart', () => {
    const running = { state: { running: {} } };
    expect(
      find({ ...running, restartCount: 1, lastState: crashed }, true),
    ).toEqual({ file: '/logs/vllm/0.log' });
    expect(find({ ...running, lastState: {} }, true)).toEqual({
      error: 'previous terminated container "vllm" in pod "model" not found',
    });
  });

  it('is the last run’s while the next one waits', () => {
    const waiting = {
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: crashed,
    };
    expect(find(waiting)).toEqual({ file: '/logs/vllm/3.log' });
    expect(find(waiting, true)).toEqual({ file: '/logs/vllm/3.log' });
  });

  it('says why there is none', () => {
    expect(
      find({ state: { waiting: { reason: 'ImagePullBackOff' } } }),
    ).toEqual({
      error:
        'container "vllm" in pod "model" is waiting to start: ImagePullBackOff',
    });
    expect(find(undefined)).toEqual({
      error: 'container vllm not found in pod model_quant',
    });
  });
});
