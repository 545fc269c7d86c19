import { useEffect, useState } from 'react';
import {
  BgProvider,
  Button,
  NumberField,
  Select,
  Slider,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import { SimulatedChip, StateIcon } from '@llm-platform/plugin-models-react';
import type { PlaygroundModel } from '../api';
import {
  DEFAULT_PARAMETERS,
  type ModelChoice,
  type Parameters,
} from '../conversation';
import { canAnswer } from './canAnswer';
import css from './Rail.module.css';

/** OpenAI's limit, which vLLM shares. */
const MAX_STOPS = 4;

export interface ParametersRailProps {
  models: PlaygroundModel[];
  chosen: PlaygroundModel | undefined;
  fixed?: boolean;
  onChoose: (model: ModelChoice) => void;
  parameters: Parameters;
  onParameters: (parameters: Parameters) => void;
}

function idOf(model: ModelChoice): string {
  return `${model.cluster}/${model.route}`;
}

/** Which model answers, and how. */
export function ParametersRail(props: ParametersRailProps) {
  const { models, chosen, parameters, onParameters } = props;
  const set = (change: Partial<Parameters>) =>
    onParameters({ ...parameters, ...change });
  const clusters = new Set(models.map(({ cluster }) => cluster));

  return (
    <BgProvider bg="neutral-1">
      <aside className={css.rail} aria-label="Model and parameters">
        <Select
          label="Model"
          isDisabled={props.fixed || models.length === 0}
          placeholder={
            models.length === 0 ? 'No model to choose' : 'Choose a model'
          }
          value={chosen ? idOf(chosen) : null}
          onChange={key => {
            const next = models.find(model => idOf(model) === key);
            if (next) {
              props.onChoose({ cluster: next.cluster, route: next.route });
            }
          }}
          options={models.map(model => ({
            id: idOf(model),
            label: model.route,
            leadingIcon: <StateIcon state={model.state} size={14} />,
            description: [
              model.state === 'Ready' ? undefined : model.state,
              `team ${model.team}`,
              clusters.size > 1 ? model.cluster : undefined,
            ]
              .filter(Boolean)
              .join(' · '),
            disabled: !canAnswer(model),
          }))}
        />
        {chosen ? (
          <p className={css.model}>
            {chosen.modelId} <SimulatedChip what={chosen.simulated} />
          </p>
        ) : undefined}
        <TextAreaField
          label="System prompt"
          placeholder="You are a helpful assistant."
          rows={3}
          value={parameters.system}
          onChange={system => set({ system })}
        />
        <Slider
          label="Temperature"
          minValue={0}
          maxValue={2}
          step={0.1}
          value={parameters.temperature}
          onChange={value => set({ temperature: value as number })}
        />
        <Slider
          label="Top p"
          minValue={0.05}
          maxValue={1}
          step={0.05}
          value={parameters.topP}
          onChange={value => set({ topP: value as number })}
        />
        <NumberField
          label="Max tokens"
          description="Empty: as many as fit the context."
          minValue={1}
          maxValue={1_000_000}
          step={1}
          value={parameters.maxTokens ?? NaN}
          onChange={value =>
            set({ maxTokens: Number.isNaN(value) ? undefined : value })
          }
        />
        <NumberField
          label="Seed"
          description="The same seed gives the same answer."
          step={1}
          formatOptions={{ useGrouping: false }}
          value={parameters.seed ?? NaN}
          onChange={value =>
            set({ seed: Number.isNaN(value) ? undefined : value })
          }
        />
        <StopField value={parameters.stop} onChange={stop => set({ stop })} />
        <Button
          size="small"
          variant="tertiary"
          onPress={() => onParameters(DEFAULT_PARAMETERS)}
        >
          Reset parameters
        </Button>
      </aside>
    </BgProvider>
  );
}

function StopField(props: {
  value: string[];
  onChange: (stop: string[]) => void;
}) {
  const joined = props.value.join(', ');
  const [text, setText] = useState(joined);
  useEffect(() => {
    // A reset from outside; what is being typed parses to the same list and stays
    setText(current =>
      parseStops(current).join(', ') === joined ? current : joined,
    );
  }, [joined]);
  return (
    <TextField
      label="Stop"
      description="Up to four texts that end the answer, separated by commas."
      value={text}
      onChange={next => {
        setText(next);
        props.onChange(parseStops(next));
      }}
    />
  );
}

function parseStops(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim().slice(0, 200))
    .filter(Boolean)
    .slice(0, MAX_STOPS);
}
