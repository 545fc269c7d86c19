// Tests on a real control plane (*.integration.test.ts), with the transforms
// that the Backstage CLI gives the unit tests. They run one after the other:
// jest --config jest.integration.config.js --runInBand
module.exports = require('@backstage/cli/config/jest').then(root => ({
  ...root,
  testTimeout: 240_000,
  projects: root.projects.map(project => ({
    ...project,
    testMatch: ['**/*.integration.test.ts'],
    testPathIgnorePatterns: ['/node_modules/'],
  })),
}));
