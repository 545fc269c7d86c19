export {
  dataSourcesOf,
  resolveDataSource,
  type KnownDataSource,
  type ResolvedDataSource,
} from './resolveDataSource';
