/** What is read of one GPU at one time. */
export interface GpuReading {
  /** Share of the time since the last reading in which it worked, 0 to 1. */
  busy: number;
  usedMiB: number;
  freeMiB: number;
  celsius: number;
  watts: number;
  /** Since the card was first read. */
  millijoules: number;
  smMHz: number;
  memoryMHz: number;
}

/** What a reading follows from. */
export interface GpuLoad {
  memoryMiB: number;
  /** Whether a process holds it. */
  held: boolean;
  /** Share of the memory that its holder has taken, 0 to 1. */
  memoryShare: number;
  /** Share of the time in which the holder's process worked, 0 to 1. */
  busy: number;
  /** Seconds since the reading before; 0 at the first. */
  seconds: number;
}

/** A T4: 70 W at most, and clocks of 585 to 1590 MHz and 5001 MHz. */
const IDLE_WATTS = 10;
const HELD_WATTS = 27;
const MAX_WATTS = 70;
const IDLE_SM_MHZ = 300;
const BASE_SM_MHZ = 585;
const BOOST_SM_MHZ = 1590;
const IDLE_MEMORY_MHZ = 405;
const MEMORY_MHZ = 5001;
const COOL_CELSIUS = 34;
const HOT_CELSIUS = 74;
/** In which two thirds of a change of temperature have come. */
const WARMING_SECONDS = 60;
/** What a process has on the card before it loads anything. */
const CONTEXT_MIB = 105;

/**
 * What a GPU would show under that load. All of it is simulated, but for the
 * share of the time in which its holder works.
 */
export function nextReading(
  before: GpuReading | undefined,
  load: GpuLoad,
): GpuReading {
  const { memoryMiB, held, seconds } = load;
  const busy = held ? Math.min(Math.max(load.busy, 0), 1) : 0;
  const usedMiB = held
    ? Math.round(Math.max(CONTEXT_MIB, memoryMiB * load.memoryShare))
    : 0;
  const idle = held ? HELD_WATTS : IDLE_WATTS;
  const watts = idle + (MAX_WATTS - idle) * busy;
  const target =
    COOL_CELSIUS +
    ((HOT_CELSIUS - COOL_CELSIUS) * (watts - IDLE_WATTS)) /
      (MAX_WATTS - IDLE_WATTS);
  const from = before?.celsius ?? COOL_CELSIUS;
  return {
    busy,
    usedMiB,
    freeMiB: memoryMiB - usedMiB,
    watts,
    celsius: target + (from - target) * Math.exp(-seconds / WARMING_SECONDS),
    millijoules: (before?.millijoules ?? 0) + watts * seconds * 1000,
    smMHz: held
      ? BASE_SM_MHZ + (BOOST_SM_MHZ - BASE_SM_MHZ) * Math.sqrt(busy)
      : IDLE_SM_MHZ,
    memoryMHz: held ? MEMORY_MHZ : IDLE_MEMORY_MHZ,
  };
}
