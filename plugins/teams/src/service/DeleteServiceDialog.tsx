import { useCallback, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import {
  errorMessage,
  useModelAction,
  type ModelsApi,
} from '@llm-platform/plugin-models-react';
import type {
  DeleteResult,
  TeamServiceDetail,
} from '@llm-platform/plugin-models-common';
import css from './Service.module.css';

/** Deletes after the name is typed. */
export function DeleteServiceDialog(props: {
  service: TeamServiceDetail;
  onClose: () => void;
  onDone: (result: DeleteResult) => void;
}) {
  const { service, onClose, onDone } = props;
  const [typed, setTyped] = useState('');
  const act = useCallback(
    (api: ModelsApi) => api.removeService(service),
    [service],
  );
  const action = useModelAction(act);

  const submit = async () => {
    const result = await action.run();
    if (result) {
      onClose();
      onDone(result);
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={480}>
      <DialogHeader>Delete {service.name}</DialogHeader>
      <DialogBody>
        <div className={css.dialog}>
          <p>
            Its route and its gateway key are gone at once, and applications
            that call it get an error. This cannot be undone. Its repository
            stays.
          </p>
          <TextField
            label={`Type ${service.name} to confirm`}
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
          isDisabled={typed !== service.name}
          isPending={action.running}
          onPress={submit}
        >
          Delete
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
