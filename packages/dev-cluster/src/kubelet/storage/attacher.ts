import { V1VolumeAttachment } from '@kubernetes/client-node';
import { ApiClient, Store, groupPath, isNotFound } from '../api';
import { errorMessage } from '../errors';
import { EBS_DRIVER } from './provisioner';

/**
 * Plays the driver's attacher: what the controller manager wants attached to
 * a node is attached at once.
 *
 * @public
 */
export function startAttacher(options: {
  api: ApiClient;
  attachments: Store<V1VolumeAttachment>;
  logger(line: string): void;
}): void {
  const { api, attachments, logger } = options;
  const attach = (attachment: V1VolumeAttachment, gone: boolean) => {
    const { name, deletionTimestamp } = attachment.metadata ?? {};
    if (
      gone ||
      deletionTimestamp ||
      attachment.status?.attached ||
      attachment.spec.attacher !== EBS_DRIVER
    ) {
      return;
    }
    api
      .patch(
        `${groupPath(
          'storage.k8s.io/v1',
          'volumeattachments',
          undefined,
          name,
        )}/status`,
        { status: { attached: true } },
        'merge',
      )
      .catch(error => {
        if (!isNotFound(error)) {
          logger(`attach ${name}: ${errorMessage(error)}`);
        }
      });
  };
  attachments.onChange(attach);
  attachments.list().forEach(attachment => attach(attachment, false));
}
