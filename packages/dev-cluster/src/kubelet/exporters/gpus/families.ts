import { Family, Sample, gauge } from '../family';
import { GpuCard } from './cards';
import { GpuReading } from './readings';

/** What the DCGM exporter tells of GPUs, under its names and labels. */
export function gpuFamilies(
  read: ReadonlyArray<{ card: GpuCard; reading: GpuReading }>,
): Family[] {
  const samples = (value: (reading: GpuReading) => number): Sample[] =>
    read.map(({ card, reading }) => ({
      labels: {
        ...card.labels,
        ...(card.holder && {
          namespace: card.holder.namespace,
          pod: card.holder.pod,
          container: card.holder.container,
        }),
      },
      value: value(reading),
    }));
  const family = (
    name: string,
    help: string,
    value: (reading: GpuReading) => number,
  ) => gauge(`DCGM_FI_${name}`, help, samples(value));
  const none = () => 0;
  return [
    family('DEV_SM_CLOCK', 'SM clock frequency (in MHz).', r =>
      Math.round(r.smMHz),
    ),
    family('DEV_MEM_CLOCK', 'Memory clock frequency (in MHz).', r =>
      Math.round(r.memoryMHz),
    ),
    family('DEV_GPU_TEMP', 'GPU temperature (in C).', r =>
      Math.round(r.celsius),
    ),
    family('DEV_POWER_USAGE', 'Power draw (in W).', r => round(r.watts)),
    {
      name: 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
      help: 'Total energy consumption since boot (in mJ).',
      type: 'counter',
      samples: samples(r => Math.round(r.millijoules)),
    },
    family('DEV_GPU_UTIL', 'GPU utilization (in %).', r =>
      Math.round(r.busy * 100),
    ),
    family('DEV_MEM_COPY_UTIL', 'Memory utilization (in %).', r =>
      // Reading the weights for each token is most of what inference does.
      Math.round(r.busy * 80),
    ),
    family('DEV_ENC_UTIL', 'Encoder utilization (in %).', none),
    family('DEV_DEC_UTIL', 'Decoder utilization (in %).', none),
    family('DEV_XID_ERRORS', 'Value of the last XID error encountered.', none),
    family('DEV_FB_FREE', 'Framebuffer memory free (in MiB).', r => r.freeMiB),
    family('DEV_FB_USED', 'Framebuffer memory used (in MiB).', r => r.usedMiB),
    family(
      'PROF_GR_ENGINE_ACTIVE',
      'Ratio of time the graphics engine is active.',
      r => round(r.busy),
    ),
    family(
      'PROF_PIPE_TENSOR_ACTIVE',
      'Ratio of cycles the tensor (HMMA) pipe is active.',
      r => round(r.busy * 0.4),
    ),
    family(
      'PROF_DRAM_ACTIVE',
      'Ratio of cycles the device memory interface is active sending or receiving data.',
      r => round(r.busy * 0.8),
    ),
  ];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
