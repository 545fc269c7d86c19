import path from 'node:path';
import type { RunnableImage } from '../kubelet/images';
import type { StoredImage } from './imageStore';

/**
 * How an image of the store runs as a process: in its own directory, with the
 * Node of this process as the image's, bound to the pod's address.
 */
export function runImage(image: StoredImage): RunnableImage {
  const { config, digest, rootDir } = image;
  return {
    kind: 'run',
    digest,
    rootDir,
    workingDir: config.workingDir,
    entrypoint: config.entrypoint,
    defaultArgs: config.cmd,
    // The only program that these images have.
    command: command => (command[0] === 'node' ? command : undefined),
    env: context => ({
      ...config.env,
      PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
      // An image listens on all addresses; pods share those of this machine.
      HOST: context.bindAddress,
    }),
  };
}
