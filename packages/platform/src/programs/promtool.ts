import path from 'node:path';
import { cacheDir, platformDir } from '../embedded';
import { buildProgram } from './build';

/** Path of promtool, compiled when the cache lacks it. */
export function promtool(onLine?: (line: string) => void): Promise<string> {
  return buildProgram(
    {
      name: 'promtool',
      package: 'github.com/prometheus/prometheus/cmd/promtool',
      moduleDir: path.join(platformDir(), 'tools', 'prometheus'),
      flags: [
        '-ldflags=-s -w',
        '-tags=netgo,remove_all_sd,enable_kubernetes_sd',
      ],
    },
    { cacheDir: cacheDir(), onLine },
  );
}
