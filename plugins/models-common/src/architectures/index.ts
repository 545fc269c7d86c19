export * from './lookup';
export * from './fromConfig';
