import { aSpec, profile } from '../__fixtures__/builders';
import {
  modelInventory,
  applySetId,
  readStoredSpec,
  renderModelDeployment,
  renderParentConfigMap,
  type StoredRevision,
} from '.';

const spec = aSpec();
const members = renderModelDeployment(spec, { profile: profile('t4') });

function revision(
  runId: string | undefined,
  replicas = 1,
): Omit<StoredRevision, 'revision'> {
  return {
    appliedAt: '2026-11-23T08:00:00.000Z',
    appliedBy: 'user:default/mia',
    ...(runId ? { runId } : {}),
    spec: aSpec('mistral-7b-awq', value => {
      value.spec.replicas = replicas;
    }),
  };
}

it('computes the id as Kubernetes does', () => {
  // printf 'mistral-model.quant.ConfigMap.' | openssl dgst -sha256 -binary | basenc --base64url
  expect(applySetId({ name: 'mistral', namespace: 'quant' })).toBe(
    'applyset-PGkJ3rzgdCc4FwKVLUC5sTA5WknYoJE3O9zinfZtkOE-v1',
  );
});

describe('the parent', () => {
  const revisions = modelInventory.appendRevision([], revision('task-1'));
  const parent = renderParentConfigMap(spec, { members, revisions });

  it('is a valid ApplySet parent of exactly its members', () => {
    const id = parent.metadata.labels?.['applyset.kubernetes.io/id'];
    expect(parent.metadata).toMatchObject({
      name: 'mistral-model',
      namespace: 'quant',
      annotations: {
        'applyset.kubernetes.io/tooling': 'llm-platform-portal/v1',
        'applyset.kubernetes.io/contains-group-kinds':
          'Deployment.apps,PersistentVolumeClaim,Service',
        'llm-platform.dev/applied-by': 'task-1',
      },
    });
    expect(id).toMatch(/^applyset-[\w-]{43}-v1$/);
    expect(
      members.map(
        ({ metadata }) => metadata.labels?.['applyset.kubernetes.io/part-of'],
      ),
    ).toEqual([id, id, id]);
    // The parent is no member of itself.
    expect(parent.metadata.labels).not.toHaveProperty([
      'applyset.kubernetes.io/part-of',
    ]);
  });

  it('gives back what was stored', () => {
    expect(readStoredSpec(parent)).toEqual({ spec, revisions, problems: [] });
  });
});

describe('appendRevision', () => {
  it('keeps the last ten, newest first, and never reuses a number', () => {
    const revisions = Array.from({ length: 13 }, (_, i) => i).reduce<
      StoredRevision[]
    >(
      (list, i) => modelInventory.appendRevision(list, revision(`task-${i}`)),
      [],
    );
    expect(revisions.map(entry => entry.revision)).toEqual([
      13, 12, 11, 10, 9, 8, 7, 6, 5, 4,
    ]);
  });

  it('adds nothing when the same run repeats itself', () => {
    const once = modelInventory.appendRevision([], revision('task-1'));
    expect(modelInventory.appendRevision(once, revision('task-1'))).toBe(once);
    expect(
      modelInventory.appendRevision(once, revision('task-1', 2)),
    ).toHaveLength(2);
    expect(
      modelInventory.appendRevision(once, revision('task-2')),
    ).toHaveLength(2);
    const anonymous = modelInventory.appendRevision([], revision(undefined));
    expect(
      modelInventory.appendRevision(anonymous, revision(undefined)),
    ).toHaveLength(2);
  });
});

describe('readStoredSpec survives a broken ConfigMap', () => {
  const good = modelInventory.appendRevision([], revision('task-1'));
  it.each<[string, Record<string, string> | undefined, RegExp, number]>([
    ['no data', undefined, /no key "spec"/, 0],
    ['no spec', { revisions: '[]' }, /no key "spec"/, 0],
    ['broken YAML', { spec: '{' }, /no YAML/, 0],
    ['an invalid spec', { spec: 'kind: Pod' }, /ModelDeployment/, 0],
    ['broken revisions', { revisions: '{"a":1}' }, /list of revisions/, 0],
    ['no JSON', { revisions: 'x' }, /list of revisions/, 0],
    [
      'one broken revision among good ones',
      { revisions: JSON.stringify([...good, { revision: 'x' }]) },
      /not wholly/,
      1,
    ],
  ])('%s', (_, data, message, count) => {
    const stored = readStoredSpec({ data });
    expect(stored.spec).toBeUndefined();
    expect(stored.revisions).toHaveLength(count);
    expect(stored.problems.map(problem => problem.message).join()).toMatch(
      message,
    );
  });
});
