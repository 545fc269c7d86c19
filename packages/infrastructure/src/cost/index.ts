export * from './costTable';
export * from './priceFile';
