import {
  colorManipulator,
  type FieldDisplay,
  type GrafanaTheme2,
} from '@grafana/data';
import { readableTextOn, textOn } from '../../theme';
import { fitText, NOTHING, Sparkline, textOfFigure } from '../values';
import type { StatOptions } from './options';
import css from './Stat.module.css';

export interface StatTileProps {
  value: FieldDisplay;
  options: StatOptions;
  hasSiblings: boolean;
  longestText: string;
  longestName: string;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

const PADDING = 8;
/** Below it, name and value leave no room for the change. */
const MIN_CHANGE_HEIGHT = 72;
/** Width to height from which name and value stand side by side. */
const WIDE_RATIO = 3.2;

/** One figure. */
export function StatTile(props: StatTileProps) {
  const { value, options, theme, hasSiblings, width, height } = props;
  const { display, sparkline } = value;
  const color = display.color ?? theme.colors.text.primary;
  const isFilled = options.colorMode.startsWith('background');
  const showsName = namesShown(options, hasSiblings) && Boolean(display.title);
  const showsValue = options.textMode !== 'name' && options.textMode !== 'none';
  const hasGraph =
    options.graphMode !== 'none' &&
    sparkline !== undefined &&
    sparkline.y.values.length > 1 &&
    height > 64;
  const isWide =
    options.wideLayout &&
    showsName &&
    showsValue &&
    width > height * WIDE_RATIO;
  const showsChange =
    options.showPercentChange &&
    display.percentChange !== undefined &&
    height >= MIN_CHANGE_HEIGHT;
  const sizes = textSizes(props, { showsName, showsValue, hasGraph, isWide });
  const foreground = foregroundOf(options.colorMode, color, theme);
  const graphHeight = Math.round(height * (isWide ? 0.5 : 0.36));

  return (
    <li
      className={css.tile}
      data-filled={isFilled || undefined}
      data-wide={isWide || undefined}
      data-center={
        options.justifyMode === 'center' || !hasSiblings || undefined
      }
      title={unseen(value, showsName, showsValue)}
      style={{
        height,
        padding: PADDING,
        // Without a ground of their own, figures side by side stand in line with the panel's title.
        paddingLeft: isFilled || !hasSiblings ? PADDING : 0,
        paddingBottom: hasGraph && !isWide ? graphHeight : PADDING,
        ...(isFilled
          ? {
              background: background(color, options.colorMode),
              color: textOn(color),
            }
          : {}),
      }}
    >
      {showsName ? (
        <span className={css.name} style={{ fontSize: sizes.name }}>
          {display.title}
        </span>
      ) : undefined}
      {showsValue ? (
        <span
          className={css.value}
          style={{ fontSize: sizes.value, color: foreground }}
        >
          {display.prefix ? (
            <small className={css.unit}>{display.prefix}</small>
          ) : undefined}
          {display.text || NOTHING}
          {display.suffix ? (
            <small className={css.unit}>{display.suffix}</small>
          ) : undefined}
        </span>
      ) : undefined}
      {showsChange ? (
        <PercentChange {...props} foreground={foreground} />
      ) : undefined}
      {hasGraph ? (
        <span className={css.graph}>
          <Sparkline
            sparkline={sparkline}
            color={isFilled ? textOn(color) : color}
            width={width}
            height={graphHeight}
            fill={options.graphMode === 'area' ? 0.18 : 0}
          />
        </span>
      ) : undefined}
    </li>
  );
}

/** What the text mode leaves out, for the pointer. */
function unseen(
  value: FieldDisplay,
  showsName: boolean,
  showsValue: boolean,
): string | undefined {
  const texts = [
    ...(showsName ? [] : [value.display.title]),
    ...(showsValue ? [] : [textOfFigure(value)]),
  ];
  return texts.filter(Boolean).join(': ') || undefined;
}

function foregroundOf(
  mode: StatOptions['colorMode'],
  color: string,
  theme: GrafanaTheme2,
): string {
  if (mode.startsWith('background')) {
    return textOn(color);
  }
  return mode === 'value'
    ? readableTextOn(theme.colors.background.primary, color)
    : theme.colors.text.primary;
}

function PercentChange(props: StatTileProps & { foreground: string }) {
  const { value, options, theme, foreground } = props;
  const change = value.display.percentChange ?? 0;
  const isGood =
    options.percentChangeColorMode === 'inverted' ? change < 0 : change > 0;
  const stateColor = readableTextOn(
    theme.colors.background.primary,
    theme.visualization.getColorByName(isGood ? 'green' : 'red'),
  );
  const isPlain =
    options.percentChangeColorMode === 'same_as_value' ||
    options.colorMode !== 'value' ||
    change === 0;
  const sign = change > 0 ? '+' : '';
  return (
    <span
      className={css.change}
      style={{ color: isPlain ? foreground : stateColor }}
    >
      {Number.isFinite(change)
        ? `${sign}${change.toFixed(Math.abs(change) < 100 ? 1 : 0)}%`
        : '–'}
    </span>
  );
}

function namesShown(options: StatOptions, hasSiblings: boolean): boolean {
  switch (options.textMode) {
    case 'value_and_name':
    case 'name':
      return true;
    case 'auto':
      return hasSiblings;
    default:
      return false;
  }
}

function textSizes(
  props: StatTileProps,
  shows: {
    showsName: boolean;
    showsValue: boolean;
    hasGraph: boolean;
    isWide: boolean;
  },
): { name: number; value: number } {
  const { options, longestText, longestName, width, height } = props;
  const { titleSize, valueSize } = options.text;
  const inner = width - 2 * PADDING;
  const room =
    (height - 2 * PADDING) * (shows.hasGraph && !shows.isWide ? 0.66 : 1);
  if (!shows.showsValue) {
    const size =
      titleSize ?? fitText(longestName, inner, room * 0.6, { max: 48 });
    return { name: size, value: size };
  }
  const name =
    titleSize ??
    fitText(longestName, shows.isWide ? inner / 2 : inner, room * 0.28, {
      min: 11,
      max: 18,
    });
  const valueWidth = shows.isWide ? inner * 0.45 : inner;
  const valueHeight =
    (room - (shows.showsName && !shows.isWide ? name * 1.4 : 0)) * 0.7;
  return {
    name,
    value:
      valueSize ??
      fitText(longestText, valueWidth, valueHeight, { min: 12, max: 64 }),
  };
}

function background(color: string, mode: StatOptions['colorMode']): string {
  return mode === 'background_solid'
    ? color
    : `linear-gradient(120deg, ${colorManipulator.darken(
        color,
        0.12,
      )}, ${color})`;
}
