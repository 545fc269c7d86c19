import path from 'node:path';
import { cacheDir, platformDir } from '../embedded';
import { PrometheusPrograms, buildPrometheus } from './build';

/** Paths of Prometheus and promtool, compiled when the cache lacks them. */
export function ensurePrometheus(
  onProgress?: (line: string) => void,
): Promise<PrometheusPrograms> {
  return buildPrometheus({
    moduleDir: path.join(platformDir(), 'tools', 'prometheus'),
    cacheDir: cacheDir(),
    onProgress,
  });
}
