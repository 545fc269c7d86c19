import { spawn } from 'node:child_process';
import path from 'node:path';

/** @public */
export interface CommandResult {
  stdout: string;
  stderr: string;
  code: number;
}

/** Runs the cluster's own kubectl with the given arguments. @public */
export type Kubectl = (
  args: string[],
  stdin?: string,
) => Promise<CommandResult>;

/** More output than this is not for a program to read. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Binds kubectl to one kubeconfig. @public */
export function kubectlFor(binDir: string, kubeconfig: string): Kubectl {
  return (args, stdin) =>
    new Promise((resolve, reject) => {
      const child = spawn(path.join(binDir, 'kubectl'), args, {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: kubectlEnv(kubeconfig),
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (stdout.length > MAX_OUTPUT) {
          child.kill();
        }
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(-MAX_OUTPUT);
      });
      child.once('error', reject);
      child.once('close', code => resolve({ stdout, stderr, code: code ?? 1 }));
      // kubectl may end without reading its input.
      child.stdin.on('error', () => {});
      child.stdin.end(stdin ?? '');
    });
}

/** The environment in which kubectl speaks to this cluster only. @public */
export function kubectlEnv(kubeconfig: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    KUBECONFIG: kubeconfig,
    // A proxy of the machine must not stand before a loopback address.
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  };
}

/** Like kubectl, but what fails throws with kubectl's own words. @public */
export async function kubectlOrThrow(
  kubectl: Kubectl,
  args: string[],
  stdin?: string,
): Promise<string> {
  const { stdout, stderr, code } = await kubectl(args, stdin);
  if (code !== 0) {
    throw new Error(
      `kubectl ${args.slice(0, 4).join(' ')} failed: ${
        stderr.trim() || stdout.trim()
      }`,
    );
  }
  return stdout;
}
