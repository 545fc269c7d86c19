import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { formatCount, formatDuration } from '@llm-platform/plugin-models-react';
import type { PlaygroundModel } from '../api';
import {
  buildRequest,
  shownAnswer,
  type Conversation,
  type Figures,
} from '../conversation';
import { curlSnippet, KEY_VARIABLE, pythonSnippet } from '../snippets';
import { CopyButton } from './CopyButton';
import css from './Rail.module.css';

export interface FiguresRailProps {
  conversation: Conversation;
  chosen: PlaygroundModel | undefined;
  gatewayUrl: string | undefined;
}

type Language = 'curl' | 'python';

/** The figures of the newest answer, and the same request as code. */
export function FiguresRail(props: FiguresRailProps) {
  const { conversation, chosen, gatewayUrl } = props;
  const [language, setLanguage] = useState<Language>('curl');
  const { turns, parameters, draft } = conversation;
  const last = turns[turns.length - 1];
  const figures = last ? shownAnswer(last).figures : undefined;

  // Before anything is written the code shows the last request, otherwise the next one
  const repeats = !draft.trim() && last;
  const request = chosen
    ? buildRequest({
        model: chosen,
        before: repeats ? turns.slice(0, -1) : turns,
        prompt: repeats ? last.prompt : draft.trim() || 'Hello',
        parameters,
      })
    : undefined;
  const make = language === 'curl' ? curlSnippet : pythonSnippet;
  const code = request && gatewayUrl ? make(request, gatewayUrl) : undefined;

  return (
    <aside className={css.rail} aria-label="Figures and code">
      <h3 className={css.heading}>Last answer</h3>
      {figures ? (
        <FigureList figures={figures} />
      ) : (
        <p className={css.hint}>
          Time to first token, tokens per second and token counts appear here.
        </p>
      )}
      <Totals conversation={conversation} />
      <h3 className={css.heading}>Code</h3>
      {code ? (
        <>
          <div className={css.codeBar}>
            <ToggleButtonGroup
              aria-label="Language"
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[language]}
              onSelectionChange={keys => {
                const [key] = keys;
                setLanguage(key as Language);
              }}
            >
              <ToggleButton id="curl" size="small">
                curl
              </ToggleButton>
              <ToggleButton id="python" size="small">
                Python
              </ToggleButton>
            </ToggleButtonGroup>
            <CopyButton label={`${language} code`} text={code} />
          </div>
          <div className={css.code}>
            {/* A scrolling area must be reachable by keyboard */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre tabIndex={0}>{code}</pre>
          </div>
          <p className={css.hint}>
            <code>{KEY_VARIABLE}</code> holds an application key of team{' '}
            {chosen?.team}. The playground itself uses none: it signs each
            request with your name.
          </p>
        </>
      ) : (
        <p className={css.hint}>
          {chosen
            ? 'The gateway of this cluster has no address for applications configured.'
            : 'Choose a model to see the request as code.'}
        </p>
      )}
    </aside>
  );
}

function FigureList(props: { figures: Figures }) {
  const { figures } = props;
  const rows: Array<[string, string | undefined]> = [
    [
      'Time to first token',
      figures.timeToFirstTokenMs === undefined
        ? undefined
        : `${formatCount(figures.timeToFirstTokenMs)} ms`,
    ],
    [
      'Rate',
      figures.tokensPerSecond === undefined
        ? undefined
        : `${figures.tokensPerSecond.toFixed(1)} tok/s`,
    ],
    [
      'Total time',
      figures.totalMs === undefined
        ? undefined
        : formatDuration(figures.totalMs),
    ],
    ['Tokens in', format(figures.promptTokens)],
    ['Tokens out', format(figures.completionTokens)],
    ['Ended by', figures.finishReason],
    ['Request', figures.requestId],
  ];
  return (
    <dl className={css.figures}>
      {rows.map(([title, value]) =>
        // What wasn't measured is unknown, never zero
        title === 'Request' && !value ? undefined : (
          <div key={title}>
            <dt>{title}</dt>
            <dd title={value}>{value ?? '–'}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Totals(props: { conversation: Conversation }) {
  const answers = props.conversation.turns.flatMap(turn => turn.answers);
  const counted = answers.filter(
    ({ figures }) => figures.completionTokens !== undefined,
  );
  if (counted.length < 2) {
    return undefined;
  }
  const sum = (pick: (figures: Figures) => number | undefined) =>
    formatCount(
      counted.reduce((total, { figures }) => total + (pick(figures) ?? 0), 0),
    );
  return (
    <p className={css.hint}>
      {counted.length} answers: {sum(f => f.promptTokens)} tokens in,{' '}
      {sum(f => f.completionTokens)} out.
    </p>
  );
}

function format(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatCount(value);
}
