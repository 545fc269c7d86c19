import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { namespaces } from './namespaces';
import { storageClasses } from './storageClasses';

interface Manifest {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: { hard?: Record<string, string>; limits?: object[] };
}

/** The objects of a manifest of the platform. */
function manifests(file: string): Manifest[] {
  return parseAllDocuments(
    readFileSync(path.join(__dirname, '../..', file), 'utf8'),
  ).map(document => document.toJS() as Manifest);
}

describe('the manifests agree with the declarations', () => {
  it('in namespaces, their teams and Pod Security levels', () => {
    expect(
      manifests('base/namespaces/namespaces.yaml').map(
        ({ metadata: { name, labels = {} } }) => ({
          name,
          team: labels['llm-platform.dev/team'],
          podSecurity: labels['pod-security.kubernetes.io/enforce'],
        }),
      ),
    ).toEqual(
      namespaces.map(({ name, team, podSecurity }) => ({
        name,
        team,
        podSecurity,
      })),
    );
  });

  it('in quotas', () => {
    expect(
      manifests('base/namespaces/quotas.yaml').map(({ metadata, spec }) => [
        metadata.namespace,
        spec?.hard,
      ]),
    ).toEqual(namespaces.map(({ name, quota }) => [name, quota]));
  });

  it('in what a container gets that asks for nothing', () => {
    expect(
      manifests('base/namespaces/limit-ranges.yaml').map(
        ({ metadata, spec }) => [metadata.namespace, spec?.limits],
      ),
    ).toEqual(
      namespaces.map(({ name, defaults }) => [
        name,
        [
          {
            type: 'Container',
            defaultRequest: defaults.requests,
            default: defaults.limits,
          },
        ],
      ]),
    );
  });

  it('in the storage classes of the embedded cluster', () => {
    const classes = manifests('overlays/embedded/addons/ebs-csi.yaml')
      .filter(({ kind }) => kind === 'StorageClass')
      .map(({ kind, metadata, ...fields }) => ({
        ...fields,
        name: metadata.name,
        isDefault:
          metadata.annotations?.[
            'storageclass.kubernetes.io/is-default-class'
          ] === 'true',
      }));
    expect(classes).toHaveLength(storageClasses.length);
    for (const { onEks, ...declared } of storageClasses) {
      expect(classes).toContainEqual({
        ...declared,
        apiVersion: 'storage.k8s.io/v1',
      });
    }
  });
});
