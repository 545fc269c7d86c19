import type { CSSProperties } from 'react';
import type { FieldDisplay, GrafanaTheme2 } from '@grafana/data';
import { readableTextOn } from '../../theme';
import type { PanelProps } from '../types';
import { fitText, shareOf, textOfFigure, useDisplayValues } from '../values';
import { BarList } from './BarList';
import { cellsOf, gradientOf } from './barStyle';
import { barGaugeOptions, type BarGaugeOptions } from './options';
import css from './BarGauge.module.css';

const GAP = 8;
/** A bar that is thicker doesn't say more. */
const MAX_BAR = 48;
const NAME_LINE = 18;
const CHARACTER = 7.2;
/** Mean width of a bold character. */
const BOLD_EM = 0.65;

/** Figures as bars between their limits, in three looks. */
export function BarGaugePanel(props: PanelProps) {
  const { width, height, theme } = props;
  const options = barGaugeOptions(props.options);
  const values = useDisplayValues(props);
  const isVertical =
    options.orientation === 'auto'
      ? width > height
      : options.orientation === 'vertical';
  const bars = { title: props.title, values, options, width, height, theme };
  return isVertical ? <VerticalBars {...bars} /> : <HorizontalBars {...bars} />;
}

interface BarsProps {
  title: string;
  values: FieldDisplay[];
  options: BarGaugeOptions;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

function HorizontalBars(props: BarsProps) {
  const { title, values, options, width, height, theme } = props;
  const each = (height - GAP * (values.length - 1)) / values.length;
  const isTop =
    options.namePlacement === 'top' ||
    (options.namePlacement === 'auto' && each > 40);
  const hasName =
    options.namePlacement !== 'hidden' && hasNames(values, options);
  const least = options.minVizHeight + (isTop && hasName ? NAME_LINE : 0);
  const rowHeight = Math.min(
    Math.max(each, least),
    (options.sizing === 'manual' ? options.maxVizHeight : MAX_BAR) +
      (isTop && hasName ? NAME_LINE : 0),
  );
  const barHeight = rowHeight - (isTop && hasName ? NAME_LINE : 0);
  const texts = values.map(textOfFigure);
  const nameWidth =
    hasName && !isTop
      ? Math.min(width * 0.4, longest(namesOf(values)) * CHARACTER + 12)
      : 0;
  const fontSize =
    options.text.valueSize ??
    Math.min(20, Math.max(11, Math.floor(barHeight * 0.55)));
  const valueWidth =
    options.valueMode === 'hidden'
      ? 0
      : Math.min(width * 0.35, longest(texts) * fontSize * 0.62 + 10);
  const length = Math.max(20, width - nameWidth - valueWidth);
  return (
    <BarList
      direction="rows"
      gap={GAP}
      label={title || 'Bars'}
      scrolls={values.length * (rowHeight + GAP) - GAP > height + 1}
    >
      {values.map((value, index) => (
        <li
          key={`${index} ${value.display.title}`}
          className={css.row}
          data-top={isTop || undefined}
          style={{ minHeight: rowHeight }}
        >
          {hasName ? (
            <span
              className={css.name}
              style={{
                width: isTop ? '100%' : nameWidth,
                fontSize: options.text.titleSize,
              }}
              title={value.display.title}
            >
              {value.display.title}
            </span>
          ) : undefined}
          <span className={css.line} style={{ height: barHeight }}>
            <Track
              {...props}
              value={value}
              length={length}
              thickness={barHeight}
              direction="right"
            />
            <ValueText
              {...props}
              value={value}
              style={{ width: valueWidth, fontSize, textAlign: 'right' }}
              theme={theme}
            />
          </span>
        </li>
      ))}
    </BarList>
  );
}

function VerticalBars(props: BarsProps) {
  const { title, values, options, width, height, theme } = props;
  const each = Math.max(
    options.minVizWidth,
    (width - GAP * (values.length - 1)) / values.length,
  );
  const hasName =
    options.namePlacement !== 'hidden' && hasNames(values, options);
  const longestText = values
    .map(textOfFigure)
    .reduce((a, b) => (b.length > a.length ? b : a), '');
  const fontSize =
    options.text.valueSize ??
    fitText(longestText, each, 24, { min: 10, max: 24 });
  // Values of neighbours must not lie over each other.
  const showsValues =
    options.valueMode !== 'hidden' &&
    longestText.length * fontSize * BOLD_EM <= each;
  const valueHeight = showsValues ? Math.ceil(fontSize * 1.4) : 0;
  const length = Math.max(
    16,
    height - valueHeight - (hasName ? NAME_LINE + 2 : 0),
  );
  return (
    <BarList
      direction="columns"
      gap={GAP}
      label={title || 'Bars'}
      scrolls={values.length * (each + GAP) - GAP > width + 1}
    >
      {values.map((value, index) => (
        <li
          key={`${index} ${value.display.title}`}
          className={css.column}
          style={{ width: each }}
          title={showsValues ? undefined : textOfFigure(value)}
        >
          {showsValues ? (
            <ValueText
              {...props}
              value={value}
              style={{ height: valueHeight, fontSize, textAlign: 'center' }}
              theme={theme}
            />
          ) : undefined}
          <Track
            {...props}
            value={value}
            length={length}
            thickness={each}
            direction="top"
          />
          {hasName ? (
            <span className={css.name} title={value.display.title}>
              {value.display.title}
            </span>
          ) : undefined}
        </li>
      ))}
    </BarList>
  );
}

function Track(props: {
  value: FieldDisplay;
  options: BarGaugeOptions;
  /** CSS pixels along and across the bar. */
  length: number;
  thickness: number;
  direction: 'right' | 'top';
  theme: GrafanaTheme2;
}) {
  const { value, options, length, thickness, direction, theme } = props;
  const isVertical = direction === 'top';
  const size = isVertical
    ? { width: thickness, height: length }
    : { width: length, height: thickness };
  if (options.displayMode === 'lcd') {
    return (
      <span
        className={css.cells}
        data-direction={direction}
        style={size}
        aria-hidden="true"
      >
        {cellsOf(value, length, theme).map(({ color, isLit }, index) => (
          <i
            key={index}
            style={{
              background: isLit || options.showUnfilled ? color : undefined,
            }}
          />
        ))}
      </span>
    );
  }
  const filled = Math.max(1, Math.round(length * shareOf(value)));
  const fill =
    options.displayMode === 'gradient'
      ? gradientOf(value, direction, theme)
      : value.display.color;
  return (
    <span
      className={css.track}
      data-direction={direction}
      data-unfilled={options.showUnfilled || undefined}
      style={size}
      aria-hidden="true"
    >
      <i
        style={{
          background: fill,
          ...(isVertical ? { height: filled } : { width: filled }),
        }}
      />
    </span>
  );
}

function ValueText(props: {
  value: FieldDisplay;
  options: BarGaugeOptions;
  theme: GrafanaTheme2;
  style: CSSProperties;
}) {
  const { value, options, theme, style } = props;
  if (options.valueMode === 'hidden') {
    return null;
  }
  const { color } = value.display;
  return (
    <span
      className={css.value}
      style={{
        ...style,
        color:
          options.valueMode === 'color' && color
            ? readableTextOn(theme.colors.background.primary, color)
            : theme.colors.text.primary,
      }}
    >
      {textOfFigure(value)}
    </span>
  );
}

function namesOf(values: FieldDisplay[]): string[] {
  return values.map(({ display }) => display.title ?? '');
}

/** One figure is named by the panel's title already. */
function hasNames(values: FieldDisplay[], options: BarGaugeOptions): boolean {
  return values.length > 1 || options.namePlacement !== 'auto';
}

function longest(texts: string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}
