import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { Button, ButtonIcon, SearchField } from '@backstage/ui';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  RiArrowDownSLine,
  RiArrowUpSLine,
  RiDownloadLine,
} from '@remixicon/react';
import {
  errorMessage,
  formatCount,
  plural,
  saveFile,
} from '@llm-platform/plugin-models-react';
import type {
  ModelDeploymentRef,
  PodView,
} from '@llm-platform/plugin-models-common';
import { findHits, interestingLines, interestOf, splitHits } from './lines';
import { useLogStream, type LogStream } from './useLogStream';
import css from './LogView.module.css';

const LINE_HEIGHT = 20;
/** Below this all lines are rendered, so the browser's own find sees them. */
const VIRTUAL_FROM = 500;
/** Scrolled further than this from the end, the reader wants to stay. */
const FOLLOW_SLACK = 24;

/** @internal */
export interface LogViewProps {
  modelRef: ModelDeploymentRef;
  pods: PodView[];
  pod: PodView;
  container?: string;
  previous: boolean;
  onPod: (name: string) => void;
  onContainer: (name: string) => void;
  onPrevious: (previous: boolean) => void;
}

/** A live log: follows until the reader scrolls, marks hits, jumps to what matters. */
export function LogView(props: LogViewProps) {
  const { pod, pods, container, previous } = props;
  const stream = useLogStream({
    modelRef: props.modelRef,
    pod: pod.name,
    container,
    previous,
    restarts: pod.restarts,
    containerState: pod.containers.find(({ name }) => name === container)
      ?.state,
  });
  const { lines, dropped } = stream.log;

  const [following, setFollowing] = useState(true);
  const [search, setSearch] = useState('');
  const [current, setCurrent] = useState<number>();
  const wanted = useDeferredValue(search);
  const hits = useMemo(() => findHits(lines, wanted), [lines, wanted]);
  const interesting = useMemo(() => interestingLines(lines), [lines]);

  const scroller = useRef<HTMLDivElement>(null);
  const virtual = lines.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: virtual ? lines.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 30,
  });

  useEffect(() => {
    const element = scroller.current;
    if (element && following) {
      element.scrollTop = element.scrollHeight;
    }
  }, [following, lines]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    const fromEnd =
      element.scrollHeight - element.scrollTop - element.clientHeight;
    if (following && fromEnd > FOLLOW_SLACK) {
      setFollowing(false);
    }
  };

  const jump = (index: number) => {
    setFollowing(false);
    setCurrent(index);
    const element = scroller.current;
    if (element) {
      element.scrollTop = Math.max(
        0,
        index * LINE_HEIGHT - element.clientHeight / 2,
      );
    }
  };
  const step = (direction: 1 | -1) => {
    if (hits.length === 0) {
      return;
    }
    const at = hits.indexOf(current ?? -1);
    const start = direction === 1 ? -1 : 0;
    const next = (at < 0 ? start : at) + direction;
    jump(hits[(next + hits.length) % hits.length]);
  };

  const rows = virtual
    ? virtualizer.getVirtualItems().map(item => item.index)
    : lines.map((_, index) => index);

  return (
    <div className={css.view}>
      <div className={css.bar}>
        {pods.length > 1 ? (
          <select
            aria-label="Pod"
            className={css.select}
            value={pod.name}
            onChange={event => props.onPod(event.target.value)}
          >
            {pods.map(candidate => (
              <option key={candidate.name} value={candidate.name}>
                {candidate.name}
              </option>
            ))}
          </select>
        ) : (
          <code className={css.pod}>{pod.name}</code>
        )}
        {pod.containers.length > 1 ? (
          <select
            aria-label="Container"
            className={css.select}
            value={container}
            onChange={event => props.onContainer(event.target.value)}
          >
            {pod.containers.map(candidate => (
              <option key={candidate.name}>{candidate.name}</option>
            ))}
          </select>
        ) : undefined}
        {pod.restarts > 0 || previous ? (
          <div className={css.runs} role="group" aria-label="Run">
            <button
              type="button"
              aria-pressed={!previous}
              onClick={() => props.onPrevious(false)}
            >
              This run
            </button>
            <button
              type="button"
              aria-pressed={previous}
              onClick={() => props.onPrevious(true)}
            >
              Previous run
            </button>
          </div>
        ) : undefined}
        <div className={css.search}>
          <SearchField
            aria-label="Search the log"
            placeholder="Search the log"
            size="small"
            value={search}
            onChange={setSearch}
            onSubmit={() => step(1)}
          />
        </div>
        {search.trim() ? (
          <span className={css.hits} role="status">
            {hits.length === 0
              ? 'No hits'
              : `${hits.indexOf(current ?? -1) + 1 || '–'} of ${formatCount(
                  hits.length,
                )}`}
            <ButtonIcon
              size="small"
              variant="tertiary"
              aria-label="Previous hit"
              icon={<RiArrowUpSLine />}
              isDisabled={hits.length === 0}
              onPress={() => step(-1)}
            />
            <ButtonIcon
              size="small"
              variant="tertiary"
              aria-label="Next hit"
              icon={<RiArrowDownSLine />}
              isDisabled={hits.length === 0}
              onPress={() => step(1)}
            />
          </span>
        ) : undefined}
        <div className={css.end}>
          {interesting.length > 0 ? (
            <select
              aria-label="Jump to"
              className={css.select}
              value=""
              onChange={event => jump(Number(event.target.value))}
            >
              <option value="" disabled>
                Jump to…
              </option>
              {interesting.map(({ index, label }) => (
                <option key={index} value={index}>
                  {label}, line {formatCount(index + 1 + dropped)}
                </option>
              ))}
            </select>
          ) : undefined}
          {previous ? undefined : (
            <button
              type="button"
              className={css.follow}
              aria-pressed={following}
              onClick={() => setFollowing(!following)}
            >
              Follow
            </button>
          )}
          <ButtonIcon
            size="small"
            variant="secondary"
            aria-label="Download the log"
            icon={<RiDownloadLine />}
            isDisabled={lines.length === 0}
            onPress={() =>
              saveFile(
                `${pod.name}${previous ? '-previous' : ''}.log`,
                'text/plain',
                `${lines.join('\n')}\n`,
              )
            }
          />
        </div>
      </div>
      <div className={css.frame}>
        <div
          ref={scroller}
          className={css.scroller}
          onScroll={onScroll}
          role="log"
          aria-label={`Log of ${pod.name}`}
          // A log that talks over the reader helps nobody; it is read on request.
          aria-live="off"
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls with the keyboard
          tabIndex={0}
        >
          {dropped > 0 ? (
            <p className={css.note}>
              {plural(dropped, 'older line')} not kept here. Download the whole
              log with kubectl.
            </p>
          ) : undefined}
          <div
            className={css.lines}
            style={virtual ? { height: lines.length * LINE_HEIGHT } : undefined}
          >
            {rows.map(index => (
              <LogLine
                key={index + dropped}
                line={lines[index]}
                number={index + 1 + dropped}
                search={wanted}
                current={index === current}
                top={virtual ? index * LINE_HEIGHT : undefined}
              />
            ))}
          </div>
        </div>
        <div className={css.marks} aria-hidden="true">
          {hits.slice(0, 500).map(index => (
            <i
              key={index}
              style={{ top: `${(index / Math.max(1, lines.length)) * 100}%` }}
            />
          ))}
        </div>
      </div>
      <Footer stream={stream} previous={previous} />
    </div>
  );
}

function LogLine(props: {
  line: string;
  number: number;
  search: string;
  current: boolean;
  top: number | undefined;
}) {
  const { line } = props;
  return (
    <div
      className={css.line}
      data-level={interestOf(line)?.level}
      data-current={props.current || undefined}
      data-floating={props.top === undefined ? undefined : true}
      style={props.top === undefined ? undefined : { top: props.top }}
    >
      <span className={css.number} aria-hidden="true">
        {props.number}
      </span>
      <span>
        {splitHits(line, props.search).map((part, index) =>
          part.hit ? <mark key={index}>{part.text}</mark> : part.text,
        )}
      </span>
    </div>
  );
}

function Footer(props: { stream: LogStream; previous: boolean }) {
  const { stream, previous } = props;
  const count = plural(stream.log.lines.length, 'line');
  return (
    <div className={css.footer} role="status">
      {stream.status === 'connecting' ? 'Connecting…' : undefined}
      {stream.status === 'open' ? `${count}, live` : undefined}
      {stream.status === 'ended' && previous
        ? `${count}, the whole previous run`
        : undefined}
      {stream.status === 'ended' && !previous
        ? `${count}. The container ended or the stream was closed.`
        : undefined}
      {stream.status === 'failed'
        ? `The log cannot be read: ${
            stream.error && errorMessage(stream.error)
          }`
        : undefined}
      {stream.retrying ? ' It is read again shortly.' : undefined}
      {(stream.status === 'ended' && !previous) ||
      stream.status === 'failed' ? (
        <Button size="small" variant="tertiary" onPress={stream.reconnect}>
          Reconnect
        </Button>
      ) : undefined}
    </div>
  );
}
