import { useEffect, useReducer, useRef, useState } from 'react';
import { conversationReducer } from './reducer';
import { loadConversation, saveConversation } from './storage';
import type { Conversation } from './types';

const SAVE_AFTER_MS = 300;

/** A conversation that outlives the page, kept in this browser for this user. */
export function useConversation(storageKey: string) {
  const [conversation, dispatch] = useReducer(
    conversationReducer,
    storageKey,
    loadConversation,
  );
  const [kept, setKept] = useState(true);
  const latest = useRef<Conversation>(conversation);
  latest.current = conversation;

  useEffect(() => {
    const timer = setTimeout(
      () => setKept(saveConversation(storageKey, latest.current)),
      SAVE_AFTER_MS,
    );
    return () => clearTimeout(timer);
  }, [conversation, storageKey]);

  useEffect(() => {
    const save = () => saveConversation(storageKey, latest.current);
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [storageKey]);

  return { conversation, dispatch, kept };
}
