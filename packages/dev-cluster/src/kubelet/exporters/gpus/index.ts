export { cardsOf } from './cards';
export type { GpuCard, GpuHolder } from './cards';
export { cpuSeconds } from './cpuTime';
export { READ_EVERY_MS, startGpuMeter } from './gpuMeter';
export type { GpuMeter, GpuMeterOptions } from './gpuMeter';
