import { TextField } from '@backstage/ui';
import { Problem } from './Problem';
import css from './Form.module.css';

export interface FieldTextProps {
  label: string;
  description?: string;
  placeholder?: string;
  value: string;
  problem?: string;
  onChange: (value: string) => void;
}

/** One line of text with its problem below. */
export function FieldText(props: FieldTextProps) {
  const { problem, ...rest } = props;
  return (
    <div className={css.field}>
      <TextField size="small" isInvalid={problem !== undefined} {...rest} />
      <Problem text={problem} />
    </div>
  );
}
