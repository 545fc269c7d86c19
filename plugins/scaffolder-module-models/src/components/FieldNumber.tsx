import { NumberField } from '@backstage/ui';
import { Problem } from './Problem';
import css from './Form.module.css';

export interface FieldNumberProps {
  label: string;
  description?: string;
  placeholder?: string;
  minValue?: number;
  maxValue?: number;
  step?: number;
  /** Undefined shows an empty field. */
  value: number | undefined;
  problem?: string;
  onChange: (value: number | undefined) => void;
}

/** A number, or none, with its problem below. */
export function FieldNumber(props: FieldNumberProps) {
  const { problem, value, onChange, ...rest } = props;
  return (
    <div className={css.field}>
      <NumberField
        size="small"
        {...rest}
        isInvalid={problem !== undefined}
        value={value ?? NaN}
        onChange={next => onChange(Number.isNaN(next) ? undefined : next)}
      />
      <Problem text={problem} />
    </div>
  );
}
