export * from './JsonClient';
export * from './Remembered';
export * from './requireAccess';
