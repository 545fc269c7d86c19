import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

const VERSION = '1.58.0';

/** What cfn-lint says of templates. @public */
export interface LintResult {
  /** One line for each finding; empty: none. */
  findings: string;
  code: number;
}

/**
 * Runs cfn-lint, an independent reading of CloudFormation's schemas, over
 * templates. It comes from PyPI into the per-user cache once.
 *
 * @throws Error when it can't be had: it needs Python 3 with pip
 */
export async function cfnLint(
  templates: readonly string[],
  options: { region: string; ignore: readonly string[] },
): Promise<LintResult> {
  const directory = await installed();
  return run(
    [
      path.join(directory, 'bin', 'cfn-lint'),
      '--format',
      'parseable',
      '--regions',
      options.region,
      '--ignore-checks',
      ...options.ignore,
      '--',
      ...templates,
    ],
    { PYTHONPATH: directory },
  );
}

/** Its directory in the cache; whole, or not there. */
async function installed(): Promise<string> {
  const tools = path.join(
    process.env.LLM_PLATFORM_CACHE ??
      path.join(homedir(), '.cache', 'llm-platform-portal'),
    'tools',
  );
  const directory = path.join(tools, `cfn-lint-${VERSION}`);
  if (existsSync(directory)) {
    return directory;
  }
  await mkdir(tools, { recursive: true });
  const partial = await mkdtemp(path.join(tools, 'partial-'));
  try {
    const { code, findings } = await run([
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--target',
      partial,
      `cfn-lint==${VERSION}`,
    ]);
    if (code !== 0) {
      throw new Error(`cfn-lint ${VERSION} can't be installed:\n${findings}`);
    }
    await rename(partial, directory);
    return directory;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<LintResult> {
  return new Promise((resolve, reject) => {
    execFile(
      'python3',
      args,
      { env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') {
          reject(error);
          return;
        }
        resolve({
          code: typeof error?.code === 'number' ? error.code : 0,
          findings: `${stdout}${stderr}`.trim(),
        });
      },
    );
  });
}
