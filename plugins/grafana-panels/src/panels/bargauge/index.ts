export { BarGaugePanel } from './BarGaugePanel';
