import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import {
  Section,
  type TeamSectionProps,
} from '@llm-platform/plugin-models-react';
import { dashboardLinks } from '../dashboards';
import { fillVariables, refOf, type PanelPlacement } from '../placement';
import { PanelCard } from './PanelCard';
import css from './Cards.module.css';

/** Chosen panels of a team, on its page. */
export function TeamPanels(
  props: TeamSectionProps & { placed: PanelPlacement[] },
) {
  const { team, placed } = props;
  const cards = useMemo(
    () =>
      placed.map(panel => ({
        ...panel,
        variables: fillVariables(panel.variables, { team }),
      })),
    [placed, team],
  );
  if (cards.length === 0) {
    return <></>;
  }
  const [first] = cards;
  return (
    <Section
      title="Panels"
      bare
      actions={
        <Link
          className={css.all}
          to={dashboardLinks.one(refOf(first.dashboard), {
            variables: first.variables,
          })}
        >
          Whole dashboard
        </Link>
      }
    >
      <div className={css.row}>
        {cards.map((card, index) => (
          <PanelCard key={index} {...card} />
        ))}
      </div>
    </Section>
  );
}
