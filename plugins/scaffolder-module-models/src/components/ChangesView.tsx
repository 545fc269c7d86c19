import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  KubernetesObject,
  ObjectChange,
} from '@llm-platform/plugin-models-common';
import { plural } from '@llm-platform/plugin-models-react';
import { stringify } from 'yaml';
import { lineDiff } from '../diff';
import css from './ChangesView.module.css';

const MARKS = { same: ' ', added: '+', removed: '-' };

const WORDS: Record<ObjectChange['operation'], string> = {
  create: 'create',
  update: 'change',
  unchanged: 'unchanged',
  delete: 'delete',
};

export interface ChangesViewProps {
  changes: ObjectChange[];
  manifests: KubernetesObject[];
  /** A newer dry run is on its way. */
  stale: boolean;
}

/** What would happen in the cluster, object by object. */
export function ChangesView(props: ChangesViewProps) {
  const { changes, manifests, stale } = props;
  const [view, setView] = useState<'changes' | 'manifests'>('changes');
  return (
    <section className={css.view} aria-label="Changes in the cluster">
      <header className={css.header}>
        <h3 className={css.heading}>Changes in the cluster</h3>
        <ToggleButtonGroup
          aria-label="Show"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={([key]) => setView(key as 'changes' | 'manifests')}
        >
          <ToggleButton id="changes" size="small">
            Diff
          </ToggleButton>
          <ToggleButton id="manifests" size="small">
            Manifests
          </ToggleButton>
        </ToggleButtonGroup>
      </header>
      {view === 'changes' ? (
        <div aria-busy={stale}>
          <p className={css.summary}>{summary(changes)}</p>
          {changes.map(change => (
            <Change key={nameOf(change.ref)} change={change} />
          ))}
        </div>
      ) : (
        <Manifests manifests={manifests} />
      )}
    </section>
  );
}

function summary(changes: ObjectChange[]): string {
  if (changes.length === 0) {
    return 'The server’s dry run lists the objects here as soon as it has answered.';
  }
  const counts = (Object.keys(WORDS) as ObjectChange['operation'][])
    .map(operation => ({
      operation,
      count: changes.filter(change => change.operation === operation).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ operation, count }) => `${count} to ${WORDS[operation]}`)
    .join(', ')
    .replace('to unchanged', 'unchanged');
  return `${plural(
    changes.length,
    'object',
  )}: ${counts}. From a dry run by the API server, with its defaults filled in.`;
}

function nameOf(ref: ObjectChange['ref']): string {
  return `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`;
}

function Change(props: { change: ObjectChange }) {
  const { ref, operation, before, after } = props.change;
  return (
    <details className={css.change}>
      <summary>
        <span className={css.operation} data-operation={operation}>
          {WORDS[operation]}
        </span>
        {nameOf(ref)}
      </summary>
      {operation === 'unchanged' ? (
        <p className={css.summary}>The cluster has exactly this.</p>
      ) : (
        <pre className={css.diff}>
          {lineDiff(before, after).map((line, index) => (
            // Lines have no identity but their place
            // eslint-disable-next-line react/no-array-index-key
            <span key={index} data-kind={line.kind}>
              {MARKS[line.kind]} {line.text}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
    </details>
  );
}

function Manifests(props: { manifests: KubernetesObject[] }) {
  if (props.manifests.length === 0) {
    return (
      <p className={css.summary}>
        Appears as soon as the fields above are valid.
      </p>
    );
  }
  const text = props.manifests
    .map(manifest => stringify(manifest, { lineWidth: 0 }))
    .join('---\n');
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
    <pre className={css.diff} tabIndex={0} aria-label="Manifests">
      {text}
    </pre>
  );
}
