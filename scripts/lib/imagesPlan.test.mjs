import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { checkRegistry, checkTag, imagesPlan } from './imagesPlan.mjs';
import { repoDir } from './paths.mjs';
import { readPinnedImages, readPortalTag } from './pinnedImages.mjs';

const REGISTRY = '388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform';

test('prints build, push and deployment of each image', () => {
  assert.deepEqual(
    imagesPlan({
      registry: REGISTRY,
      overlay: 'prod',
      images: [
        { service: 'gateway', name: 'llm-platform/gateway', tag: '1.2.3' },
        { service: 'eval-api', name: 'llm-platform/eval-api', tag: '1.0.0' },
      ],
      portalTag: '2.0.0',
    }).join('\n'),
    `# Build and push, from the root of the repository
yarn workspace @llm-platform/gateway build
docker build --platform linux/amd64 -f services/gateway/Dockerfile -t ${REGISTRY}/gateway:1.2.3 services
docker push ${REGISTRY}/gateway:1.2.3
yarn workspace @llm-platform/eval-api build
docker build --platform linux/amd64 -f services/eval-api/Dockerfile -t ${REGISTRY}/eval-api:1.0.0 services
docker push ${REGISTRY}/eval-api:1.0.0
yarn workspace app build
yarn workspace backend build
docker build --platform linux/amd64 -f packages/backend/Dockerfile -t ${REGISTRY}/portal:2.0.0 .
docker push ${REGISTRY}/portal:2.0.0

# Deploy, with this in packages/platform/settings/settings.yaml:
#   registry: ${REGISTRY}
kubectl apply -k packages/platform/overlays/prod --server-side`,
  );
});

for (const [registry, why] of [
  ['ACCOUNT_ID.dkr.ecr.us-west-2.amazonaws.com/llmplatform-dev', /placeholder/],
  ['<account>.dkr.ecr.us-west-2.amazonaws.com', /placeholder/],
  ['${ACCOUNT}.dkr.ecr.us-west-2.amazonaws.com', /placeholder/],
  ['registry.example.com/llm', /placeholder/],
  ['123456789012.dkr.ecr.us-west-2.amazonaws.com', /placeholder/],
  ['REGISTRY', /placeholder/],
  ['https://ghcr.io/llm', /no scheme/],
  ['ghcr.io/LLM-Platform', /lower-case/],
  ['llm-platform', /host of a registry/],
  ['ghcr.io/llm platform', /no name of a repository/],
  ['', /host of a registry/],
]) {
  test(`refuses the registry "${registry}"`, () => {
    assert.throws(() => checkRegistry(registry), why);
  });
}

for (const registry of [REGISTRY, 'ghcr.io/llm', 'localhost:5000', 'a.b:1/c']) {
  test(`takes the registry ${registry}`, () => checkRegistry(registry));
}

for (const tag of [
  'latest',
  'dev-latest',
  'ACCOUNT_ID',
  '<tag>',
  '1.0.0-RC1',
  'a b',
  '',
  undefined,
  1,
]) {
  test(`refuses the tag ${JSON.stringify(tag)}`, () => {
    assert.throws(() => checkTag('llm-platform/gateway', tag), /llm-platform/);
  });
}

test('the images of the manifests can be built and pushed', () => {
  const images = readPinnedImages();
  assert.ok(images.length > 0);
  imagesPlan({ registry: REGISTRY, images, portalTag: readPortalTag() });
  for (const { service } of images) {
    const folder = path.join(repoDir, 'services', service);
    assert.ok(existsSync(path.join(folder, 'Dockerfile')), service);
    const { scripts } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    );
    assert.ok(scripts.build, service);
  }
});

test('every service that has a Dockerfile is pinned, once', () => {
  const services = readdirSync(path.join(repoDir, 'services')).filter(name =>
    existsSync(path.join(repoDir, 'services', name, 'Dockerfile')),
  );
  assert.deepEqual(
    readPinnedImages()
      .map(({ service }) => service)
      .sort(),
    services.sort(),
  );
});

test('no overlay and no Deployment has a tag of its own', () => {
  const platform = path.join(repoDir, 'packages/platform');
  const files = readdirSync(platform, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ya?ml$/.test(name))
    // The programs of the package, and what the policies are tried on.
    .filter(name => !/(^|\/)(node_modules|src|fixtures)\//.test(name))
    .filter(name => name !== path.join('base', 'kustomization.yaml'));
  for (const name of files) {
    const text = readFileSync(path.join(platform, name), 'utf8');
    assert.doesNotMatch(text, /image:\s*['"]?\S*llm-platform\/[^:\s]+:/, name);
    if (/kustomization\.ya?ml$/.test(name)) {
      for (const image of parse(text).images ?? []) {
        assert.equal(image.newTag, undefined, `${name}: ${image.name}`);
      }
    }
  }
});
