export * from './GatewayClient';
export * from './types';
