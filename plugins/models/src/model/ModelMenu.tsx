import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import {
  ButtonIcon,
  Menu,
  MenuItem,
  MenuSeparator,
  MenuTrigger,
} from '@backstage/ui';
import {
  RiDeleteBinLine,
  RiMore2Fill,
  RiPlayLine,
  RiScales3Line,
  RiStopLine,
} from '@remixicon/react';
import { links, plural } from '@llm-platform/plugin-models-react';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';
import { DeleteDialog } from './DeleteDialog';
import { ScaleDialog } from './ScaleDialog';

/** What can be done with a model. The backend decides who may. */
export function ModelMenu(props: { model: ModelDeploymentDetail }) {
  const { model } = props;
  const toast = useApi(toastApiRef);
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'scale' | 'stop' | 'start' | 'delete'>();
  const stopped = model.replicas.desired === 0;
  const close = () => setDialog(undefined);

  return (
    <>
      <MenuTrigger>
        <ButtonIcon
          variant="secondary"
          size="small"
          aria-label="Actions"
          icon={<RiMore2Fill />}
        />
        <Menu placement="bottom end">
          <MenuItem
            iconStart={<RiScales3Line />}
            onAction={() => setDialog('scale')}
          >
            Scale
          </MenuItem>
          {stopped ? (
            <MenuItem
              iconStart={<RiPlayLine />}
              onAction={() => setDialog('start')}
            >
              Start
            </MenuItem>
          ) : (
            <MenuItem
              iconStart={<RiStopLine />}
              onAction={() => setDialog('stop')}
            >
              Stop
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem
            iconStart={<RiDeleteBinLine />}
            color="danger"
            onAction={() => setDialog('delete')}
          >
            Delete
          </MenuItem>
        </Menu>
      </MenuTrigger>
      {dialog === 'scale' || dialog === 'stop' || dialog === 'start' ? (
        <ScaleDialog
          model={model}
          intent={dialog}
          onClose={close}
          onDone={replicas =>
            toast.post({
              title:
                replicas === 0
                  ? `${model.name} is stopping`
                  : `${model.name} scales to ${plural(replicas, 'replica')}`,
              status: 'success',
              timeout: 5000,
            })
          }
        />
      ) : undefined}
      {dialog === 'delete' ? (
        <DeleteDialog
          model={model}
          onClose={close}
          onDone={result => {
            toast.post({
              title:
                result.leftovers.length === 0
                  ? `${model.name} is deleted: ${plural(
                      result.deleted.length,
                      'object',
                    )}, nothing left over`
                  : `${
                      model.name
                    } is deleted; left over: ${result.leftovers.join(', ')}`,
              status: result.leftovers.length === 0 ? 'success' : 'warning',
              timeout: result.leftovers.length === 0 ? 5000 : undefined,
            });
            navigate(links.models());
          }}
        />
      ) : undefined}
    </>
  );
}
