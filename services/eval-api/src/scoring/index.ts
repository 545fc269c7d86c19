export * from './judge';
export * from './RegexMatcher';
export * from './score';
