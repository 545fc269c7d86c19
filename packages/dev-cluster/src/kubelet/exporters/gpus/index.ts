export { cardsOf } from './cards';
export type { GpuHolder } from './cards';
export { cpuSeconds } from './cpuTime';
export { READ_EVERY_MS, startGpuMeter } from './gpuMeter';
