/** Old names of what is computed of a series. */
const REDUCERS: Record<string, string> = {
  avg: 'mean',
  current: 'lastNotNull',
  total: 'sum',
  first: 'firstNotNull',
  last_time: 'lastNotNull',
  name: 'lastNotNull',
};

/** Today's name of `avg`, `current`, `total`, …; those that didn't change stay. */
export function currentReducer(name: string): string {
  return Object.hasOwn(REDUCERS, name) ? REDUCERS[name] : name;
}
