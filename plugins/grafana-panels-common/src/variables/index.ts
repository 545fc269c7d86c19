export { formatDuration, parseDuration } from './duration';
export { escapeRegex, formatScopedValue } from './formats';
export { interpolateText } from './interpolate';
export { interpolatePromql } from './interpolatePromql';
export { MAX_OPTIONS, optionsFromValues } from './options';
export {
  referencedNames,
  replaceReferences,
  type VariableReference,
} from './references';
export {
  plainValue,
  scopedValueOf,
  withInterval,
  withRepeats,
  withTimeRange,
} from './scope';
export {
  changesByChoice,
  dependenciesOf,
  orderVariables,
  selectOf,
} from './selection';
export * from './types';
export {
  parseVariableQuery,
  seriesText,
  type VariableQuery,
} from './variableQuery';
