import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Button, Card, CardBody, CardHeader, Skeleton } from '@backstage/ui';
import {
  CopyField,
  ErrorPanel,
  links,
  plural,
  SimulatedChip,
  StateMark,
  useService,
} from '@llm-platform/plugin-models-react';
import type {
  ModelDeploymentRef,
  TeamServiceDetail,
} from '@llm-platform/plugin-models-common';
import { DeleteServiceDialog } from './DeleteServiceDialog';
import { serviceRefOf } from './serviceRefOf';
import css from './Service.module.css';

/** A team service's health, how it is called, where its source is, and deleting it. */
export function EntityServiceCard() {
  const { entity } = useEntity();
  const serviceRef = serviceRefOf(entity);
  return serviceRef ? <ServiceCard serviceRef={serviceRef} /> : undefined;
}

function ServiceCard(props: { serviceRef: ModelDeploymentRef }) {
  const service = useService(props.serviceRef);
  return (
    <Card>
      <CardHeader>Service</CardHeader>
      <CardBody>
        {service.loading ? <Skeleton height={120} /> : undefined}
        {service.error && !service.data ? (
          <ErrorPanel
            error={service.error}
            what="this service"
            onRetry={service.retry}
          />
        ) : undefined}
        {service.data ? <Facts service={service.data} /> : undefined}
      </CardBody>
    </Card>
  );
}

function Facts(props: { service: TeamServiceDetail }) {
  const { service } = props;
  const { findings, model, repository } = service;
  return (
    <>
      <dl className={css.facts}>
        <dt>State</dt>
        <dd>
          <StateMark state={service.state} reason={service.reason} />{' '}
          <SimulatedChip what={service.simulated} />
        </dd>
        <dt>Ready</dt>
        <dd>
          {service.replicas.ready}/{service.replicas.desired}
        </dd>
        {model ? (
          <>
            <dt>Model</dt>
            <dd>
              <Link to={links.models({ q: model })}>{model}</Link>
            </dd>
          </>
        ) : undefined}
        <dt>Repository</dt>
        <dd>
          {repository ? <Repository url={repository} /> : 'not known here'}
        </dd>
        <dt>Call</dt>
        <dd>
          {service.route ? (
            <CopyField label="call" value={callOf(service)} />
          ) : (
            'within the cluster only'
          )}
        </dd>
        <dt>In the cluster</dt>
        <dd>
          <CopyField label="address" value={service.endpoint.internal} />
        </dd>
      </dl>
      {findings.map(({ cause, title, explanation, remedy }) => (
        <p key={cause} className={css.finding}>
          <b>{title}</b> {explanation} {remedy}
        </p>
      ))}
      {service.spec ? <Delete service={service} /> : undefined}
    </>
  );
}

/** A local repository is no page that a browser could open. */
function Repository(props: { url: string }) {
  return /^https?:/.test(props.url) ? (
    <a href={props.url} rel="noreferrer" target="_blank">
      {props.url}
    </a>
  ) : (
    <CopyField label="clone" value={`git clone ${props.url}`} />
  );
}

function callOf({ endpoint, route }: TeamServiceDetail): string {
  const url = endpoint.gateway ?? `<gateway>/api/${route}/predict`;
  return `curl -X POST ${url} -H "Authorization: Bearer $LLM_PLATFORM_API_KEY" -H 'Content-Type: application/json' -d '{"inputs":"What is the capital of France?"}'`;
}

/** Only of what the portal has made: the rest belongs to whoever has applied it. */
function Delete(props: { service: TeamServiceDetail }) {
  const { service } = props;
  const toast = useApi(toastApiRef);
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  return (
    <div className={css.actions}>
      <Button
        size="small"
        variant="secondary"
        destructive
        onPress={() => setOpen(true)}
      >
        Delete
      </Button>
      {open ? (
        <DeleteServiceDialog
          service={service}
          onClose={() => setOpen(false)}
          onDone={({ deleted, leftovers }) => {
            toast.post({
              title:
                leftovers.length === 0
                  ? `${service.name} is deleted: ${plural(
                      deleted.length,
                      'object',
                    )}, nothing left over`
                  : `${service.name} is deleted; left over: ${leftovers.join(
                      ', ',
                    )}`,
              status: leftovers.length === 0 ? 'success' : 'warning',
              timeout: leftovers.length === 0 ? 5000 : undefined,
            });
            navigate(links.team(service.team));
          }}
        />
      ) : undefined}
    </div>
  );
}
