import { useEffect, type KeyboardEvent } from 'react';
import { BgProvider, Skeleton } from '@backstage/ui';
import type { FormOptions } from '@llm-platform/plugin-models-common';
import {
  EmptyState,
  ErrorPanel,
  PreflightPanel,
  useFormOptions,
} from '@llm-platform/plugin-models-react';
import css from '../components/Form.module.css';
import type { ServiceFieldProps } from '../schema';
import {
  isServiceDraft,
  newServiceDraft,
  withImage,
  type ServiceDraft,
} from './complete';
import { ServiceSection } from './ServiceSection';
import { useServicePreflight } from './useServicePreflight';

/** The form of a team service, with what the cluster says about it beside it. */
export function TeamServiceField(props: ServiceFieldProps) {
  const { data: options, error, retry } = useFormOptions();
  const { onChange } = props;
  const formData: unknown = props.formData;
  const canMake = options !== undefined && options.namespaces.length > 0;

  useEffect(() => {
    if (canMake && !isServiceDraft(formData)) {
      onChange(newServiceDraft(options) as unknown as typeof props.formData);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what decides whether something is missing
  }, [options, canMake, formData, onChange]);

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
  if (!canMake) {
    return (
      <EmptyState
        title="You can't make a service yet"
        description="Services live in namespaces of a team, and none of your teams has one on a cluster that answers. Ask a platform engineer to add you to a team, or look at the home page whether the cluster is still starting."
      />
    );
  }
  if (!isServiceDraft(formData)) {
    return null;
  }
  return (
    <ServiceForm
      options={options}
      draft={formData}
      onChange={next => onChange(next as unknown as typeof props.formData)}
    />
  );
}

function ServiceForm(props: {
  options: FormOptions;
  draft: ServiceDraft;
  onChange: (next: ServiceDraft) => void;
}) {
  const { options, draft, onChange } = props;
  const preflight = useServicePreflight(draft);
  const { metadata, spec } = draft.spec;
  const isTeamsRouteTaken =
    preflight.isCurrent &&
    spec.route === metadata.team &&
    preflight.report?.checks.some(
      ({ id, verdict }) => id === 'route' && verdict === 'block',
    );

  useEffect(() => {
    if (isTeamsRouteTaken && metadata.name) {
      onChange({
        ...draft,
        spec: { ...draft.spec, spec: { ...spec, route: metadata.name } },
      });
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it turns out that it is taken
  }, [isTeamsRouteTaken]);

  const problemOf = (path: string) =>
    preflight.problems.find(problem => problem.path === path)?.message;
  // Enter in a text field would send the whole form while one is still filling it in
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
    }
  };

  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps Enter from submitting
    <div className={css.container} onKeyDown={onKeyDown}>
      <BgProvider bg="neutral-1">
        <div className={css.grid}>
          <div className={css.fields}>
            <ServiceSection
              options={options}
              draft={draft}
              problemOf={problemOf}
              onChange={next => onChange(withImage(next, options))}
            />
          </div>
          <div className={css.aside}>
            <div className={css.sticky}>
              <PreflightPanel
                report={preflight.report}
                checking={preflight.checking}
                error={preflight.error}
                onRetry={preflight.retry}
                incomplete={
                  preflight.problems.length > 0
                    ? 'Fill in the form to see whether it can be made.'
                    : undefined
                }
              />
            </div>
          </div>
        </div>
      </BgProvider>
    </div>
  );
}
