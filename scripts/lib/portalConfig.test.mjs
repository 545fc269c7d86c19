import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { slug, writePortalConfig } from './portalConfig.mjs';

function write(options) {
  const portalDir = mkdtempSync(path.join(tmpdir(), 'portal-config-'));
  try {
    const file = writePortalConfig({
      portalDir,
      port: 7008,
      instance: 0,
      bootstrapFile: '/state/bootstrap.json',
      ...options,
    });
    return { portalDir, config: JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(portalDir, { recursive: true, force: true });
  }
}

test('points the portal at the embedded cluster, on loopback', () => {
  const { portalDir, config } = write({ instance: 3 });

  assert.equal(config.backend.listen.host, '127.0.0.1');
  assert.equal(config.backend.listen.port, 7008);
  assert.equal(config.app.baseUrl, 'http://localhost:7008');
  assert.deepEqual(config.llmPlatform.clusters, [
    {
      name: 'embedded',
      title: 'Embedded cluster',
      kubeconfig: path.join(portalDir, 'kubeconfig'),
      context: 'portal',
      embedded: true,
      readOnly: false,
      gateway: { url: 'http://127.0.0.4:30080' },
      prometheus: { url: 'http://127.0.0.4:30090' },
    },
  ]);
});

test('makes team services from the kit here, with images for the embedded cluster', () => {
  const { portalDir, config } = write({ instance: 3 });

  const { kit, repositories, imageBuilders } = config.llmPlatform.teamServices;
  assert.match(kit, /services\/service-kit$/);
  assert.equal(repositories, path.join(portalDir, 'repositories'));
  assert.equal(imageBuilders[0].cluster, 'embedded');
  assert.deepEqual(imageBuilders[0].command.slice(-2), [
    '--instance=3',
    'image',
  ]);
});

test('points it at a context of the user, read only', () => {
  const { config } = write({
    external: {
      context: 'arn:aws:eks:us-west-2:123456789012:cluster/prod',
      kubeconfig: '/home/me/.kube/config',
      readOnly: true,
    },
  });

  const [cluster] = config.llmPlatform.clusters;
  assert.equal(cluster.name, 'arn-aws-eks-us-west-2-123456789012-cluster-prod');
  assert.equal(
    cluster.context,
    'arn:aws:eks:us-west-2:123456789012:cluster/prod',
  );
  assert.equal(cluster.readOnly, true);
  assert.equal(cluster.embedded, false);
  assert.deepEqual(config.llmPlatform.teamServices.imageBuilders, []);
});

test('gives every context a name that can stand in a URL', () => {
  for (const context of ['a', 'Über/Cluster', '///', 'x'.repeat(300)]) {
    assert.match(slug(context), /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  }
  assert.notEqual(slug(`${'x'.repeat(80)}1`), slug(`${'x'.repeat(80)}2`));
});
