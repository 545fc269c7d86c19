// The browser tests, with the transforms that the Backstage CLI gives the unit
// tests. One portal and one cluster serve all files, so they run one by one.
module.exports = require('@backstage/cli/config/jest').then(config => ({
  ...config,
  testMatch: ['**/*.e2e.test.ts'],
  testTimeout: 300_000,
  globalSetup: require.resolve('./src/harness/globalSetup.ts'),
  globalTeardown: require.resolve('./src/harness/globalTeardown.ts'),
}));
