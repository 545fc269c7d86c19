export { installCanvas } from './canvas';
export { FROM, panelProps, seriesFrame, tableFrame, theme, TO } from './frames';
