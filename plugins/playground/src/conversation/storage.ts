import { isRunning } from './reducer';
import {
  DEFAULT_PARAMETERS,
  EMPTY_CONVERSATION,
  type Conversation,
  type Turn,
} from './types';

const PREFIX = 'llm-platform.playground:';

function isConversation(value: unknown): value is Conversation {
  const candidate = value as Partial<Conversation> | undefined;
  return (
    candidate?.version === 1 &&
    typeof candidate.draft === 'string' &&
    Array.isArray(candidate.turns) &&
    candidate.turns.every(
      turn =>
        typeof turn?.prompt === 'string' &&
        Array.isArray(turn.answers) &&
        turn.answers.length > 0 &&
        turn.answers.every(
          answer =>
            typeof answer?.text === 'string' &&
            typeof answer.model?.route === 'string' &&
            typeof answer.figures === 'object',
        ),
    )
  );
}

/** Where the conversation of this user is stored. */
export function storageKeyOf(key: string): string {
  return PREFIX + key;
}

/** An answer that was on its way when the page went away can't go on: what arrived is kept. */
function interrupt(turn: Turn): Turn {
  return {
    ...turn,
    answers: turn.answers.map(answer =>
      isRunning(answer)
        ? {
            ...answer,
            state: answer.text ? 'broken' : 'failed',
            error: {
              message: 'The page was left while the answer was on its way.',
              code: 'page_left',
              source: 'portal',
            },
          }
        : answer,
    ),
  };
}

/** The conversation without answers on their way, for when the page goes away. */
export function interrupted(conversation: Conversation): Conversation {
  return { ...conversation, turns: conversation.turns.map(interrupt) };
}

/** What was stored for this user when a page was there last. */
export function loadConversation(key: string): Conversation {
  return interrupted(readConversation(key));
}

/** What is stored for this user now; anything unreadable is left alone and ignored. */
export function readConversation(key: string): Conversation {
  try {
    const text = window.localStorage.getItem(storageKeyOf(key));
    const value: unknown = text ? JSON.parse(text) : undefined;
    if (!isConversation(value)) {
      return EMPTY_CONVERSATION;
    }
    return {
      ...value,
      parameters: { ...DEFAULT_PARAMETERS, ...value.parameters },
    };
  } catch {
    return EMPTY_CONVERSATION;
  }
}

/** Stores it; false when the browser has no room or forbids it. */
export function saveConversation(
  key: string,
  conversation: Conversation,
): boolean {
  try {
    window.localStorage.setItem(
      storageKeyOf(key),
      JSON.stringify(conversation),
    );
    return true;
  } catch {
    return false;
  }
}
