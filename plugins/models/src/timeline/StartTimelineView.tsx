import {
  RiCheckLine,
  RiCloseLine,
  RiQuestionMark,
  RiSubtractLine,
} from '@remixicon/react';
import type {
  Diagnosis,
  StartPhase,
  StartPhaseId,
  StartTimeline,
} from '@llm-platform/plugin-models-common';
import { formatDuration, useNow } from '@llm-platform/plugin-models-react';
import css from './StartTimelineView.module.css';

const TITLES: Record<StartPhaseId, string> = {
  scheduled: 'Scheduled',
  'node-ready': 'Node',
  'volume-bound': 'Volume',
  'image-pulled': 'Image',
  'weights-downloaded': 'Download',
  'weights-loaded': 'Load',
  compiled: 'Compile',
  'kv-cache-sized': 'KV cache',
  ready: 'Ready',
};

const WORDS: Record<StartPhase['status'], string> = {
  done: 'done',
  running: 'running',
  pending: 'to come',
  failed: 'failed',
  skipped: 'not needed',
  unknown: 'unknown',
};

/** @internal */
export interface StartTimelineViewProps {
  timeline: StartTimeline;
  /** The phase that one holds up carries it. */
  findings?: Diagnosis[];
}

/** The phases of the newest start, each with its time. */
export function StartTimelineView(props: StartTimelineViewProps) {
  const { timeline, findings = [] } = props;
  const now = useNow();
  const held = timeline.phases
    .map(phase => ({
      phase,
      finding: findings.find(finding => finding.phase === phase.id),
    }))
    .find(entry => entry.finding && entry.phase.status !== 'done');

  return (
    <div className={css.timeline}>
      <ol className={css.phases}>
        {timeline.phases.map(phase => (
          <li
            key={phase.id}
            className={css.phase}
            data-status={phase.status}
            title={phase.evidence}
          >
            <span className={css.dot} aria-hidden="true">
              <PhaseIcon status={phase.status} />
            </span>
            <span className={css.name}>{TITLES[phase.id]}</span>
            <span className={css.time}>{describe(phase, now)}</span>
          </li>
        ))}
      </ol>
      <p className={css.summary}>
        {summarise(timeline, now)}
        {timeline.pod ? (
          <>
            {' '}
            · pod <code>{timeline.pod}</code>
          </>
        ) : undefined}
      </p>
      {held?.finding ? (
        <p className={css.held}>
          <b>{TITLES[held.phase.id]}:</b> {held.finding.title}
        </p>
      ) : undefined}
    </div>
  );
}

function describe(phase: StartPhase, now: Date): string {
  if (phase.status === 'done' && phase.startedAt && phase.finishedAt) {
    return formatDuration(
      Date.parse(phase.finishedAt) - Date.parse(phase.startedAt),
    );
  }
  if (phase.status === 'running' && phase.startedAt) {
    const elapsed = now.getTime() - Date.parse(phase.startedAt);
    return `for ${formatDuration(Math.max(elapsed, 1000))}`;
  }
  return WORDS[phase.status];
}

function summarise(timeline: StartTimeline, now: Date): string {
  const { startedAt, readyAt } = timeline;
  if (startedAt && readyAt) {
    const took = Date.parse(readyAt) - Date.parse(startedAt);
    return `Ready after ${formatDuration(took)}`;
  }
  const current = timeline.phases.find(
    phase => phase.status === 'running' || phase.status === 'failed',
  );
  if (current?.status === 'failed') {
    return current.evidence
      ? `${TITLES[current.id]} failed: ${current.evidence}`
      : `${TITLES[current.id]} failed`;
  }
  if (startedAt) {
    const since = Math.max(now.getTime() - Date.parse(startedAt), 1000);
    const detail = current?.evidence ? `: ${current.evidence}` : '';
    return `Starting for ${formatDuration(since)}${detail}`;
  }
  return 'Not started';
}

function PhaseIcon(props: { status: StartPhase['status'] }) {
  switch (props.status) {
    case 'done':
      return <RiCheckLine size={12} />;
    case 'failed':
      return <RiCloseLine size={12} />;
    case 'skipped':
      return <RiSubtractLine size={12} />;
    case 'unknown':
      return <RiQuestionMark size={12} />;
    default:
      return undefined;
  }
}
