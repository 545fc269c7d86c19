import { useCallback, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Radio,
  RadioGroup,
  TextField,
} from '@backstage/ui';
import {
  errorMessage,
  useModelAction,
} from '@llm-platform/plugin-models-react';
import type { ModelsApi } from '@llm-platform/plugin-models-react';
import type {
  DeleteResult,
  ModelDeploymentDetail,
} from '@llm-platform/plugin-models-common';
import css from './ModelPage.module.css';

/** @internal */
export interface DeleteDialogProps {
  model: ModelDeploymentDetail;
  onClose: () => void;
  onDone: (result: DeleteResult) => void;
}

/** Deletes after the name is typed; the volume is a question of its own. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { model, onClose, onDone } = props;
  const [typed, setTyped] = useState('');
  const [volume, setVolume] = useState('keep');
  const act = useCallback(
    (api: ModelsApi, deleteVolume: boolean) =>
      api.remove(model, { deleteVolume }),
    [model],
  );
  const action = useModelAction(act);

  const submit = async () => {
    const result = await action.run(volume === 'delete');
    if (result) {
      onClose();
      onDone(result);
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <DialogHeader>Delete {model.name}</DialogHeader>
      <DialogBody>
        <div className={css.dialog}>
          <p>
            Applications that call <b>{model.route}</b> get an error from now
            on. This cannot be undone.
          </p>
          <RadioGroup
            label="Volume with the weights"
            value={volume}
            onChange={setVolume}
          >
            <Radio value="keep">
              Keep it; a new deployment of this name starts faster
            </Radio>
            <Radio value="delete">Delete it; its storage is freed</Radio>
          </RadioGroup>
          <TextField
            label={`Type ${model.name} to confirm`}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
          />
          {action.error ? (
            <p role="alert" className={css.problem}>
              {errorMessage(action.error)}
            </p>
          ) : undefined}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button
          variant="primary"
          destructive
          isDisabled={typed !== model.name}
          isPending={action.running}
          onPress={submit}
        >
          Delete
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
