export * from './variantsRoute';
