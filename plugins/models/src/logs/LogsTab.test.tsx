import { useState } from 'react';
import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  modelsApiRef,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import {
  createModelsApiMock,
  modelDetail,
  podView,
} from '@llm-platform/plugin-models-react/testUtils';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';
import { LogsTab } from './LogsTab';

/** A log that the test writes. */
function liveLog() {
  const calls: Array<Parameters<ModelsApi['streamLogs']>[1]> = [];
  let push: (line: string | undefined) => void = () => {};
  async function* stream(options: Parameters<ModelsApi['streamLogs']>[1]) {
    calls.push(options);
    const queue: Array<string | undefined> = [];
    let wake = () => {};
    const sleep = () =>
      new Promise<void>(resolve => {
        wake = resolve;
      });
    push = line => {
      queue.push(line);
      wake();
    };
    for (;;) {
      while (queue.length > 0) {
        const line = queue.shift();
        if (line === undefined) {
          return;
        }
        yield line;
      }
      await sleep();
    }
  }
  const streamLogs: ModelsApi['streamLogs'] = (_ref, options) =>
    stream(options);
  return {
    streamLogs,
    calls,
    write: (...lines: string[]) => act(async () => lines.forEach(l => push(l))),
    end: () => act(async () => push(undefined)),
  };
}

function renderLogs(
  streamLogs: ModelsApi['streamLogs'],
  model: ModelDeploymentDetail = modelDetail(),
  url = '/',
) {
  return renderInTestApp(<LogsTab model={model} />, {
    apis: [[modelsApiRef, createModelsApiMock({ streamLogs })]],
    initialRouteEntries: [url],
  });
}

describe('LogsTab', () => {
  it('follows until the reader scrolls, and again on request', async () => {
    const user = userEvent.setup();
    const log = liveLog();
    renderLogs(log.streamLogs);
    const view = await screen.findByRole('log');
    Object.defineProperty(view, 'scrollHeight', {
      configurable: true,
      get: () => 1000,
    });
    Object.defineProperty(view, 'clientHeight', { value: 200 });

    await log.write('one');
    expect(await screen.findByText('one')).toBeInTheDocument();
    expect(view.scrollTop).toBe(1000);
    const follow = screen.getByRole('button', { name: 'Follow' });
    expect(follow).toHaveAttribute('aria-pressed', 'true');

    view.scrollTop = 300;
    fireEvent.scroll(view);
    expect(follow).toHaveAttribute('aria-pressed', 'false');
    await log.write('two');
    expect(await screen.findByText('two')).toBeInTheDocument();
    expect(view.scrollTop).toBe(300);

    await user.click(follow);
    expect(view.scrollTop).toBe(1000);
    expect(log.calls[0]).toMatchObject({
      pod: 'smollm2-6f8c9d7b54-x2lpd',
      container: 'vllm',
      follow: true,
      previous: false,
    });
  });

  it('marks hits, steps through them and jumps to lines of interest', async () => {
    const user = userEvent.setup();
    const log = liveLog();
    renderLogs(log.streamLogs);
    await screen.findByRole('log');
    await log.write(
      'INFO GPU KV cache size: 65,712 tokens',
      'INFO request from cache',
      'ERROR boom',
    );
    await screen.findByText('ERROR boom');

    await user.type(
      screen.getByRole('searchbox', { name: 'Search the log' }),
      'cache{Enter}',
    );
    expect(await screen.findByText('1 of 2')).toBeInTheDocument();
    expect(
      screen.getAllByText('cache').filter(e => e.tagName === 'MARK'),
    ).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Next hit' }));
    expect(screen.getByText('2 of 2')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Follow' })).toHaveAttribute(
      'aria-pressed',
      'false',
    );

    expect(
      Array.from(
        screen.getByRole('combobox', { name: 'Jump to' }).children,
      ).map(option => option.textContent),
    ).toEqual(['Jump to…', 'KV cache, line 1', 'Error, line 3']);
  });

  it('reads the previous run of a container that restarted', async () => {
    const user = userEvent.setup();
    const log = liveLog();
    renderLogs(
      log.streamLogs,
      modelDetail({ pods: [podView({ restarts: 2 })] }),
    );
    await user.click(
      await screen.findByRole('button', { name: 'Previous run' }),
    );
    await log.write('it crashed');
    await log.end();

    expect(await screen.findByText('it crashed')).toBeInTheDocument();
    expect(
      await screen.findByText('1 line, the whole previous run'),
    ).toBeInTheDocument();
    expect(log.calls[log.calls.length - 1]).toMatchObject({
      previous: true,
      follow: false,
    });
  });

  it('says why a log cannot be read, and reconnects', async () => {
    const user = userEvent.setup();
    let calls = 0;
    renderLogs(async function* fail() {
      calls++;
      if (calls === 1) {
        throw new Error('container is waiting to start');
      }
      yield 'now';
    });

    expect(
      await screen.findByText(/container is waiting to start/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Reconnect' }));
    expect(await screen.findByText('now')).toBeInTheDocument();
  });

  it('retries by itself while following, and keeps what was read meanwhile', async () => {
    jest.useFakeTimers();
    try {
      let calls = 0;
      renderLogs(async function* flaky() {
        calls++;
        if (calls === 1) {
          throw new Error('container is waiting to start');
        }
        yield `read ${calls}`;
        if (calls > 2) {
          await new Promise(() => {});
        }
      });
      const pass = (ms: number) =>
        act(async () => {
          await jest.advanceTimersByTimeAsync(ms);
        });

      expect(
        await screen.findByText(/container is waiting to start/),
      ).toHaveTextContent('It is read again shortly.');
      await pass(2_000);
      expect(screen.getByText('read 2')).toBeInTheDocument();
      expect(screen.getByText(/the stream was closed/)).toBeInTheDocument();
      await pass(4_500);
      expect(screen.getByText('read 3')).toBeInTheDocument();
      expect(screen.queryByText('read 2')).toBeNull();
      expect(screen.getByText('1 line, live')).toBeInTheDocument();
      expect(calls).toBe(3);
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not ask again for a log that may not be read', async () => {
    renderLogs(async function* denied() {
      throw Object.assign(new Error('no'), { name: 'NotAllowedError' });
    });
    expect(
      await screen.findByText(/The log cannot be read: no/),
    ).not.toHaveTextContent('again');
  });

  it('reads anew when the container starts', async () => {
    const log = liveLog();
    const waiting = podView();
    waiting.containers = waiting.containers.map(c => ({
      ...c,
      state: 'waiting',
    }));
    let start = () => {};
    function Starting() {
      const [pod, setPod] = useState(waiting);
      start = () => setPod(podView());
      return <LogsTab model={modelDetail({ pods: [pod] })} />;
    }
    renderInTestApp(<Starting />, {
      apis: [
        [modelsApiRef, createModelsApiMock({ streamLogs: log.streamLogs })],
      ],
    });
    await screen.findByRole('log');
    expect(log.calls).toHaveLength(1);
    act(() => start());
    expect(log.calls).toHaveLength(2);
    expect(log.calls[0].signal?.aborted).toBe(true);
  });

  it('says that a stopped model has no log', async () => {
    renderLogs(
      liveLog().streamLogs,
      modelDetail({ pods: [], replicas: { desired: 0, ready: 0 } }),
    );
    expect(await screen.findByText('No logs')).toBeInTheDocument();
  });
});
