export { DataTable } from './DataTable';
export { tablesOf, type PlainTable } from './tableOf';
