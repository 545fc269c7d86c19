import css from './SimulatedChip.module.css';

/** @public */
export interface SimulatedChipProps {
  /** What is simulated, e.g. `GPU`; nothing is rendered without it. */
  what: string | undefined;
}

/** Says that something is not real on this cluster. @public */
export function SimulatedChip(props: SimulatedChipProps) {
  if (!props.what) {
    return undefined;
  }
  return (
    <span className={css.chip} title={`Simulated: ${props.what}`}>
      simulated
    </span>
  );
}
