import type { GraphGradientMode } from '@grafana/schema';

/** What is left of a fill's opacity at the low end of the axis, by `gradientMode`; undefined where it doesn't fade. */
export function fadesTo(
  mode: `${GraphGradientMode}` | undefined,
): number | undefined {
  switch (mode) {
    case 'opacity':
      return 0;
    // Bars have one colour each: what is left of the other modes is that they are weaker where values are low.
    case 'hue':
    case 'scheme':
      return 0.4;
    default:
      return undefined;
  }
}

/** A fill that is stronger where values are higher. */
export function Fade(props: {
  id: string;
  /** The room of the bars, in CSS pixels of the picture. */
  frame: { left: number; top: number; width: number; height: number };
  isHorizontal: boolean;
  from: string;
  to: string;
}) {
  const { id, frame, isHorizontal, from, to } = props;
  const { left, top, width, height } = frame;
  return (
    <linearGradient
      id={id}
      gradientUnits="userSpaceOnUse"
      {...(isHorizontal
        ? { x1: left, x2: left + width, y1: 0, y2: 0 }
        : { x1: 0, x2: 0, y1: top + height, y2: top })}
    >
      <stop offset="0" stopColor={from} />
      <stop offset="1" stopColor={to} />
    </linearGradient>
  );
}
