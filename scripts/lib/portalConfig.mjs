import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodePortAddress, repoDir } from './paths.mjs';

/**
 * Writes what only this machine knows (addresses, paths, the cluster) as a
 * Backstage config file, and returns its path. JSON is YAML.
 */
export function writePortalConfig({
  portalDir,
  port,
  appPort = port,
  instance,
  external,
  bootstrapFile,
}) {
  const appUrl = `http://localhost:${appPort}`;
  const sqlite = path.join(portalDir, 'sqlite');
  mkdirSync(sqlite, { recursive: true, mode: 0o700 });
  const config = {
    app: { baseUrl: appUrl },
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { host: '127.0.0.1', port },
      // With hot reload the pages have a port, so an origin, of their own.
      cors: { origin: appUrl, credentials: true },
      database: {
        client: 'better-sqlite3',
        connection: { directory: sqlite },
      },
    },
    llmPlatform: {
      bootstrapFile,
      teamServices: {
        kit: path.join(repoDir, 'services/service-kit'),
        repositories: path.join(portalDir, 'repositories'),
        // Of a cluster of one's own, the images come from its registry.
        imageBuilders: external
          ? []
          : [
              {
                cluster: 'embedded',
                command: [
                  process.execPath,
                  path.join(repoDir, 'scripts/dev-cluster.mjs'),
                  `--instance=${instance}`,
                  'image',
                ],
              },
            ],
      },
      clusters: [
        external
          ? {
              name: slug(external.context),
              title: external.context,
              kubeconfig: external.kubeconfig,
              context: external.context,
              embedded: false,
              readOnly: external.readOnly,
            }
          : {
              name: 'embedded',
              title: 'Embedded cluster',
              kubeconfig: path.join(portalDir, 'kubeconfig'),
              context: 'portal',
              embedded: true,
              readOnly: false,
              gateway: { url: `http://${nodePortAddress(instance)}:30080` },
              prometheus: { url: `http://${nodePortAddress(instance)}:30090` },
            },
      ],
    },
  };
  const file = path.join(portalDir, 'app-config.generated.yaml');
  writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`, {
    mode: 0o600,
  });
  return file;
}

/** A context's name (an ARN, on EKS) as a cluster name for URLs and labels. */
export function slug(context) {
  const text = context
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (text.length > 0 && text.length <= 50) {
    return text;
  }
  const hash = createHash('sha256').update(context).digest('hex').slice(0, 8);
  return `${text.slice(-40).replace(/^-+/, '')}-${hash}`.replace(/^-+/, '');
}
