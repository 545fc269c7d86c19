import { Link } from 'react-router-dom';
import { ButtonLink } from '@backstage/ui';
import {
  links,
  PageFrame,
  type TeamSectionProps,
} from '@llm-platform/plugin-models-react';
import { TeamOverview } from './TeamOverview';

/** One team on one screen. */
export function TeamPage(props: {
  team: string;
  /** Of other plugins. */
  sections?: Array<(props: TeamSectionProps) => JSX.Element>;
}) {
  return (
    <PageFrame
      title={props.team}
      breadcrumb={<Link to={links.teams()}>Teams</Link>}
      actions={
        <>
          <ButtonLink
            size="small"
            variant="secondary"
            href={`/catalog/default/group/${encodeURIComponent(props.team)}`}
          >
            People
          </ButtonLink>
          <ButtonLink
            size="small"
            variant="secondary"
            href={links.newService()}
          >
            New service
          </ButtonLink>
          <ButtonLink size="small" variant="primary" href={links.deploy()}>
            Deploy a model
          </ButtonLink>
        </>
      }
    >
      <TeamOverview team={props.team} />
      {props.sections?.map((TeamSection, index) => (
        <TeamSection key={index} team={props.team} />
      ))}
    </PageFrame>
  );
}
