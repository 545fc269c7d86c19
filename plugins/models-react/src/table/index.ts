import styles from './table.module.css';

/** Class names of our dense tables: `table`, `scroll`, `number`, `muted`, `nowrap`, `link`. @public */
export const tableStyles: Readonly<Record<string, string>> = styles;
