import { Link } from 'react-router-dom';
import {
  links,
  SimulatedChip,
  StateMark,
  tableStyles as table,
} from '@llm-platform/plugin-models-react';
import type { TeamServiceSummary } from '@llm-platform/plugin-models-common';

/** The team's own APIs behind the gateway. */
export function ServicesTable(props: { services: TeamServiceSummary[] }) {
  return (
    <div className={table.scroll}>
      <table className={table.table} aria-label="Services">
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">State</th>
            <th scope="col">Route</th>
            <th scope="col">Namespace</th>
            <th scope="col" className={table.number}>
              Ready
            </th>
          </tr>
        </thead>
        <tbody>
          {props.services.map(service => (
            <tr key={`${service.cluster}/${service.namespace}/${service.name}`}>
              <td>
                <span className={table.line}>
                  <Link to={links.service(service)}>{service.name}</Link>
                  <SimulatedChip what={service.simulated} />
                </span>
              </td>
              <td>
                <StateMark state={service.state} reason={service.reason} />
              </td>
              <td>
                {service.route ? (
                  `/api/${service.route}/predict`
                ) : (
                  <span className={table.muted}>none</span>
                )}
              </td>
              <td>{service.namespace}</td>
              <td className={table.number}>
                {service.replicas.ready}/{service.replicas.desired}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
