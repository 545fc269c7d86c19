/** One step of a start, as the launcher and the home page show it. */
export type StepId =
  | 'control-plane-build'
  | 'model-file'
  | 'control-plane'
  | 'nodes'
  | 'platform'
  | 'gateway'
  | 'prometheus';

/** What the launcher gets over the IPC channel. @public */
export interface StepMessage {
  type: 'step';
  id: StepId;
  status: 'running' | 'done' | 'failed';
  message?: string;
}

/** Tells people on the terminal and, when there is one, the launcher. */
export interface Progress {
  line(text: string): void;
  /** Runs one step and reports its start, its end and how long it took. */
  step<T>(
    id: StepId,
    title: string,
    run: (report: (message: string) => void) => Promise<T>,
  ): Promise<T>;
}

/** Writes to the terminal and to the parent process. */
export function createProgress(): Progress {
  const line = (text: string) => {
    process.stdout.write(`${text}\n`);
  };
  const send = (message: StepMessage) => {
    if (process.connected) {
      process.send?.(message);
    }
  };
  return {
    line,
    async step(id, title, run) {
      const startedAt = Date.now();
      const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1);
      line(`${title} …`);
      send({ type: 'step', id, status: 'running' });
      try {
        let last: string | undefined;
        const result = await run(message => {
          last = message;
          line(`  ${message}`);
          send({ type: 'step', id, status: 'running', message });
        });
        line(`${title}: done in ${seconds()} s`);
        send({ type: 'step', id, status: 'done', message: last });
        return result;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        line(`${title}: failed after ${seconds()} s`);
        send({ type: 'step', id, status: 'failed', message });
        throw error;
      }
    },
  };
}
