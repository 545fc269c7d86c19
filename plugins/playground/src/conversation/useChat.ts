import { useCallback, useEffect, useRef, useState, type Dispatch } from 'react';
import type { ChatEvent, PlaygroundApi } from '../api';
import { FigureMeter } from './FigureMeter';
import type { ConversationAction } from './reducer';
import { buildRequest } from './request';
import type { Answer, Conversation, ModelChoice } from './types';

/** Drawing each token by itself would cost more than reading it. */
const DRAW_EVERY_MS = 40;

function newAnswer(model: ModelChoice): Answer {
  return {
    id: newId(),
    model,
    text: '',
    state: 'waiting',
    figures: {},
  };
}

function newId(): string {
  // randomUUID only exists in secure contexts; these ids stay in this browser
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

/** Sends prompts and puts what comes back into the conversation. */
export function useChat(options: {
  api: PlaygroundApi;
  conversation: Conversation;
  dispatch: Dispatch<ConversationAction>;
}) {
  const { api, dispatch } = options;
  const conversation = useRef(options.conversation);
  conversation.current = options.conversation;
  const controller = useRef<AbortController>();
  const [running, setRunning] = useState<string>();

  // Leaving the page stops the model
  useEffect(() => () => controller.current?.abort(), []);

  const run = useCallback(
    async (answer: Answer, turnIndex: number, prompt: string) => {
      const { turns, parameters } = conversation.current;
      const abort = new AbortController();
      controller.current = abort;
      setRunning(answer.id);
      const meter = new FigureMeter();
      let pending = '';
      let timer: ReturnType<typeof setTimeout> | undefined;
      const draw = () => {
        clearTimeout(timer);
        timer = undefined;
        if (pending) {
          dispatch({ type: 'append', answerId: answer.id, text: pending });
          pending = '';
        }
      };
      const change = (patch: (current: Answer) => Answer) =>
        dispatch({ type: 'change', answerId: answer.id, change: patch });
      const onEvent = (event: ChatEvent) => {
        meter.feed(event);
        if (event.type === 'delta') {
          pending += event.text;
          timer ??= setTimeout(draw, DRAW_EVERY_MS);
        } else if (event.type === 'simulated') {
          change(current => ({ ...current, simulated: event.what }));
        } else if (event.type === 'error') {
          draw();
          change(current => ({
            ...current,
            state: current.text ? 'broken' : 'failed',
            error: event.error,
            figures: meter.figures(),
          }));
        }
      };
      try {
        let failed = false;
        const request = buildRequest({
          model: answer.model,
          before: turns.slice(0, turnIndex),
          prompt,
          parameters,
        });
        for await (const event of api.chat(request, {
          signal: abort.signal,
        })) {
          onEvent(event);
          failed ||= event.type === 'error';
        }
        draw();
        if (!failed) {
          change(current => ({
            ...current,
            state: 'complete',
            figures: meter.figures(),
          }));
        }
      } catch (caught) {
        draw();
        if (abort.signal.aborted) {
          change(current => ({
            ...current,
            state: 'stopped',
            figures: meter.figures(),
          }));
        } else {
          onEvent({
            type: 'error',
            error: {
              message: caught instanceof Error ? caught.message : `${caught}`,
              code: 'page_error',
              source: 'portal',
            },
          });
        }
      } finally {
        clearTimeout(timer);
        if (controller.current === abort) {
          controller.current = undefined;
          setRunning(undefined);
        }
      }
    },
    [api, dispatch],
  );

  const send = useCallback(
    (prompt: string, model: ModelChoice) => {
      const answer = newAnswer(model);
      const { turns } = conversation.current;
      dispatch({ type: 'send', turnId: newId(), answer, prompt });
      void run(answer, turns.length, prompt);
    },
    [dispatch, run],
  );

  const retry = useCallback(
    (turnId: string, model: ModelChoice) => {
      const { turns } = conversation.current;
      const index = turns.findIndex(turn => turn.id === turnId);
      if (index >= 0) {
        const answer = newAnswer(model);
        dispatch({ type: 'retry', turnId, answer });
        void run(answer, index, turns[index].prompt);
      }
    },
    [dispatch, run],
  );

  const edit = useCallback(
    (turnId: string, prompt: string, model: ModelChoice) => {
      const { turns } = conversation.current;
      const index = turns.findIndex(turn => turn.id === turnId);
      if (index >= 0) {
        const answer = newAnswer(model);
        dispatch({ type: 'edit', turnId, answer, prompt });
        void run(answer, index, prompt);
      }
    },
    [dispatch, run],
  );

  const stop = useCallback(() => controller.current?.abort(), []);

  return { running: running !== undefined, send, retry, edit, stop };
}
