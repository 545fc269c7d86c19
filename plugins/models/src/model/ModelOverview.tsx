import { Section } from '@llm-platform/plugin-models-react';
import type { ModelDeploymentDetail } from '@llm-platform/plugin-models-common';
import { StartTimelineView } from '../timeline';
import { EventsTable } from './EventsTable';
import { Findings } from './Findings';
import { PodsTable } from './PodsTable';
import css from './ModelPage.module.css';

/** @internal */
export interface ModelOverviewProps {
  model: ModelDeploymentDetail;
}

/** What is wrong, how the start went, the pods, what the cluster said. */
export function ModelOverview(props: ModelOverviewProps) {
  const { model } = props;
  return (
    <div className={css.overview}>
      {model.findings.length > 0 ? (
        <Section title="Findings" count={model.findings.length} bare>
          <Findings findings={model.findings} />
        </Section>
      ) : undefined}
      <Section title="Start-up">
        <StartTimelineView
          timeline={model.timeline}
          findings={model.findings}
        />
      </Section>
      <Section title="Pods" count={model.pods.length}>
        <PodsTable model={model} />
      </Section>
      <Section title="Events" count={model.events.length}>
        <EventsTable events={model.events} />
      </Section>
    </div>
  );
}
