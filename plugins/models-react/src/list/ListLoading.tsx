import { Skeleton } from '@backstage/ui';
import { Section } from '../components/Section';
import css from './list.module.css';

/** @public */
export interface ListLoadingProps {
  /** One of what is listed: `model`. */
  noun: string;
  rows: number;
  /** Of what stands in a row. */
  height: number;
  /** Between what stands in two rows. */
  gap: number;
}

/** Where a list will be. @public */
export function ListLoading(props: ListLoadingProps) {
  const { noun, rows, height, gap } = props;
  return (
    <Section title={`All ${noun}s`} hideTitle>
      <div
        className={css.loading}
        style={{ gap }}
        aria-label={`Loading ${noun}s`}
        role="status"
      >
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={height} />
        ))}
      </div>
    </Section>
  );
}
