import { useEffect, useReducer, useRef, useState } from 'react';
import { conversationReducer } from './reducer';
import {
  interrupted,
  loadConversation,
  readConversation,
  saveConversation,
  storageKeyOf,
} from './storage';
import type { Conversation } from './types';

const SAVE_AFTER_MS = 300;

function differs(a: Conversation, b: Conversation): boolean {
  return (
    a.turns !== b.turns ||
    a.parameters !== b.parameters ||
    a.model !== b.model ||
    a.draft !== b.draft
  );
}

/**
 * A conversation that outlives the page, kept in this browser for this user. Tabs share it: each
 * stores only what changed in it, and takes over what another stored.
 */
export function useConversation(storageKey: string) {
  const [conversation, dispatch] = useReducer(
    conversationReducer,
    storageKey,
    loadConversation,
  );
  const [kept, setKept] = useState(true);
  const latest = useRef<Conversation>(conversation);
  latest.current = conversation;
  /** As it is stored, as far as this tab knows. */
  const stored = useRef<Conversation>(conversation);

  useEffect(() => {
    if (!differs(conversation, stored.current)) {
      return undefined;
    }
    const timer = setTimeout(() => {
      const saved = saveConversation(storageKey, latest.current);
      if (saved) {
        stored.current = latest.current;
      }
      setKept(saved);
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [conversation, storageKey]);

  useEffect(() => {
    const save = () => {
      if (differs(latest.current, stored.current)) {
        saveConversation(storageKey, interrupted(latest.current));
      }
    };
    window.addEventListener('pagehide', save);
    return () => {
      window.removeEventListener('pagehide', save);
      save();
    };
  }, [storageKey]);

  useEffect(() => {
    const take = (event: StorageEvent) => {
      if (event.key !== storageKeyOf(storageKey) || !event.newValue) {
        return;
      }
      const theirs = readConversation(storageKey);
      dispatch({ type: 'merge', base: stored.current, theirs });
      // The draft is each tab's own: stored again for it, tabs would answer each other forever.
      stored.current = { ...theirs, draft: latest.current.draft };
    };
    window.addEventListener('storage', take);
    return () => window.removeEventListener('storage', take);
  }, [storageKey]);

  return { conversation, dispatch, kept };
}
