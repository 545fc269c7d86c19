import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { explainError, modelsApiRef } from '@llm-platform/plugin-models-react';
import type {
  ModelDeploymentRef,
  PodView,
} from '@llm-platform/plugin-models-common';
import { appendLines, EMPTY_LOG, type LogBuffer } from './lines';

/** Lines arrive faster than a screen changes; one render takes what came meanwhile. */
const RENDER_EVERY_MS = 100;
const TAIL_LINES = 5_000;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 15_000;

/** @internal */
export interface LogStream {
  log: LogBuffer;
  status: 'connecting' | 'open' | 'ended' | 'failed';
  error?: Error;
  /** It ended or failed, and is read again by itself soon. */
  retrying: boolean;
  /** Reads the log again from its tail. */
  reconnect: () => void;
}

/**
 * The log of a container, followed while mounted: read again when the container starts or restarts,
 * and, with back-off, when the stream breaks.
 */
export function useLogStream(options: {
  modelRef: ModelDeploymentRef;
  pod: string;
  container?: string;
  previous: boolean;
  /** How often the container was restarted. */
  restarts: number;
  containerState?: PodView['containers'][number]['state'];
}): LogStream {
  const api = useApi(modelsApiRef);
  const { pod, container, previous, restarts, containerState } = options;
  const { cluster, namespace, name } = options.modelRef;
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<LogStream, 'reconnect'>>({
    log: EMPTY_LOG,
    status: 'connecting',
    retrying: false,
  });

  useEffect(() => {
    const abort = new AbortController();
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retryTimer: ReturnType<typeof setTimeout> | undefined;
    let delay = FIRST_RETRY_MS;
    // What was read stays until the next try has something: it starts from the tail again.
    let replace = true;

    const flush = () => {
      timer = undefined;
      const added = waiting;
      waiting = [];
      if (added.length === 0) {
        return;
      }
      const anew = replace;
      replace = false;
      setState(s => ({
        ...s,
        status: s.status === 'connecting' ? 'open' : s.status,
        log: appendLines(anew ? EMPTY_LOG : s.log, added),
      }));
    };
    const finish = (openedAt: number, again: () => void, error?: Error) => {
      clearTimeout(timer);
      if (abort.signal.aborted) {
        return;
      }
      flush();
      const retrying =
        !previous &&
        (error
          ? explainError(error, 'the log').kind !== 'denied'
          : containerState !== 'terminated');
      setState(s => ({
        ...s,
        status: error ? 'failed' : 'ended',
        error,
        retrying,
      }));
      if (retrying) {
        // A stream that held for long was a good one; what ends at once must not be asked in a hurry.
        if (Date.now() - openedAt > LAST_RETRY_MS) {
          delay = FIRST_RETRY_MS;
        }
        retryTimer = setTimeout(again, delay);
        delay = Math.min(delay * 2, LAST_RETRY_MS);
      }
    };
    const read = async () => {
      const openedAt = Date.now();
      replace = true;
      setState(s => ({ log: s.log, status: 'connecting', retrying: false }));
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
        finish(openedAt, read);
      } catch (error) {
        finish(openedAt, read, toError(error));
      }
    };
    setState(s => ({ ...s, log: EMPTY_LOG }));
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
      clearTimeout(retryTimer);
    };
  }, [
    api,
    cluster,
    namespace,
    name,
    pod,
    container,
    previous,
    restarts,
    containerState,
    attempt,
  ]);

  const reconnect = useCallback(() => setAttempt(n => n + 1), []);
  return { ...state, reconnect };
}
