export {
  dataSourcesOf,
  resolveDataSource,
  type KnownDataSource,
} from './resolveDataSource';
