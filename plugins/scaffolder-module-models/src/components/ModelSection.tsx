import { useEffect, useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, TextAreaField } from '@backstage/ui';
import {
  architectureFromConfig,
  knownModels,
  lookupArchitecture,
  type ArchitectureLookup,
  type ModelArchitecture,
} from '@llm-platform/plugin-models-common';
import { modelsApiRef, plural } from '@llm-platform/plugin-models-react';
import { chooseModel, withMetadata, withSpec } from '../deployment';
import { FieldText } from './FieldText';
import { ModelPicker, type ModelOption } from './ModelPicker';
import { Problem } from './Problem';
import type { SectionProps } from './section';
import css from './Form.module.css';

/** Which model, and under which name. */
export function ModelSection(props: SectionProps) {
  const { options, deployment, onChange, problemOf } = props;
  const { model } = deployment.spec.spec;
  const { name } = deployment.spec.metadata;

  const choices = useMemo<ModelOption[]>(() => {
    const presets = options.presets.map(preset => ({
      id: preset.spec.model.id,
      group: 'Presets',
      title: preset.title,
      description: preset.description,
    }));
    const taken = new Set(presets.map(({ id }) => id.toLowerCase()));
    const known = knownModels()
      .filter(id => !taken.has(id.toLowerCase()))
      .map(id => ({ id, group: 'Known models' }));
    return [...presets, ...known];
  }, [options.presets]);

  const preset = options.presets.find(({ spec }) => spec.model.id === model.id);
  return (
    <fieldset className={css.section}>
      <legend>Model</legend>
      <ModelPicker
        label="Model"
        description={
          preset
            ? preset.description
            : 'A preset, or the id of any repository on Hugging Face.'
        }
        options={choices}
        value={model.id}
        onChange={id => onChange(chooseModel(deployment, id, options))}
      />
      <Problem text={problemOf('spec.model.id')} />
      {model.id ? (
        <ArchitectureNote
          key={model.id}
          modelId={model.id}
          pasted={model.architecture}
          onPaste={architecture =>
            onChange(
              withSpec(deployment, {
                model: { ...model, architecture },
              }),
            )
          }
        />
      ) : undefined}
      <FieldText
        label="Name"
        description="Of the deployment, its Service and the route at the gateway. Lower-case letters, digits and dashes."
        value={name}
        problem={problemOf('metadata.name')}
        onChange={next => onChange(withMetadata(deployment, { name: next }))}
      />
    </fieldset>
  );
}

/** What is known of the model's shape, or what is missing and how to supply it. */
function ArchitectureNote(props: {
  modelId: string;
  pasted: ModelArchitecture | undefined;
  onPaste: (architecture: ModelArchitecture | undefined) => void;
}) {
  const { modelId, pasted, onPaste } = props;
  const api = useApi(modelsApiRef);
  const local = useMemo(() => lookupArchitecture(modelId), [modelId]);
  const [asked, setAsked] = useState<ArchitectureLookup>();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();

  const known = local.architecture !== undefined;
  useEffect(() => {
    if (known || pasted) {
      return undefined;
    }
    let current = true;
    // The backend may ask the hub, which the browser doesn't
    const timer = setTimeout(() => {
      api.getArchitecture(modelId).then(
        answer => {
          if (!current) {
            return;
          }
          setAsked(answer);
          if (answer.architecture) {
            onPaste(answer.architecture);
          }
        },
        () => undefined,
      );
    }, 500);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- onPaste is new on each change of the form
  }, [api, known, modelId, pasted]);

  if (pasted) {
    return (
      <p className={css.note}>
        {asked?.source
          ? `Shape from ${asked.source}: `
          : 'Shape from the config.json that you pasted: '}
        {plural(pasted.numHiddenLayers, 'layer')},{' '}
        {plural(pasted.numKeyValueHeads, 'KV head')}.{' '}
        <Button
          size="small"
          variant="tertiary"
          onPress={() => {
            setText('');
            onPaste(undefined);
          }}
        >
          Remove
        </Button>
      </p>
    );
  }
  if (known) {
    return undefined;
  }
  const read = (next: string) => {
    setText(next);
    if (!next.trim()) {
      setProblem(undefined);
      return;
    }
    const result = architectureFromConfig(next);
    if (result.ok) {
      setProblem(undefined);
      onPaste(result.architecture);
    } else {
      setProblem(result.message);
    }
  };
  return (
    <div className={css.unknown}>
      <p className={css.note}>
        {(asked ?? local).message ??
          `The shape of ${modelId} is not known, so whether it fits can't be computed.`}
      </p>
      <TextAreaField
        label="config.json"
        description="Paste the file of that name from the model's repository."
        rows={4}
        value={text}
        onChange={read}
      />
      <Problem text={problem} />
    </div>
  );
}
