import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readBinDir } from '../binDir';
import { kubectlEnv } from '../kubectl';
import { MAX_INSTANCE, checkInstance, defaultStateDir } from '../paths';

interface GlobalOptions {
  instance: number;
  stateDir?: string;
}

/**
 * The command line `yarn dev-cluster`. What only `up` needs is loaded by `up`
 * only: kubectl should answer at once.
 */
export function createProgram(repoDir: string): Command {
  const program = new Command('dev-cluster')
    .description('The embedded Kubernetes cluster of the LLM Platform Portal')
    .enablePositionalOptions()
    .addOption(
      new Option(
        '--instance <n>',
        `which of the clusters side by side, 0 to ${MAX_INSTANCE}`,
      )
        .default(0)
        .argParser(parseInstance),
    )
    .option('--state-dir <path>', 'where its data is kept');
  const settings = () => {
    const { instance, stateDir } = program.opts<GlobalOptions>();
    return {
      instance,
      stateDir: path.resolve(stateDir ?? defaultStateDir(instance)),
    };
  };

  program
    .command('up')
    .description('start it, and stay until Ctrl-C')
    .option('--detach', 'return when it is up and leave it running')
    .option('--reset', 'throw its data away first')
    .option('--no-platform', 'only the cluster: no gateway, no namespaces')
    .option(
      '--no-prometheus',
      'somebody else compiles Prometheus; its pod waits for that',
    )
    .action(
      async (options: {
        detach?: boolean;
        reset?: boolean;
        platform: boolean;
        prometheus: boolean;
      }) => {
        const { instance, stateDir } = settings();
        if (options.detach) {
          const { upDetached } = await import('./detach');
          await upDetached({
            argv: [
              `--instance=${instance}`,
              `--state-dir=${stateDir}`,
              'up',
              ...(options.reset ? ['--reset'] : []),
              ...(options.platform ? [] : ['--no-platform']),
              ...(options.prometheus ? [] : ['--no-prometheus']),
            ],
            stateDir,
            lastStep: options.platform ? 'gateway' : 'nodes',
          });
          return;
        }
        const { up } = await import('./up');
        await up({
          instance,
          stateDir,
          repoDir,
          reset: options.reset ?? false,
          platform: options.platform,
          buildPrometheus: options.prometheus,
        });
      },
    );

  program
    .command('down')
    .description('stop it; its data is kept')
    .action(async () => {
      const { stateDir } = settings();
      const { down } = await import('./down');
      const wasRunning = await down(stateDir);
      process.stdout.write(wasRunning ? 'Stopped\n' : 'It was not running\n');
    });

  program
    .command('status')
    .description('say what of it runs; exit code 3 when it does not')
    .action(async () => {
      const { status } = await import('./status');
      const { running, text } = status(settings().stateDir);
      process.stdout.write(`${text}\n`);
      process.exitCode = running ? 0 : 3;
    });

  program
    .command('kubectl')
    .description("the cluster's own kubectl, as administrator")
    .argument('[args...]', 'what kubectl takes')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const { stateDir } = settings();
      const kubeconfig = path.join(stateDir, 'admin.kubeconfig');
      const binDir = readBinDir(stateDir);
      if (!existsSync(kubeconfig) || binDir === undefined) {
        throw new Error(
          `There is no embedded cluster in ${stateDir} yet: start it with "yarn dev-cluster up"`,
        );
      }
      process.exitCode = await runInherited(
        path.join(binDir, 'kubectl'),
        args,
        kubectlEnv(kubeconfig),
      );
    });

  const image = program
    .command('image')
    .description('images that are built from local folders, for its pods');
  image
    .command('build')
    .description('build one from what a Dockerfile copies')
    .argument('<folder>', 'the build context')
    .requiredOption('-t, --tag <name:tag>', 'what pods call it')
    .option('-f, --file <path>', 'the Dockerfile, if not <folder>/Dockerfile')
    .action(async (folder: string, options: { tag: string; file?: string }) => {
      const { buildImage } = await import('./image');
      const { digest } = await buildImage({
        ...settings(),
        folder,
        ...options,
      });
      process.stdout.write(`${options.tag} ${digest}\n`);
    });
  image
    .command('ls')
    .description('which there are')
    .action(async () => {
      const { listImages } = await import('./image');
      process.stdout.write(listImages(settings().stateDir));
    });
  image
    .command('rm')
    .description('take a tag away')
    .argument('<name:tag>')
    .action(async (tag: string) => {
      const { removeImage } = await import('./image');
      await removeImage(settings().stateDir, tag);
    });

  program
    .command('logs')
    .description('the log of one of its programs')
    .argument(
      '[program]',
      'for example kube-apiserver; without it: which exist',
    )
    .option('-f, --follow', 'keep printing what is added')
    .action(async (name: string | undefined, options: { follow?: boolean }) => {
      const dir = path.join(settings().stateDir, 'logs');
      const known = existsSync(dir)
        ? readdirSync(dir)
            .filter(file => file.endsWith('.log'))
            .map(file => file.slice(0, -'.log'.length))
        : [];
      if (name === undefined) {
        process.stdout.write(`${known.join('\n')}\n`);
        return;
      }
      if (!known.includes(name)) {
        throw new Error(
          `There is no log "${name}" in ${dir}; there are: ${
            known.join(', ') || 'none'
          }`,
        );
      }
      process.exitCode = await runInherited('tail', [
        '-n',
        '200',
        ...(options.follow ? ['-F'] : []),
        path.join(dir, `${name}.log`),
      ]);
    });

  return program;
}

function parseInstance(value: string): number {
  try {
    return checkInstance(/^\d+$/.test(value) ? Number(value) : Number.NaN);
  } catch (error) {
    throw new InvalidArgumentError(
      error instanceof Error ? error.message : String(error),
    );
  }
}

function runInherited(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    // Ctrl-C reaches the child by the terminal; wait for its own end.
    const ignore = () => {};
    process.on('SIGINT', ignore);
    child.once('error', reject);
    child.once('close', code => {
      process.removeListener('SIGINT', ignore);
      resolve(code ?? 1);
    });
  });
}
