export * from './envVariants';
export * from './VariantModels';
