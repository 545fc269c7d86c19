import { Family } from '../family';
import { GpuCard, GpuHolder } from './cards';
import { gpuFamilies } from './families';
import { GpuReading, nextReading } from './readings';

/** Reads the GPUs again and again, as the DCGM exporter does. */
export interface GpuMeter {
  /** What was last read. */
  families(): Family[];
  /** Reads once more. */
  read(): void;
  stop(): void;
}

/** @public */
export interface GpuMeterOptions {
  /** The cards as they are now. */
  cards(): GpuCard[];
  /** Pid of the holder's process; undefined where there is none. */
  pid(holder: GpuHolder): number | undefined;
  /** Seconds that a process has computed. */
  cpuSeconds(pid: number): number | undefined;
  /** Cores that a holder's work takes when it does nothing else. */
  cores: number;
  /** Seconds of a clock that nobody sets. */
  now(): number;
  /** Milliseconds between two readings; never by itself where it is left out. */
  everyMs?: number;
}

/** How often it reads; short enough for each scrape to see something new. */
export const READ_EVERY_MS = 5_000;

interface Known {
  at: number;
  pid?: number;
  cpu?: number;
  reading: GpuReading;
}

/**
 * Simulates what the cards of one node show. How much they work is what their
 * holders' processes really do: here their work is the processor's.
 */
export function startGpuMeter(options: GpuMeterOptions): GpuMeter {
  const known = new Map<string, Known>();
  let read: Array<{ card: GpuCard; reading: GpuReading }> = [];

  const readCard = (card: GpuCard) => {
    const id = card.labels.UUID;
    const before = known.get(id);
    const at = options.now();
    const seconds = before ? Math.max(0, at - before.at) : 0;
    const pid = card.holder && options.pid(card.holder);
    const cpu = pid === undefined ? undefined : options.cpuSeconds(pid);
    const worked =
      before?.pid === pid && cpu !== undefined && before?.cpu !== undefined
        ? cpu - before.cpu
        : 0;
    const reading = nextReading(before?.reading, {
      memoryMiB: card.memoryMiB,
      held: cpu !== undefined,
      memoryShare: card.holder?.ready ? card.holder.memoryShare : 0,
      busy: seconds > 0 ? worked / seconds / options.cores : 0,
      seconds,
    });
    known.set(id, { at, pid, cpu, reading });
    return { card, reading };
  };

  const again = () => {
    read = options.cards().map(readCard);
  };
  again();
  const timer =
    options.everyMs === undefined
      ? undefined
      : setInterval(again, options.everyMs);
  timer?.unref();

  return {
    families: () => gpuFamilies(read),
    read: again,
    stop: () => clearInterval(timer),
  };
}
