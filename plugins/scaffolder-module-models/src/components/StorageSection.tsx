import { withSpec } from '../deployment';
import { FieldSelect } from './FieldSelect';
import { FieldText } from './FieldText';
import type { SectionProps } from './section';
import css from './Form.module.css';

const DEFAULT_CLASS = 'default';
const DEFAULT_KEY = 'token';

/** Where the weights are kept, and the token to get them. */
export function StorageSection(props: SectionProps) {
  const { deployment, onChange, problemOf, options } = props;
  const { storage, tokenSecret } = deployment.spec.spec;
  const classes = options.storageClasses.filter(
    ({ cluster }) => cluster === deployment.cluster,
  );
  const usual = classes.find(({ isDefault }) => isDefault)?.name;

  return (
    <fieldset className={css.section}>
      <legend>Storage and token</legend>
      <div className={css.pair}>
        <FieldText
          label="Volume size"
          description="For the downloaded weights."
          value={storage.size}
          problem={problemOf('spec.storage.size')}
          onChange={size =>
            onChange(withSpec(deployment, { storage: { ...storage, size } }))
          }
        />
        <FieldSelect
          label="Storage class"
          value={storage.storageClassName ?? DEFAULT_CLASS}
          problem={problemOf('spec.storage.storageClassName')}
          options={[
            {
              id: DEFAULT_CLASS,
              label: usual
                ? `Cluster's default (${usual})`
                : "Cluster's default",
            },
            ...classes.map(({ name }) => ({ id: name, label: name })),
          ]}
          onChange={next =>
            onChange(
              withSpec(deployment, {
                storage: {
                  size: storage.size,
                  ...(next !== DEFAULT_CLASS && { storageClassName: next }),
                },
              }),
            )
          }
        />
      </div>
      <div className={css.pair}>
        <FieldText
          label="Secret with the Hugging Face token"
          description="Its name, in the same namespace. Only gated models need one."
          placeholder="none"
          value={tokenSecret?.name ?? ''}
          problem={problemOf('spec.tokenSecret.name')}
          onChange={name =>
            onChange(
              withSpec(deployment, {
                tokenSecret: name
                  ? { key: tokenSecret?.key ?? DEFAULT_KEY, name }
                  : undefined,
              }),
            )
          }
        />
        {tokenSecret ? (
          <FieldText
            label="Key in the Secret"
            value={tokenSecret.key}
            problem={problemOf('spec.tokenSecret.key')}
            onChange={key =>
              onChange(
                withSpec(deployment, { tokenSecret: { ...tokenSecret, key } }),
              )
            }
          />
        ) : undefined}
      </div>
    </fieldset>
  );
}
