import { ChatError } from './ChatError';

/** More answers at once than a person can read; keeps one user from holding every replica. */
const MAX_PER_USER = 8;
/** A hung answer must not hold a connection for ever, nor outlive the user's permission for long. */
const MAX_DURATION_MS = 15 * 60_000;

/** Counts the running chats of each user and ends them when the backend stops. */
export class ActiveChats {
  readonly #byUser = new Map<string, Set<AbortController>>();

  start(user: string): { controller: AbortController; end(): void } {
    const running = this.#byUser.get(user) ?? new Set();
    if (running.size >= MAX_PER_USER) {
      throw new ChatError({
        status: 429,
        source: 'portal',
        code: 'too_many_answers',
        message: `You have ${running.size} answers running. Stop one of them first.`,
      });
    }
    const controller = new AbortController();
    const timer = setTimeout(
      () => controller.abort(answerTimeLimit()),
      MAX_DURATION_MS,
    );
    timer.unref();
    running.add(controller);
    this.#byUser.set(user, running);
    return {
      controller,
      end: () => {
        clearTimeout(timer);
        running.delete(controller);
        if (running.size === 0) {
          this.#byUser.delete(user);
        }
      },
    };
  }

  abortAll(): void {
    for (const running of this.#byUser.values()) {
      for (const controller of running) {
        controller.abort();
      }
    }
  }
}

function answerTimeLimit(): ChatError {
  return new ChatError({
    status: 504,
    source: 'portal',
    code: 'answer_time_limit',
    message: `The answer took longer than ${
      MAX_DURATION_MS / 60_000
    } minutes and was stopped. Ask for a shorter one.`,
  });
}
