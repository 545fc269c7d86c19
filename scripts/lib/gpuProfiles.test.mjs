import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { writeGpuProfiles } from './gpuProfiles.mjs';

test("writes the profiles of the embedded cluster's declared node groups", async () => {
  const portalDir = mkdtempSync(path.join(tmpdir(), 'gpu-profiles-'));
  try {
    const file = await writeGpuProfiles(
      { binary: process.execPath },
      portalDir,
    );
    const { gpuProfiles } = JSON.parse(readFileSync(file, 'utf8')).llmPlatform;
    assert.deepEqual(
      gpuProfiles.map(({ id, maxNodes }) => [id, maxNodes]),
      [
        ['cpu', 4],
        ['t4', 2],
        ['a10g', 0],
      ],
    );
  } finally {
    rmSync(portalDir, { recursive: true, force: true });
  }
});
