import { useId, useState } from 'react';
import { fieldStyles } from '@llm-platform/plugin-models-react';
import css from './VariablesBar.module.css';

/** A variable that is typed in; Enter or leaving the field sets it, Escape takes the typing back. */
export function TextBoxControl(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    if (typed !== undefined && typed !== props.value) {
      props.onChange(typed);
    }
    setTyped(undefined);
  };
  return (
    <span className={css.field}>
      <label htmlFor={id} className={css.label}>
        {props.label}
      </label>
      <input
        id={id}
        className={`${fieldStyles.field} ${css.text}`}
        value={typed ?? props.value}
        maxLength={2000}
        spellCheck={false}
        onChange={event => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            commit();
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            setTyped(undefined);
          }
        }}
      />
    </span>
  );
}
