export {
  errorOfQuery,
  FinalError,
  isDeniedOrMissing,
  isFinal,
  statusOf,
} from './failures';
