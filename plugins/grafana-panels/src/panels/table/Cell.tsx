import type { CSSProperties } from 'react';
import {
  formattedValueToString,
  isDataFrame,
  FieldType,
  type DisplayValue,
  type GrafanaTheme2,
} from '@grafana/data';
import { Link } from 'react-router-dom';
import { readableTextOn, textOn, withOpacity } from '../../theme';
import { Sparkline } from '../values';
import type { ResolveUrl } from '../types';
import type { Column } from './columns';
import css from './Table.module.css';

export interface CellProps {
  column: Column;
  row: number;
  /** CSS pixels. */
  width: number;
  height: number;
  theme: GrafanaTheme2;
  resolveUrl?: ResolveUrl;
}

/** What a cell says, with its unit. */
export function displayOf(column: Column, row: number): DisplayValue {
  const value: unknown = column.field.values[row];
  return (
    column.field.display?.(value) ?? {
      text: value === null || value === undefined ? '' : String(value),
      numeric: Number(value),
    }
  );
}

/** The ground of a cell, for cells and rows that are coloured by their value. */
export function cellStyle(
  column: Column,
  display: DisplayValue,
  theme: GrafanaTheme2,
): CSSProperties | undefined {
  if (!display.color) {
    return undefined;
  }
  if (column.kind === 'color-background') {
    return {
      background:
        column.look === 'gradient'
          ? `linear-gradient(90deg, ${display.color}, ${withOpacity(
              display.color,
              0.85,
            )})`
          : display.color,
      color: textOn(display.color),
    };
  }
  return column.kind === 'color-text'
    ? { color: readableTextOn(theme.colors.background.primary, display.color) }
    : undefined;
}

/** The inside of one cell. */
export function Cell(props: CellProps) {
  const { column, row, width, height, theme } = props;
  const value: unknown = column.field.values[row];
  const display = displayOf(column, row);
  const text = formattedValueToString(display);
  switch (column.kind) {
    case 'gauge':
      return (
        <span className={css.gauge}>
          <span className={css.bar} aria-hidden="true">
            <i
              style={{
                width: `${
                  Math.min(1, Math.max(0, display.percent ?? 0)) * 100
                }%`,
                background: gaugeFill(column, display, theme),
              }}
            />
          </span>
          {column.valueMode === 'hidden' ? undefined : (
            <span style={{ color: gaugeText(column, display, theme) }}>
              {text}
            </span>
          )}
        </span>
      );
    case 'sparkline':
      return <SparklineCell {...props} value={value} />;
    case 'json-view':
      return (
        <code>
          {typeof value === 'string' ? value : JSON.stringify(value) ?? ''}
        </code>
      );
    case 'image':
      return typeof value === 'string' &&
        /^(https?:|data:image\/)/.test(value) ? (
        <img
          src={value}
          alt={text}
          style={{ maxHeight: height - 4, maxWidth: width - 16 }}
        />
      ) : (
        <>{text}</>
      );
    case 'pill':
      return (
        <>
          {text
            .split(',')
            .map(part => part.trim())
            .filter(Boolean)
            .map(part => (
              <span key={part} className={css.pill}>
                {part}
              </span>
            ))}
        </>
      );
    default:
      return <LinkedText {...props} text={text} />;
  }
}

function gaugeText(
  { valueMode }: Column,
  { color }: DisplayValue,
  theme: GrafanaTheme2,
): string | undefined {
  return valueMode === 'color' && color
    ? readableTextOn(theme.colors.background.primary, color)
    : undefined;
}

function gaugeFill(
  column: Column,
  display: DisplayValue,
  theme: GrafanaTheme2,
): string {
  const color = display.color ?? theme.colors.text.secondary;
  if (column.look === 'lcd') {
    return `repeating-linear-gradient(90deg, ${color} 0 6px, transparent 6px 8px)`;
  }
  return column.look === 'gradient'
    ? `linear-gradient(90deg, ${withOpacity(color, 0.45)}, ${color})`
    : color;
}

function SparklineCell(props: CellProps & { value: unknown }) {
  const { value, width, height, theme } = props;
  if (!isDataFrame(value)) {
    return null;
  }
  const y = value.fields.find(({ type }) => type === FieldType.number);
  const x = value.fields.find(({ type }) => type === FieldType.time);
  if (!y) {
    return null;
  }
  const last: unknown = y.values[y.values.length - 1];
  const display = y.display?.(last) ?? props.column.field.display?.(last);
  const text = display ? formattedValueToString(display) : '';
  return (
    <span className={css.gauge}>
      <Sparkline
        sparkline={{ y, x }}
        color={display?.color ?? theme.visualization.palette[0]}
        width={Math.max(24, width - 24 - text.length * 8)}
        height={height - 8}
        fill={0.15}
      />
      <span>{text}</span>
    </span>
  );
}

/** Labels of metrics come into links: what runs is no link. */
const webUrl: ResolveUrl = href => {
  try {
    const { protocol } = new URL(href, window.location.href);
    return ['http:', 'https:'].includes(protocol)
      ? { href, external: true }
      : undefined;
  } catch {
    return undefined;
  }
};

function LinkedText(props: CellProps & { text: string }) {
  const { column, row, text, resolveUrl = webUrl } = props;
  const links =
    column.field.getLinks?.({ valueRowIndex: row }).map(link => ({
      ...link,
      to: resolveUrl(link.href),
    })) ?? [];
  if (column.kind === 'data-links' && links.length > 0) {
    return (
      <>
        {links.map((link, index) => (
          <CellLink key={index} {...link}>
            {link.title}
          </CellLink>
        ))}
      </>
    );
  }
  const link = links.find(({ to }) => to);
  return link ? <CellLink {...link}>{text}</CellLink> : <>{text}</>;
}

function CellLink(props: {
  to: ReturnType<ResolveUrl>;
  title: string;
  target?: string;
  children: string;
}) {
  const { to, title, target, children } = props;
  if (!to) {
    return <span className={css.link}>{children}</span>;
  }
  const link = {
    className: css.link,
    target,
    // The title of the link where the cell says something else.
    title: title === children ? undefined : title,
  };
  return to.external ? (
    <a {...link} href={to.href} rel="noopener noreferrer">
      {children}
    </a>
  ) : (
    <Link {...link} to={to.href}>
      {children}
    </Link>
  );
}
