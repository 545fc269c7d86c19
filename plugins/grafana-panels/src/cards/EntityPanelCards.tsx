import { useMemo } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { factsOf } from '../entity/factsOf';
import { fillVariables } from '../placement';
import { PanelCard } from './PanelCard';
import { panelsFor, type EntityPanelPlacement } from './panelsFor';
import css from './Cards.module.css';

/** The panels that the configuration places on an entity. */
export function EntityPanelCards(props: { placed: EntityPanelPlacement[] }) {
  const { entity } = useEntity();
  const cards = useMemo(
    () =>
      panelsFor(props.placed, entity).map(placed => ({
        ...placed,
        variables: fillVariables(placed.variables, factsOf(entity)),
      })),
    [props.placed, entity],
  );
  return (
    <div className={css.stack} key={stringifyEntityRef(entity)}>
      {cards.map((card, index) => (
        <PanelCard key={index} {...card} />
      ))}
    </div>
  );
}
