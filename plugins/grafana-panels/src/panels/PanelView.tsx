import { useState } from 'react';
import { Skeleton } from '@backstage/ui';
import { DataTable } from './datatable';
import { PANELS } from './registry';
import { Message, StaleMark } from './state';
import type { PanelProps } from './types';
import css from './PanelView.module.css';

/** Pixels of the line above a picture that isn't the whole one. */
const PARTIAL_HEIGHT = 22;

/** These need no data. */
const STATIC_TYPES = new Set(['text']);

/**
 * A panel of any type: the picture, or what there is to say instead. Everything it draws is also there as a table.
 */
export function PanelView(props: PanelProps) {
  const { type, data, width, height, asTable } = props;
  const [isTable, setTable] = useState(false);
  const Panel = PANELS[type];
  const isStatic = STATIC_TYPES.has(type);
  const hasData = data.frames.some(({ length }) => length > 0);
  const isShownAsTable = asTable ?? isTable;
  const isDrawn = Panel !== undefined && (isStatic || hasData);
  const isPartial =
    isDrawn && !isStatic && data.state === 'error' && data.error !== undefined;
  const contentHeight = Math.max(0, height - (isPartial ? PARTIAL_HEIGHT : 0));

  return (
    <div
      className={css.panel}
      style={{ width, height }}
      aria-busy={data.state === 'loading'}
    >
      {data.state === 'stale' ? (
        <StaleMark asOf={data.asOf} reason={data.error?.message} />
      ) : undefined}
      {isDrawn && !isStatic && asTable === undefined ? (
        <button
          type="button"
          className={css.switch}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? 'Show as picture' : 'Show as table'}
        </button>
      ) : undefined}
      {isPartial ? (
        <p
          role="status"
          className={css.partial}
          style={{ height: PARTIAL_HEIGHT }}
          title={data.error?.message}
        >
          Not all queries were answered: {data.error?.message}
        </p>
      ) : undefined}
      <div className={css.content} style={{ height: contentHeight }}>
        <PanelContent
          {...props}
          height={contentHeight}
          isDrawn={isDrawn}
          isShownAsTable={isShownAsTable && !isStatic}
        />
      </div>
    </div>
  );
}

function PanelContent(
  props: PanelProps & { isDrawn: boolean; isShownAsTable: boolean },
) {
  const { type, data, isDrawn, isShownAsTable, width, height } = props;
  const Panel = PANELS[type];
  if (!Panel) {
    return (
      <Message
        title={`The portal doesn't draw panels of type “${type}”`}
        text={
          props.externalUrl ? (
            <a href={props.externalUrl} target="_blank" rel="noreferrer">
              Open it in Grafana
            </a>
          ) : undefined
        }
      />
    );
  }
  if (isDrawn) {
    return isShownAsTable ? <DataTable {...props} /> : <Panel {...props} />;
  }
  if (data.error) {
    return (
      <Message
        kind="error"
        title={titleOf(data.error.code)}
        text={data.error.message}
      />
    );
  }
  if (data.state === 'loading') {
    return <Skeleton width={width} height={height} />;
  }
  return (
    <Message
      title={props.fieldConfig.defaults?.noValue ?? 'No data'}
      text={data.warnings?.join(' ')}
    />
  );
}

const ERROR_TITLES: Record<string, string> = {
  refused: 'This query is not allowed',
  bad_query: 'The query is wrong',
  too_large: 'The query asks for too much',
  timeout: 'The query took too long',
  unreachable: 'Prometheus does not answer',
  upstream_error: 'Prometheus could not answer',
};

function titleOf(code: string): string {
  return ERROR_TITLES[code] ?? 'The data could not be read';
}
