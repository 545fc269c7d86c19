export * from './KeyPublisher';
export * from './SigningKeys';
export * from './types';
