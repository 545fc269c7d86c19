import { CatalogueImage, ImageCatalogue } from './catalogue';
import {
  ImageReference,
  InvalidImageNameError,
  canonicalImage,
  parseImage,
} from './reference';

/** Something for the pod's list of events. @public */
export interface PullEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

/** @public */
export type PullResult =
  | {
      ok: true;
      image: CatalogueImage;
      reference: ImageReference;
      events: PullEvent[];
    }
  | {
      ok: false;
      /** `ErrImagePull`, `InvalidImageName` … */
      reason: string;
      message: string;
      /** Name with its default tag. */
      name: string;
      events: PullEvent[];
    };

/** @public */
export interface ImagePuller {
  pull(nodeName: string, image: string, policy: string): PullResult;
}

/**
 * Decides what pulling an image gives, in the words of kubelet 1.36 with
 * containerd. Nothing is downloaded: the catalogue knows a program or not.
 *
 * @public
 */
export function createImagePuller(catalogue: ImageCatalogue): ImagePuller {
  const present = new Set<string>();
  return {
    pull(nodeName, image, policy) {
      let reference: ImageReference;
      try {
        reference = parseImage(image);
      } catch (error) {
        if (!(error instanceof InvalidImageNameError)) {
          throw error;
        }
        const message = `Failed to apply default image tag "${image}": ${error.message}`;
        return {
          ok: false,
          reason: 'InvalidImageName',
          message,
          name: image,
          events: [{ type: 'Warning', reason: 'InspectFailed', message }],
        };
      }
      const { name } = reference;
      const key = `${nodeName} ${canonicalImage(reference)}`;
      const found = catalogue.find(reference);
      if (found && present.has(key) && policy !== 'Always') {
        const message = `Container image "${image}" already present on machine`;
        return {
          ok: true,
          image: found,
          reference,
          events: [{ type: 'Normal', reason: 'Pulled', message }],
        };
      }
      if (policy === 'Never') {
        const message = `Container image "${image}" is not present with pull policy of Never`;
        return {
          ok: false,
          reason: 'ErrImageNeverPull',
          message,
          name,
          events: [{ type: 'Warning', reason: 'ErrImageNeverPull', message }],
        };
      }
      const pulling: PullEvent = {
        type: 'Normal',
        reason: 'Pulling',
        message: `Pulling image "${name}"`,
      };
      if (!found) {
        const message = notFound(reference);
        return {
          ok: false,
          reason: 'ErrImagePull',
          message,
          name,
          events: [
            pulling,
            {
              type: 'Warning',
              reason: 'Failed',
              message: `Failed to pull image "${name}": ${message}`,
            },
          ],
        };
      }
      present.add(key);
      return {
        ok: true,
        image: found,
        reference,
        events: [
          pulling,
          {
            type: 'Normal',
            reason: 'Pulled',
            // A local program stands for the image, so that is what it took.
            message: `Successfully pulled image "${name}" in 0s (0s including waiting). Image size: 0 bytes.`,
          },
        ],
      };
    },
  };
}

function notFound(reference: ImageReference): string {
  const canonical = canonicalImage(reference);
  return (
    `rpc error: code = NotFound desc = failed to pull and unpack image "${canonical}": ` +
    `failed to resolve reference "${canonical}": ${canonical}: not found`
  );
}
