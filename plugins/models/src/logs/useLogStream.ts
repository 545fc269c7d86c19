import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { modelsApiRef } from '@llm-platform/plugin-models-react';
import type { ModelDeploymentRef } from '@llm-platform/plugin-models-common';
import { appendLines, EMPTY_LOG, type LogBuffer } from './lines';

/** Lines arrive faster than a screen changes; one render takes what came meanwhile. */
const RENDER_EVERY_MS = 100;
const TAIL_LINES = 5_000;

/** @internal */
export interface LogStream {
  log: LogBuffer;
  status: 'connecting' | 'open' | 'ended' | 'failed';
  error?: Error;
  /** Reads the log again from its tail. */
  reconnect: () => void;
}

/** The log of a container, followed while mounted. `run` changes when the container restarts. */
export function useLogStream(options: {
  modelRef: ModelDeploymentRef;
  pod: string;
  container?: string;
  previous: boolean;
  run: number;
}): LogStream {
  const api = useApi(modelsApiRef);
  const { pod, container, previous, run } = options;
  const { cluster, namespace, name } = options.modelRef;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<LogStream, 'reconnect'>>({
    log: EMPTY_LOG,
    status: 'connecting',
  });

  useEffect(() => {
    const abort = new AbortController();
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;

    const flush = () => {
      timer = undefined;
      const added = waiting;
      waiting = [];
      setState(s => ({
        ...s,
        status: s.status === 'connecting' ? 'open' : s.status,
        log: appendLines(s.log, added),
      }));
    };
    const read = async () => {
      setState({ log: EMPTY_LOG, status: 'connecting' });
      try {
        const lines = api.streamLogs(
          { cluster, namespace, name },
          {
            pod,
            container,
            previous,
            follow: !previous,
            tailLines: TAIL_LINES,
            signal: abort.signal,
          },
        );
        for await (const line of lines) {
          if (abort.signal.aborted) {
            return;
          }
          waiting.push(line);
          timer ??= setTimeout(flush, RENDER_EVERY_MS);
        }
        clearTimeout(timer);
        if (!abort.signal.aborted) {
          flush();
          setState(s => ({ ...s, status: 'ended' }));
        }
      } catch (error) {
        clearTimeout(timer);
        if (!abort.signal.aborted) {
          flush();
          setState(s => ({ ...s, status: 'failed', error: toError(error) }));
        }
      }
    };
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [api, cluster, namespace, name, pod, container, previous, run, attempt]);

  const reconnect = useCallback(() => setAttempt(n => n + 1), []);
  return { ...state, reconnect };
}
