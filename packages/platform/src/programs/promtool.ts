import path from 'node:path';
import { cacheDir, platformDir } from '../embedded';
import { buildPromtool } from './build';

/** Path of promtool, compiled when the cache lacks it. */
export function promtool(onProgress?: (line: string) => void): Promise<string> {
  return buildPromtool({
    moduleDir: path.join(platformDir(), 'tools', 'prometheus'),
    cacheDir: cacheDir(),
    onProgress,
  });
}
