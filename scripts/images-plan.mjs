// yarn images:plan --registry REGISTRY [--overlay NAME]
// Prints what builds and pushes the platform's images, and what makes an
// overlay deploy exactly these.
import { UserError, reportFailure } from './lib/errors.mjs';
import { imagesPlan } from './lib/imagesPlan.mjs';
import { readOptions } from './lib/options.mjs';

const USAGE = `Usage: yarn images:plan --registry REGISTRY [--overlay NAME]

  --registry REGISTRY   where the images go, for example
                        388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform
  --overlay NAME        the overlay in packages/platform/overlays that deploys
                        them (dev)`;

async function main() {
  const { registry, overlay } = readOptions(USAGE, {
    registry: { type: 'string' },
    overlay: { type: 'string' },
  });
  if (registry === undefined) {
    throw new UserError('--registry is missing.', USAGE);
  }
  const { readPinnedImages, readPortalTag } = await import(
    './lib/pinnedImages.mjs'
  ).catch(() => {
    throw new UserError(
      'The packages are not installed.',
      'Start the portal once: npm start',
    );
  });
  const lines = imagesPlan({
    registry,
    overlay,
    images: readPinnedImages(),
    portalTag: readPortalTag(),
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(reportFailure);
