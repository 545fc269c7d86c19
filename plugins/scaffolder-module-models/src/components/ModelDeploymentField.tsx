import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  type KeyboardEvent,
} from 'react';
import {
  BgProvider,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { FormOptions } from '@llm-platform/plugin-models-common';
import {
  EmptyState,
  ErrorPanel,
  PreflightPanel,
  useFormOptions,
} from '@llm-platform/plugin-models-react';
import {
  applySuggestion,
  complete,
  isComplete,
  type Deployment,
} from '../deployment';
import { deviceName, usePreflight, forPanel } from '../preflight';
import type { DeploymentFieldProps } from '../schema';
import { AdvancedSection } from './AdvancedSection';
import { ChangesView } from './ChangesView';
import { EngineSection } from './EngineSection';
import { ModelSection } from './ModelSection';
import { PlacementSection } from './PlacementSection';
import { StorageSection } from './StorageSection';
import { YamlEditor } from './YamlEditor';
import css from './Form.module.css';

/** The whole form of a model deployment, with what the cluster says about it beside it. */
export function ModelDeploymentField(props: DeploymentFieldProps) {
  const { data: options, error, retry } = useFormOptions();
  const { onChange } = props;
  const formData: unknown = props.formData;

  useEffect(() => {
    if (options && !isComplete(formData)) {
      onChange(complete(formData, options) as unknown as typeof props.formData);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what decides whether something is missing
  }, [options, formData, onChange]);

  if (!options) {
    return error ? (
      <ErrorPanel
        error={error}
        what="the choices of the form"
        onRetry={retry}
      />
    ) : (
      <div className={css.loading} aria-hidden="true">
        <Skeleton height={420} />
        <Skeleton height={420} />
      </div>
    );
  }
  if (options.namespaces.length === 0) {
    return (
      <EmptyState
        title="You can't deploy a model yet"
        description="Models live in namespaces of a team, and none of your teams has one on a cluster that answers. Ask a platform engineer to add you to a team, or look at the home page whether the cluster is still starting."
      />
    );
  }
  if (!isComplete(formData)) {
    return null;
  }
  return (
    <DeploymentForm
      options={options}
      deployment={formData}
      onChange={next => onChange(next as unknown as typeof props.formData)}
    />
  );
}

export interface DeploymentFormProps {
  options: FormOptions;
  deployment: Deployment;
  onChange: (next: Deployment) => void;
}

export function DeploymentForm(props: DeploymentFormProps) {
  const { options, deployment, onChange } = props;
  const { profiles } = options;
  const [view, setView] = useState<'form' | 'yaml'>('form');
  const preflight = usePreflight(deployment, profiles);
  const profile = profiles.find(
    ({ id }) => id === deployment.spec.spec.profile,
  );
  const report = useMemo(
    () => forPanel(preflight.report, profiles),
    [preflight.report, profiles],
  );
  const problemOf = useMemo(() => {
    const byPath = new Map(
      preflight.problems.map(({ path, message }) => [path, message]),
    );
    return (path: string) => byPath.get(path);
  }, [preflight.problems]);

  const section = { options, deployment, onChange, problemOf };
  // Enter in a text field would send the whole form while one is still filling it in
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
    }
  }, []);

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps Enter from submitting
    <div className={css.container} onKeyDown={onKeyDown}>
      <BgProvider bg="neutral-1">
        <div className={css.grid}>
          <div className={css.fields}>
            <div className={css.switch}>
              <ToggleButtonGroup
                aria-label="View"
                selectionMode="single"
                disallowEmptySelection
                selectedKeys={[view]}
                onSelectionChange={([key]) => setView(key as 'form' | 'yaml')}
              >
                <ToggleButton id="form" size="small">
                  Form
                </ToggleButton>
                <ToggleButton id="yaml" size="small">
                  YAML
                </ToggleButton>
              </ToggleButtonGroup>
            </div>
            {view === 'form' ? (
              <>
                <ModelSection {...section} />
                <PlacementSection {...section} />
                <EngineSection {...section} />
                <StorageSection {...section} />
                <AdvancedSection {...section} />
              </>
            ) : (
              <YamlEditor deployment={deployment} onChange={onChange} />
            )}
          </div>
          <div className={css.aside}>
            <div className={css.sticky}>
              <PreflightPanel
                report={report}
                checking={preflight.checking}
                error={preflight.error}
                onRetry={preflight.retry}
                device={profile ? deviceName(profile) : undefined}
                onApply={({ change }) =>
                  onChange(applySuggestion(deployment, change, options))
                }
                incomplete={
                  profile
                    ? undefined
                    : 'Choose a GPU profile to see whether it fits.'
                }
              />
            </div>
          </div>
        </div>
      </BgProvider>
      <ChangesView
        changes={preflight.report?.changes ?? []}
        manifests={preflight.report?.manifests ?? []}
        stale={preflight.checking}
      />
    </div>
  );
}
