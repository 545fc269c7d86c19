import { Switch } from '@backstage/ui';
import type {
  Dtype,
  ModelDeploymentSpec,
} from '@llm-platform/plugin-models-common';
import { withEngine, withSpec } from '../deployment';
import { FieldNumber } from './FieldNumber';
import { FieldSelect } from './FieldSelect';
import { FieldText } from './FieldText';
import type { SectionProps } from './section';
import css from './Form.module.css';

const DTYPES: Dtype[] = ['auto', 'half', 'float16', 'bfloat16', 'float32'];

const RESOURCES = [
  ['requests', 'cpu', 'CPU request'],
  ['limits', 'cpu', 'CPU limit'],
  ['requests', 'memory', 'Memory request'],
  ['limits', 'memory', 'Memory limit'],
] as const;

type Resources = ModelDeploymentSpec['spec']['resources'];

/** What the presets and vLLM's defaults decide well most of the time. */
export function AdvancedSection(props: SectionProps) {
  const { deployment, onChange, problemOf } = props;
  const { engine, model, resources } = deployment.spec.spec;
  const setEngine = (change: Partial<typeof engine>) =>
    onChange(withEngine(deployment, change));

  return (
    <details className={css.advanced}>
      <summary>Advanced</summary>
      <div className={css.section}>
        <div className={css.pair}>
          {RESOURCES.map(([kind, resource, label]) => (
            <FieldText
              key={label}
              label={label}
              value={resources[kind][resource]}
              problem={problemOf(`spec.resources.${kind}.${resource}`)}
              onChange={value =>
                onChange(
                  withSpec(deployment, {
                    resources: {
                      ...resources,
                      [kind]: { ...resources[kind], [resource]: value },
                    } as Resources,
                  }),
                )
              }
            />
          ))}
          <FieldSelect
            label="Data type"
            value={engine.dtype}
            problem={problemOf('spec.engine.dtype')}
            options={DTYPES.map(id => ({ id, label: id }))}
            onChange={dtype => setEngine({ dtype: dtype as Dtype })}
          />
          <FieldSelect
            label="KV cache data type"
            value={engine.kvCacheDtype ?? 'auto'}
            problem={problemOf('spec.engine.kvCacheDtype')}
            options={[
              { id: 'auto', label: 'auto (as the model)' },
              { id: 'fp8', label: 'fp8' },
            ]}
            onChange={next =>
              setEngine({ kvCacheDtype: next === 'fp8' ? 'fp8' : undefined })
            }
          />
          <FieldNumber
            label="Max sequences"
            description="Requests computed at the same time."
            placeholder="vLLM's default"
            minValue={1}
            value={engine.maxNumSeqs}
            problem={problemOf('spec.engine.maxNumSeqs')}
            onChange={maxNumSeqs => setEngine({ maxNumSeqs })}
          />
          <FieldNumber
            label="Max batched tokens"
            placeholder="vLLM's default"
            minValue={1}
            value={engine.maxNumBatchedTokens}
            problem={problemOf('spec.engine.maxNumBatchedTokens')}
            onChange={maxNumBatchedTokens => setEngine({ maxNumBatchedTokens })}
          />
          <FieldNumber
            label="Tensor parallel size"
            description="GPUs of one node that share the model."
            placeholder="1"
            minValue={1}
            value={engine.tensorParallelSize}
            problem={problemOf('spec.engine.tensorParallelSize')}
            onChange={tensorParallelSize => setEngine({ tensorParallelSize })}
          />
          <FieldText
            label="Revision"
            description="Branch, tag or commit of the repository."
            placeholder="main"
            value={model.revision ?? ''}
            problem={problemOf('spec.model.revision')}
            onChange={revision =>
              onChange(
                withSpec(deployment, {
                  model: { ...model, revision: revision || undefined },
                }),
              )
            }
          />
        </div>
        <Switch
          label="Enforce eager mode (starts faster and saves memory, answers slower)"
          isSelected={engine.enforceEager ?? false}
          onChange={eager =>
            setEngine({ enforceEager: eager ? true : undefined })
          }
        />
      </div>
    </details>
  );
}
