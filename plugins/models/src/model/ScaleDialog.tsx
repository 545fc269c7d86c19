import { useCallback, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  NumberField,
} from '@backstage/ui';
import {
  errorMessage,
  useModelAction,
} from '@llm-platform/plugin-models-react';
import type { ModelsApi } from '@llm-platform/plugin-models-react';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';
import css from './ModelPage.module.css';

const MAX_REPLICAS = 64;
const VERBS = { scale: 'Scale', stop: 'Stop', start: 'Start' } as const;

/** @internal */
export interface ScaleDialogProps {
  model: ModelDeploymentDetail;
  intent: 'scale' | 'stop' | 'start';
  onClose: () => void;
  onDone: (replicas: number) => void;
}

/** Changes the number of replicas; stopping is zero, starting returns to the spec's number. */
export function ScaleDialog(props: ScaleDialogProps) {
  const { model, intent, onClose, onDone } = props;
  const declared = Math.max(1, model.spec?.spec.replicas ?? 1);
  const [wanted, setWanted] = useState(
    intent === 'scale' ? model.replicas.desired : declared,
  );
  const replicas = intent === 'stop' ? 0 : wanted;
  const act = useCallback(
    (api: ModelsApi, count: number) => api.scale(model, count),
    [model],
  );
  const action = useModelAction(act);
  const gpus = model.gpus.requested;

  const submit = async () => {
    if (await action.run(replicas)) {
      onDone(replicas);
      onClose();
    }
  };

  return (
    <Dialog isOpen onOpenChange={open => !open && onClose()} width={440}>
      <DialogHeader>
        {VERBS[intent]} {model.name}
      </DialogHeader>
      <DialogBody>
        <div className={css.dialog}>
          {intent === 'stop' ? (
            <p>
              It stops answering and frees its GPUs. The volume with the weights
              stays, so the next start does not download them again.
            </p>
          ) : (
            <NumberField
              label="Replicas"
              description={
                gpus > 0 ? 'Each replica holds its own GPUs.' : undefined
              }
              minValue={intent === 'start' ? 1 : 0}
              maxValue={MAX_REPLICAS}
              step={1}
              value={wanted}
              onChange={setWanted}
            />
          )}
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
          isPending={action.running}
          isDisabled={
            !Number.isInteger(replicas) ||
            (intent === 'scale' && replicas === model.replicas.desired)
          }
          onPress={submit}
        >
          {VERBS[intent]}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
