import { checkFiles } from '.';

const GOOD: Record<string, string> = {
  'base/kustomization.yaml': `
resources: [gateway]
configMapGenerator:
  - name: dashboards
    files: [models.json=../dashboards/models.json]
`,
  'base/gateway/kustomization.yaml': 'resources: [deployment.yaml]',
  'base/gateway/deployment.yaml': 'kind: Deployment',
  'dashboards/models.json': '{}',
  'overlays/dev/kustomization.yaml': `
resources: [../../base]
components: [../../components/aws]
patches:
  - path: gateway.yaml
  - target: { kind: Deployment }
    patch: '[]'
replacements: [{ path: settings.yaml }]
`,
  'overlays/dev/gateway.yaml': 'kind: Deployment',
  'overlays/dev/settings.yaml': '[]',
  'overlays/dev/outside.yaml': '[]',
  'overlays/prod/kustomization.yaml': 'resources: [../../base]',
  'components/aws/kustomization.yaml': 'kind: Component',
};

function problemsOf(change: Record<string, string | undefined>) {
  const files = Object.entries({ ...GOOD, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return checkFiles(new Map(files), {
    roots: ['overlays/dev', 'overlays/prod'],
    ignored: file => file.endsWith('/outside.yaml'),
  }).map(({ at, message }) => `${at}: ${message}`);
}

it('finds nothing where each file has one user and a base several overlays', () => {
  expect(problemsOf({})).toEqual([]);
});

it.each<[string, Record<string, string | undefined>, string]>([
  [
    'a file that nobody uses',
    { 'base/gateway/service.yaml': 'kind: Service' },
    'base/gateway/service.yaml: is used by nobody: no overlay deploys it. Name it in a kustomization.yaml, or remove it',
  ],
  [
    'a directory that no overlay reaches',
    { 'base/old/kustomization.yaml': 'resources: []' },
    'base/old/kustomization.yaml: is used by nobody: no overlay deploys it. Name it in a kustomization.yaml, or remove it',
  ],
  [
    'a file that is named twice',
    {
      'overlays/prod/kustomization.yaml':
        'resources: [../../base]\npatches: [{ path: ../dev/gateway.yaml }]',
    },
    'overlays/dev/gateway.yaml: is used 2 times, by overlays/dev/kustomization.yaml and overlays/prod/kustomization.yaml. One of them is enough',
  ],
  [
    'a name without a file',
    { 'base/gateway/deployment.yaml': undefined },
    'base/gateway/kustomization.yaml: names deployment.yaml, which is not there. Take the line out, or bring the file back',
  ],
  [
    "a generator's file that is gone",
    { 'dashboards/models.json': undefined },
    'base/kustomization.yaml: names ../dashboards/models.json, which is not there. Take the line out, or bring the file back',
  ],
])('finds %s', (_, change, expected) => {
  expect(problemsOf(change)).toEqual([expected]);
});
