import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  gpuProfiles,
  presets,
  renderModelDeployment,
  renderServiceManifests,
} from '@llm-platform/plugin-models-common';
import { EmbeddedCluster, platformDir } from '../embedded';
import { parseObjects, renderDirectory } from '../rendered';
import {
  Fixture,
  TEAM_NAMESPACE,
  activatePolicies,
  dryRun,
  readFixtures,
} from '.';

/** An instance that no other test uses. */
const INSTANCE = 5;
const dir = path.join(platformDir(), 'policies');
const fixtures = readFixtures(dir);
const failing = fixtures.filter(({ refused }) => refused !== undefined);
const passing = fixtures.filter(({ refused }) => refused === undefined);
const objectsOf = (of: Fixture[], policy: string) =>
  of.filter(fixture => fixture.policy === policy).map(({ object }) => object);
const POLICIES = [...new Set(fixtures.map(({ policy }) => policy))];

describe('the policies', () => {
  let cluster: EmbeddedCluster;
  /** The names of a policy's objects in the cluster. */
  const named = (policy: string) => `llm-platform-${policy}`;

  beforeAll(async () => {
    cluster = await EmbeddedCluster.start({ instance: INSTANCE });
    await activatePolicies(cluster, {
      dir,
      refused: POLICIES.map(policy =>
        JSON.stringify(failing.find(f => f.policy === policy)?.object),
      ),
    });
  });

  afterAll(async () => {
    await cluster?.stop();
  });

  it('have passing and failing fixtures each, and a binding that denies', async () => {
    const { objects } = await renderDirectory({
      kubectl: cluster.kubectlPath,
      dir,
    });
    const ofKind = (kind: string) =>
      objects.filter(o => o.kind === kind).map(({ metadata }) => metadata.name);
    const names = POLICIES.map(named).sort();

    expect(ofKind('ValidatingAdmissionPolicy').sort()).toEqual(names);
    expect(ofKind('ValidatingAdmissionPolicyBinding').sort()).toEqual(names);
    for (const { spec } of objects.filter(o => o.kind.endsWith('Binding'))) {
      expect(spec).toMatchObject({ validationActions: ['Deny'] });
    }
    for (const kept of [passing, failing]) {
      expect([...new Set(kept.map(({ policy }) => named(policy)))]).toEqual(
        names,
      );
    }
  });

  it('use fields that the kinds have', async () => {
    // The controller manager looks at each, some time after it was written.
    let items = await policiesOf(cluster);
    while (items.some(({ status }) => !status.typeChecking)) {
      await sleep(250);
      items = await policiesOf(cluster);
    }

    expect(items.map(({ metadata }) => metadata.name)).toEqual(
      POLICIES.map(named).sort(),
    );
    for (const { spec, status } of items) {
      expect(spec.failurePolicy).toBe('Fail');
      expect(status.typeChecking).toEqual({});
    }
  });

  it.each(POLICIES)('let pass what is right: %s', async policy => {
    const { code, stderr } = await dryRun(
      cluster,
      list(objectsOf(passing, policy)),
    );

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each(presets.map(({ id, spec }) => [id, spec] as const))(
    'let pass the model that the portal makes of the preset %s',
    async (_, spec) => {
      const profile = gpuProfiles.find(({ id }) => id === spec.profile)!;
      const items = renderModelDeployment(
        {
          apiVersion: 'llm-platform.dev/v1alpha1',
          kind: 'ModelDeployment',
          metadata: { name: 'model', namespace: TEAM_NAMESPACE, team: 'quant' },
          spec,
        },
        { profile },
      );

      expect(await dryRun(cluster, list(items))).toMatchObject({ code: 0 });
    },
  );

  it('let pass the service that the portal makes for a team', async () => {
    const items = renderServiceManifests({
      apiVersion: 'llm-platform.dev/v1alpha1',
      kind: 'TeamService',
      metadata: { name: 'api', namespace: TEAM_NAMESPACE, team: 'quant' },
      spec: {
        route: 'api',
        model: 'baseline',
        image: 'registry.internal:5000/quant/api:1.0.0',
        replicas: 1,
        resources: {
          requests: { cpu: '50m', memory: '64Mi' },
          limits: { cpu: '1', memory: '256Mi' },
        },
        limits: {},
      },
    });

    expect(await dryRun(cluster, list(items))).toMatchObject({ code: 0 });
  });

  it.each(POLICIES)('refuse what is wrong, and say so: %s', async policy => {
    const objects = objectsOf(failing, policy);
    const { code, stderr } = await dryRun(cluster, list(objects));
    // One line for each object, in the order in which they were sent.
    const refusals = stderr.trim().split('\n');

    expect(code).toBe(1);
    expect(refusals).toEqual(
      objects.map(({ metadata }) =>
        expect.stringContaining(`"${metadata.name}" is `),
      ),
    );
    failing
      .filter(fixture => fixture.policy === policy)
      .forEach(({ refused }, at) => {
        expect(refusals[at]).toContain(
          `ValidatingAdmissionPolicy '${named(policy)}'`,
        );
        expect(refusals[at]).toContain(refused);
      });
  });

  it('leave alone what nobody put under them: other namespaces, rehearsals', async () => {
    const [{ object }] = failing;
    const namespaces = `
apiVersion: v1
kind: Namespace
metadata: { name: elsewhere }
---
apiVersion: v1
kind: Namespace
metadata:
  name: rehearsal
  labels: { llm-platform.dev/team: quant, llm-platform.dev/rehearsal: 'true' }
`;
    await cluster.kubectlOrThrow(['apply', '-f', '-'], namespaces);

    for (const { metadata } of parseObjects(namespaces)) {
      const moved = {
        ...object,
        metadata: { ...object.metadata, namespace: metadata.name },
      };
      expect(await dryRun(cluster, JSON.stringify(moved))).toMatchObject({
        code: 0,
      });
    }
  });
});

function list(items: object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

interface Policy {
  metadata: { name: string };
  spec: { failurePolicy: string };
  status: { typeChecking?: object };
}

async function policiesOf(cluster: EmbeddedCluster): Promise<Policy[]> {
  const { items } = JSON.parse(
    await cluster.kubectlOrThrow([
      'get',
      'validatingadmissionpolicies',
      '-o',
      'json',
    ]),
  ) as { items: Policy[] };
  return items;
}
