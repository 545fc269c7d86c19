export * from './JsonClient';
export * from './Remembered';
