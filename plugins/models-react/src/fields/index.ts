import styles from './fields.module.css';

/** Class name of our native form fields, as high as Backstage UI's small ones: `field`. @public */
export const fieldStyles: Readonly<Record<string, string>> = styles;
