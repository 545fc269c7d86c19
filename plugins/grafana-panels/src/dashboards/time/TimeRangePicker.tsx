import { useMemo, useState } from 'react';
import {
  Button,
  ButtonIcon,
  DialogTrigger,
  Popover,
  TextField,
} from '@backstage/ui';
import {
  RiArrowLeftSLine,
  RiArrowRightSLine,
  RiTimeLine,
  RiZoomOutLine,
} from '@remixicon/react';
import type { RawTimeRange } from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../../data/types';
import {
  describeRange,
  QUICK_RANGES,
  resolveRange,
  shiftRange,
  writeTime,
  zoomOut,
} from './timeRange';
import css from './TimeRangePicker.module.css';

export interface TimeRangePickerProps {
  raw: RawTimeRange;
  /** The same as it was last resolved: what is on the screen. */
  range: TimeRangeMs;
  timeZone: string;
  onChange: (raw: RawTimeRange) => void;
}

/** Which time is shown: quick ranges, both ends by hand, earlier, later, zoom out. */
export function TimeRangePicker(props: TimeRangePickerProps) {
  const { raw, range, timeZone, onChange } = props;
  const [open, setOpen] = useState(false);
  // The page makes a new object of the same range with every reading.
  const { from, to } = raw;
  const description = useMemo(
    () => describeRange({ from, to }, timeZone),
    [from, to, timeZone],
  );
  const pick = (next: RawTimeRange) => {
    setOpen(false);
    onChange(next);
  };
  return (
    <div className={css.picker} role="group" aria-label="Time range">
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label="Earlier"
        icon={<RiArrowLeftSLine />}
        onPress={() => onChange(shiftRange(range, -1, Date.now()))}
      />
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button size="small" variant="secondary" iconStart={<RiTimeLine />}>
          {description}
        </Button>
        <Popover placement="bottom end" hideArrow aria-label="Time range">
          <div className={css.panel}>
            <AbsoluteRange
              raw={raw}
              range={range}
              timeZone={timeZone}
              onApply={pick}
            />
            <QuickRanges raw={raw} timeZone={timeZone} onPick={pick} />
          </div>
        </Popover>
      </DialogTrigger>
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label="Later"
        icon={<RiArrowRightSLine />}
        onPress={() => onChange(shiftRange(range, 1, Date.now()))}
      />
      <ButtonIcon
        size="small"
        variant="secondary"
        aria-label="Zoom out"
        icon={<RiZoomOutLine />}
        onPress={() => onChange(zoomOut(range))}
      />
    </div>
  );
}

/** A component of its own, so that they are described only when they are seen. */
function QuickRanges(props: {
  raw: RawTimeRange;
  timeZone: string;
  onPick: (raw: RawTimeRange) => void;
}) {
  const { raw, timeZone, onPick } = props;
  return (
    <ul className={css.quick} aria-label="Quick ranges">
      {QUICK_RANGES.map(quick => (
        <li key={quick.from}>
          <button
            type="button"
            aria-pressed={quick.from === raw.from && quick.to === raw.to}
            onClick={() => onPick(quick)}
          >
            {describeRange(quick, timeZone)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function AbsoluteRange(props: {
  raw: RawTimeRange;
  range: TimeRangeMs;
  timeZone: string;
  onApply: (raw: RawTimeRange) => void;
}) {
  const { timeZone } = props;
  const shown = (text: string, time: number) =>
    /^\d+$/.test(text) ? writeTime(time, timeZone) : text;
  const [from, setFrom] = useState(shown(props.raw.from, props.range.from));
  const [to, setTo] = useState(shown(props.raw.to, props.range.to));
  const [refused, setRefused] = useState(false);

  const apply = () => {
    const range = resolveRange({ from, to }, Date.now(), timeZone);
    if (!range) {
      setRefused(true);
      return;
    }
    props.onApply({
      from: relativeOr(from, range.from),
      to: relativeOr(to, range.to),
    });
  };
  return (
    <form
      className={css.absolute}
      aria-label="From and to"
      onSubmit={event => {
        event.preventDefault();
        apply();
      }}
    >
      <TextField
        label="From"
        size="small"
        value={from}
        onChange={value => {
          setRefused(false);
          setFrom(value);
        }}
        isInvalid={refused}
        autoComplete="off"
      />
      <TextField
        label="To"
        size="small"
        value={to}
        onChange={value => {
          setRefused(false);
          setTo(value);
        }}
        isInvalid={refused}
        autoComplete="off"
      />
      <p className={css.hint} role="status" data-refused={refused || undefined}>
        {refused
          ? 'No range: the end has to come after the start. Write 2026-11-23 08:00 or now-6h.'
          : `2026-11-23 08:00, now-6h, now/d · ${
              timeZone === 'browser' ? 'local time' : timeZone.toUpperCase()
            }`}
      </p>
      <Button size="small" variant="primary" type="submit">
        Apply
      </Button>
    </form>
  );
}

/** An address keeps `now-6h`, and of a written time the milliseconds: they mean the same in every zone. */
function relativeOr(text: string, time: number): string {
  return text.trim().startsWith('now') ? text.trim() : String(time);
}
