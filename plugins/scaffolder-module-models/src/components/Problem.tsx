import css from './Form.module.css';

/** What is wrong with the field above it. */
export function Problem(props: { text: string | undefined }) {
  return props.text ? (
    <p className={css.problem} role="alert">
      {props.text}
    </p>
  ) : undefined;
}
