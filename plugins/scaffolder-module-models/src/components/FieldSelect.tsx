import { Select } from '@backstage/ui';
import { Problem } from './Problem';
import css from './Form.module.css';

export interface FieldSelectProps {
  label: string;
  description?: string;
  placeholder?: string;
  value: string;
  options: Array<{
    id: string;
    label: string;
    description?: string;
    disabled?: boolean;
  }>;
  problem?: string;
  onChange: (value: string) => void;
}

/** One of a few, with its problem below. */
export function FieldSelect(props: FieldSelectProps) {
  const { problem, value, options, onChange, ...rest } = props;
  // A value that is no longer offered stays visible instead of vanishing
  const all =
    value && !options.some(({ id }) => id === value)
      ? [...options, { id: value, label: value }]
      : options;
  return (
    <div className={css.field}>
      <Select
        {...rest}
        isInvalid={problem !== undefined}
        options={all}
        value={value || null}
        onChange={key => {
          if (typeof key === 'string') {
            onChange(key);
          }
        }}
      />
      <Problem text={problem} />
    </div>
  );
}
