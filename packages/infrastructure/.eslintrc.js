module.exports = require('../../eslint.boundaries')(__dirname, {
  // A construct adds itself to its scope: that is what CDK's `new` is for.
  rules: { 'no-new': 'off' },
});
