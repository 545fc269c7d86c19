export * from './Credential';
export * from './ApplicationKeys';
export * from './PortalTokens';
export * from './authenticate';
export * from './records';
