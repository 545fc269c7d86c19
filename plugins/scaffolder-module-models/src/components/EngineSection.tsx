import { Slider } from '@backstage/ui';
import {
  lookupArchitecture,
  type Quantization,
} from '@llm-platform/plugin-models-common';
import { formatCount } from '@llm-platform/plugin-models-react';
import { withEngine } from '../deployment';
import { FieldNumber } from './FieldNumber';
import { FieldSelect } from './FieldSelect';
import { Problem } from './Problem';
import type { SectionProps } from './section';
import css from './Form.module.css';

const QUANTIZATIONS: Array<{ id: Quantization; label: string }> = [
  { id: 'none', label: 'None (as stored)' },
  { id: 'awq', label: 'AWQ (4 bit)' },
  { id: 'gptq', label: 'GPTQ (4 bit)' },
  { id: 'fp8', label: 'FP8' },
  { id: 'bitsandbytes', label: 'bitsandbytes (4 bit)' },
];

const SHORTEST = 256;
/** For models whose shape is not known. */
const USUAL_LONGEST = 32_768;
/** Beyond it a slider is too coarse; the number field takes any. */
const LONGEST_ON_SLIDER = 131_072;

/** How vLLM runs it. */
export function EngineSection(props: SectionProps) {
  const { deployment, onChange, problemOf, options } = props;
  const { engine, model, profile: profileId } = deployment.spec.spec;
  const profile = options.profiles.find(({ id }) => id === profileId);
  const architecture =
    model.architecture ?? lookupArchitecture(model.id).architecture;
  const own = architecture?.maxPositionEmbeddings;
  const longest = Math.max(
    Math.min(own ?? USUAL_LONGEST, LONGEST_ON_SLIDER),
    engine.maxModelLen,
  );

  return (
    <fieldset className={css.section}>
      <legend>Engine</legend>
      <FieldSelect
        label="Quantization"
        description="Must match how the repository stores its weights."
        value={engine.quantization}
        problem={problemOf('spec.engine.quantization')}
        options={QUANTIZATIONS}
        onChange={next =>
          onChange(
            withEngine(deployment, {
              quantization: next as Quantization,
              // Four-bit kernels compute in fp16 only
              ...((next === 'awq' || next === 'gptq') && { dtype: 'half' }),
            }),
          )
        }
      />
      <div className={css.slider}>
        <Slider
          label="Max model length"
          description={
            own
              ? `Prompt and answer together, in tokens. The model was made for up to ${formatCount(
                  own,
                )}.`
              : 'Prompt and answer together, in tokens.'
          }
          minValue={SHORTEST}
          maxValue={longest}
          step={256}
          value={Math.max(SHORTEST, engine.maxModelLen)}
          onChange={value =>
            onChange(withEngine(deployment, { maxModelLen: value as number }))
          }
        />
        <FieldNumber
          label="Tokens"
          minValue={1}
          step={1}
          value={engine.maxModelLen}
          problem={problemOf('spec.engine.maxModelLen')}
          onChange={value =>
            onChange(withEngine(deployment, { maxModelLen: value ?? 0 }))
          }
        />
      </div>
      {profile?.gpu ? (
        <div className={css.field}>
          <Slider
            label="GPU memory utilisation"
            description="Share of the GPU's memory that vLLM takes; the rest stays free."
            minValue={0.5}
            maxValue={0.98}
            step={0.01}
            formatOptions={{ style: 'percent' }}
            value={engine.gpuMemoryUtilization}
            onChange={value =>
              onChange(
                withEngine(deployment, {
                  gpuMemoryUtilization: value as number,
                }),
              )
            }
          />
          <Problem text={problemOf('spec.engine.gpuMemoryUtilization')} />
        </div>
      ) : undefined}
    </fieldset>
  );
}
