/*
 * Who may import whom, enforced. Each package's .eslintrc.js calls this with
 * its directory; the boundary follows from the package's place and role.
 */
const { basename, dirname, join } = require('node:path');
const createPackageConfig = require('@backstage/cli/config/eslint-factory');

const OURS = '@llm-platform/*';

/** Patterns of `no-restricted-imports`: what a package must not import. */
function boundaryOf(dir) {
  const area = basename(dirname(dir));
  const name = basename(dir);
  const role = require(join(dir, 'package.json')).backstage?.role;

  if (area === 'services') {
    // What runs in the cluster knows nothing of the portal.
    return name === 'service-kit'
      ? [OURS, '@backstage/*']
      : [OURS, '!@llm-platform/service-kit', '@backstage/*'];
  }
  switch (role) {
    case 'common-library':
      // Pure: runs anywhere, so no Node, no React, no Backstage runtime API.
      return [
        OURS,
        '!@llm-platform/*-common',
        'node:*',
        'react',
        'react-*',
        '@backstage/*',
        '!@backstage/plugin-permission-common',
        '!@backstage/catalog-model',
      ];
    case 'node-library':
      // Extension points and service refs; packages know the declarations of
      // the platform, which computes with the portal's own pure cores, and of
      // ours nothing else.
      return area === 'plugins' || name === 'platform'
        ? [OURS, '!@llm-platform/*-common']
        : [OURS, '!@llm-platform/platform'];
    case 'backend-plugin':
    case 'backend-plugin-module':
      return [OURS, '!@llm-platform/*-common', '!@llm-platform/*-node'];
    case 'frontend-plugin':
    case 'frontend-plugin-module':
    case 'web-library':
      return [OURS, '!@llm-platform/*-common', '!@llm-platform/*-react'];
    case 'frontend':
    case 'backend':
      return ['@llm-platform/dev-cluster', '@llm-platform/e2e'];
    default:
      throw new Error(`no import boundary is defined for role ${role}`);
  }
}

module.exports = function withBoundaries(dir, extraConfig = {}) {
  return createPackageConfig(dir, {
    ...extraConfig,
    restrictedImportPatterns: [
      ...boundaryOf(dir),
      ...(extraConfig.restrictedImportPatterns ?? []),
    ],
  });
};
