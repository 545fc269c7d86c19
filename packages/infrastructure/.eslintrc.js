module.exports = require('../../eslint.boundaries')(__dirname, {
  rules: {
    // A construct adds itself to its scope: that is what CDK's `new` is for.
    'no-new': 'off',
    // Assertions of aws-cdk-lib/assertions.
    'jest/expect-expect': [
      'warn',
      { assertFunctionNames: ['expect', 'template.*', 'stack.*'] },
    ],
  },
});
