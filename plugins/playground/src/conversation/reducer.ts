import {
  type Answer,
  type Conversation,
  type ModelChoice,
  type Parameters,
  type Turn,
} from './types';

/** Everything that can happen to a conversation. */
export type ConversationAction =
  | { type: 'send'; turnId: string; answer: Answer; prompt: string }
  | { type: 'retry'; turnId: string; answer: Answer }
  /** Rewrites a prompt: what was said after it no longer follows, and goes. */
  | { type: 'edit'; turnId: string; answer: Answer; prompt: string }
  | { type: 'append'; answerId: string; text: string }
  | { type: 'change'; answerId: string; change: (answer: Answer) => Answer }
  | { type: 'show'; turnId: string; index: number }
  | { type: 'draft'; text: string }
  | { type: 'parameters'; parameters: Parameters }
  | { type: 'model'; model: ModelChoice }
  /** Another tab stored `theirs`; what changed here since `base` stays, and so does the draft. */
  | { type: 'merge'; base: Conversation; theirs: Conversation }
  /** Drops the turns; draft, parameters and model stay. */
  | { type: 'clear' };

function changeAnswer(
  turns: Turn[],
  answerId: string,
  change: (answer: Answer) => Answer,
): Turn[] {
  return turns.map(turn =>
    turn.answers.some(answer => answer.id === answerId)
      ? {
          ...turn,
          answers: turn.answers.map(answer =>
            answer.id === answerId ? change(answer) : answer,
          ),
        }
      : turn,
  );
}

/** Pure core of the conversation. */
export function conversationReducer(
  state: Conversation,
  action: ConversationAction,
): Conversation {
  switch (action.type) {
    case 'send':
      return {
        ...state,
        draft: '',
        turns: [
          ...state.turns,
          {
            id: action.turnId,
            prompt: action.prompt,
            answers: [action.answer],
            shown: 0,
          },
        ],
      };
    case 'retry':
      return {
        ...state,
        turns: state.turns.map(turn =>
          turn.id === action.turnId
            ? {
                ...turn,
                answers: [...turn.answers, action.answer],
                shown: turn.answers.length,
              }
            : turn,
        ),
      };
    case 'edit': {
      const index = state.turns.findIndex(turn => turn.id === action.turnId);
      return index < 0
        ? state
        : {
            ...state,
            turns: [
              ...state.turns.slice(0, index),
              {
                id: action.turnId,
                prompt: action.prompt,
                answers: [action.answer],
                shown: 0,
              },
            ],
          };
    }
    case 'append':
      return {
        ...state,
        turns: changeAnswer(state.turns, action.answerId, answer => ({
          ...answer,
          state: 'streaming',
          text: answer.text + action.text,
        })),
      };
    case 'change':
      return {
        ...state,
        turns: changeAnswer(state.turns, action.answerId, action.change),
      };
    case 'show':
      return {
        ...state,
        turns: state.turns.map(turn =>
          turn.id === action.turnId ? { ...turn, shown: action.index } : turn,
        ),
      };
    case 'draft':
      return { ...state, draft: action.text };
    case 'parameters':
      return { ...state, parameters: action.parameters };
    case 'model':
      return { ...state, model: action.model };
    case 'merge': {
      const { base, theirs } = action;
      const pick = <K extends keyof Conversation>(key: K) =>
        state[key] === base[key] ? theirs[key] : state[key];
      return {
        ...theirs,
        draft: state.draft,
        turns: pick('turns'),
        parameters: pick('parameters'),
        model: pick('model'),
      };
    }
    case 'clear':
      return { ...state, turns: [] };
    default:
      return state;
  }
}

/** The answer of a turn that is on screen. */
export function shownAnswer(turn: Turn): Answer {
  return turn.answers[turn.shown] ?? turn.answers[turn.answers.length - 1];
}

/** Whether an answer is still on its way. */
export function isRunning(answer: Answer): boolean {
  return answer.state === 'waiting' || answer.state === 'streaming';
}
