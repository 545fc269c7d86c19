import http from 'node:http';
import { pieceOf } from './pieces';

/** How a stream ended for its client. */
export type Ending =
  /** Every byte and `[DONE]`. */
  | 'finished'
  /** An error event said that it broke, and nothing came after. */
  | 'told'
  /** Refused with a status and an error body before it began. */
  | 'refused'
  /** The client left, as it had planned. */
  | 'left';

export interface Plan {
  seed: number;
  pieces: number;
  /** After how many pieces the client leaves. */
  leaveAfter?: number;
  /** Milliseconds of rest after each packet. */
  rest: number;
}

/** Something that must not happen. */
export class Fault extends Error {}

const STREAM_MS = 120_000;

/** Checks a stream event by event as it arrives. */
class Checker {
  next = 0;
  ending: Ending | undefined;
  private text = '';

  constructor(private readonly plan: Plan) {}

  push(chunk: string): void {
    this.text += chunk;
    for (
      let end = this.text.indexOf('\n\n');
      end >= 0;
      end = this.text.indexOf('\n\n')
    ) {
      const event = this.text.slice(0, end);
      this.text = this.text.slice(end + 2);
      this.check(event);
    }
  }

  /** What the connection's end means. */
  finish(): Ending {
    if (this.text !== '') {
      throw new Fault(`ended within an event: ${this.text.slice(0, 80)}`);
    }
    if (!this.ending) {
      throw new Fault(
        `ended silently after ${this.next} of ${this.plan.pieces} pieces`,
      );
    }
    return this.ending;
  }

  private check(event: string): void {
    if (this.ending) {
      throw new Fault(`an event after the end: ${event.slice(0, 80)}`);
    }
    if (event === 'data: [DONE]') {
      if (this.next !== this.plan.pieces) {
        throw new Fault(
          `done after ${this.next} of ${this.plan.pieces} pieces`,
        );
      }
      this.ending = 'finished';
      return;
    }
    const data = JSON.parse(event.slice('data: '.length)) as {
      error?: { code: string };
      choices?: Array<{ delta: { content: string } }>;
    };
    if (data.error) {
      if (data.error.code !== 'upstream_interrupted') {
        throw new Fault(`an error event with code ${data.error.code}`);
      }
      this.ending = 'told';
      return;
    }
    const content = data.choices?.[0]?.delta.content;
    if (content !== pieceOf(this.plan.seed, this.next)) {
      throw new Fault(
        `piece ${this.next} is ${String(content).slice(
          0,
          60,
        )}, an event lost, doubled or changed`,
      );
    }
    this.next += 1;
  }
}

/** What a stream may be refused with while its model is being killed. */
const REFUSALS = new Set(['upstream_unreachable', 'upstream_failed']);

function checkRefusal(status: number, text: string): Ending {
  const { code } = (JSON.parse(text) as { error: { code: string } }).error;
  if (status < 500 || !REFUSALS.has(code)) {
    throw new Fault(`refused with ${status} ${code}`);
  }
  return 'refused';
}

/** Reads one stream as planned. Rejects with a Fault where something is wrong. */
export function read(
  target: { url: string; key: string; model: string; agent: http.Agent },
  plan: Plan,
): Promise<{ ending: Ending; pieces: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const checker = new Checker(plan);
    let bytes = 0;
    let leaving = false;
    const request = http.request(
      `${target.url}/v1/chat/completions`,
      {
        method: 'POST',
        agent: target.agent,
        headers: {
          authorization: `Bearer ${target.key}`,
          'content-type': 'application/json',
        },
      },
      response => {
        response.setEncoding('utf8');
        let refusal = '';
        response.on('data', (chunk: string) => {
          bytes += chunk.length;
          if (response.statusCode !== 200) {
            refusal += chunk;
            return;
          }
          try {
            checker.push(chunk);
          } catch (error) {
            settle(error as Error);
            return;
          }
          if (
            plan.leaveAfter !== undefined &&
            checker.next >= plan.leaveAfter &&
            !checker.ending
          ) {
            leaving = true;
            settle(undefined, 'left');
          } else if (plan.rest > 0) {
            response.pause();
            setTimeout(() => response.resume(), plan.rest);
          }
        });
        response.on('end', () => {
          try {
            settle(
              undefined,
              response.statusCode === 200
                ? checker.finish()
                : checkRefusal(response.statusCode ?? 0, refusal),
            );
          } catch (error) {
            settle(error as Error);
          }
        });
        response.on('error', onLost);
      },
    );
    const timer = setTimeout(
      () => settle(new Fault(`took longer than ${STREAM_MS / 1000} s`)),
      STREAM_MS,
    );
    request.on('error', onLost);
    request.end(
      JSON.stringify({
        model: target.model,
        stream: true,
        seed: plan.seed,
        pieces: plan.pieces,
        messages: [{ role: 'user', content: 'soak' }],
      }),
    );

    function onLost(error: Error) {
      if (!leaving) {
        settle(new Fault(`the connection was lost: ${error.message}`));
      }
    }

    function settle(error?: Error, ending: Ending = 'finished') {
      clearTimeout(timer);
      if (error || ending === 'left') {
        leaving = true;
        request.destroy();
      }
      if (error) {
        reject(
          new Fault(
            `stream ${plan.seed}, piece ${checker.next}: ${error.message}`,
          ),
        );
      } else {
        resolve({ ending, pieces: checker.next, bytes });
      }
    }
  });
}
