import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, ButtonIcon } from '@backstage/ui';
import { ErrorPanel, StateMark } from '@llm-platform/plugin-models-react';
import {
  RiAddLine,
  RiBarChartBoxLine,
  RiEqualizerLine,
} from '@remixicon/react';
import { playgroundApiRef, type PlaygroundModel } from '../api';
import { useChat, useConversation, type ModelChoice } from '../conversation';
import { canAnswer } from './canAnswer';
import { Composer } from './Composer';
import { ConversationLog } from './ConversationLog';
import { EmptyConversation } from './EmptyConversation';
import { FiguresRail } from './FiguresRail';
import { ParametersRail } from './ParametersRail';
import { useModels } from './useModels';
import css from './Playground.module.css';

export interface PlaygroundProps {
  /** Under which the conversation is kept. */
  storageKey: string;
  /** Model asked for by the address or the entity. */
  wanted?: { route: string; cluster?: string };
  /** The model can't be changed. */
  fixed?: boolean;
  onChoose?: (model: ModelChoice) => void;
}

/** Below this width a rail would leave too little for the conversation. */
const WIDE = { left: 1000, right: 1360 };

function find(
  items: PlaygroundModel[],
  wanted: { route: string; cluster?: string } | undefined,
): PlaygroundModel | undefined {
  return (
    wanted &&
    items.find(
      item =>
        item.route === wanted.route &&
        (!wanted.cluster || item.cluster === wanted.cluster),
    )
  );
}

export function Playground(props: PlaygroundProps) {
  const { storageKey, wanted, fixed, onChoose } = props;
  const api = useApi(playgroundApiRef);
  const { models, error, refetch } = useModels();
  const { conversation, dispatch, kept } = useConversation(storageKey);
  const chat = useChat({ api, conversation, dispatch });
  const input = useRef<HTMLTextAreaElement>(null);
  const [left, setLeft] = useState(() => window.innerWidth >= WIDE.left);
  const [right, setRight] = useState(() => window.innerWidth >= WIDE.right);

  const items = useMemo(() => models?.items ?? [], [models]);
  const remembered = fixed ? undefined : conversation.model;
  const chosen =
    find(items, wanted) ??
    (wanted ? undefined : find(items, remembered)) ??
    (wanted ? undefined : items.find(canAnswer) ?? items[0]);
  const gateway = models?.gateways.find(
    ({ cluster }) => cluster === chosen?.cluster,
  );
  const blocked = whyBlocked({
    chosen,
    wanted,
    loaded: Boolean(models),
    unread: Boolean(models?.errors.length),
  });

  const choose = useCallback(
    (model: ModelChoice) => {
      dispatch({ type: 'model', model });
      onChoose?.(model);
    },
    [dispatch, onChoose],
  );

  const { running, send, stop } = chat;
  useEffect(() => {
    if (!running) {
      return undefined;
    }
    const onKey = (event: KeyboardEvent) => {
      // A menu or dialog that Esc closes has handled it already
      if (event.key === 'Escape' && !event.defaultPrevented) {
        stop();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [running, stop]);

  const submit = useCallback(
    (text: string) => {
      if (chosen && !running && text.trim()) {
        send(text.trim(), chosen);
      }
    },
    [chosen, running, send],
  );

  if (error && !models) {
    return (
      <ErrorPanel
        error={error}
        what="the models"
        onRetry={() => void refetch()}
      />
    );
  }

  const { turns } = conversation;
  return (
    <div className={css.container}>
      <div
        className={css.root}
        data-left={left || undefined}
        data-right={right || undefined}
      >
        {left ? (
          <ParametersRail
            models={items}
            chosen={chosen}
            fixed={fixed}
            onChoose={choose}
            parameters={conversation.parameters}
            onParameters={parameters =>
              dispatch({ type: 'parameters', parameters })
            }
          />
        ) : undefined}
        <section className={css.main} aria-label="Conversation">
          <div className={css.toolbar}>
            <ButtonIcon
              size="small"
              variant={left ? 'secondary' : 'tertiary'}
              aria-label="Model and parameters"
              aria-expanded={left}
              icon={<RiEqualizerLine />}
              onPress={() => setLeft(!left)}
            />
            <span className={css.current}>
              {chosen ? (
                <>
                  <strong>{chosen.route}</strong>
                  <StateMark state={chosen.state} />
                </>
              ) : undefined}
            </span>
            <Button
              size="small"
              variant="tertiary"
              aria-label="New conversation"
              iconStart={<RiAddLine />}
              isDisabled={turns.length === 0}
              onPress={() => {
                stop();
                dispatch({ type: 'clear' });
                input.current?.focus();
              }}
            >
              <span className={css.wide}>New conversation</span>
            </Button>
            <ButtonIcon
              size="small"
              variant={right ? 'secondary' : 'tertiary'}
              aria-label="Figures and code"
              aria-expanded={right}
              icon={<RiBarChartBoxLine />}
              onPress={() => setRight(!right)}
            />
          </div>
          {turns.length === 0 ? (
            <EmptyConversation
              loading={!models}
              items={items}
              errors={models?.errors ?? []}
              chosen={chosen}
              blocked={blocked}
              onPrompt={submit}
            />
          ) : (
            <ConversationLog
              turns={turns}
              running={running}
              chosen={blocked ? undefined : chosen}
              items={items}
              onRetry={chat.retry}
              onEdit={chat.edit}
              onShow={(turnId, index) =>
                dispatch({ type: 'show', turnId, index })
              }
              onClear={() => dispatch({ type: 'clear' })}
            />
          )}
          <Composer
            ref={input}
            draft={conversation.draft}
            onDraft={text => dispatch({ type: 'draft', text })}
            running={running}
            blocked={blocked}
            notice={notice({ gateway, kept, stale: Boolean(error) })}
            onSend={submit}
            onStop={stop}
          />
        </section>
        {right ? (
          <FiguresRail
            conversation={conversation}
            chosen={chosen}
            gatewayUrl={gateway?.url}
          />
        ) : undefined}
      </div>
    </div>
  );
}

/** Why nothing can be sent; undefined when it can. */
function whyBlocked(options: {
  chosen: PlaygroundModel | undefined;
  wanted: { route: string } | undefined;
  loaded: boolean;
  /** Some cluster's models are not known. */
  unread: boolean;
}): string | undefined {
  const { chosen, wanted, loaded, unread } = options;
  if (!loaded) {
    return 'Looking for models…';
  }
  if (!chosen && unread) {
    return 'Models cannot be seen now: a cluster has not been read yet or does not answer.';
  }
  if (!chosen) {
    return wanted
      ? `There is no model ${wanted.route} that you may use.`
      : 'There is no model to talk to yet.';
  }
  if (!canAnswer(chosen)) {
    return `${chosen.route} is ${chosen.state.toLowerCase()}${
      chosen.reason ? `: ${chosen.reason}` : '.'
    }`;
  }
  return undefined;
}

function notice(options: {
  gateway: { state: string; message?: string } | undefined;
  kept: boolean;
  stale: boolean;
}): string | undefined {
  if (options.stale) {
    return 'The portal does not answer. What is shown may be out of date.';
  }
  if (options.gateway && options.gateway.state !== 'ok') {
    return options.gateway.message;
  }
  if (!options.kept) {
    return 'This browser has no room left to keep the conversation over a reload.';
  }
  return undefined;
}
