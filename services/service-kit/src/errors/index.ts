export * from './errorCodes';
export * from './ServiceError';
