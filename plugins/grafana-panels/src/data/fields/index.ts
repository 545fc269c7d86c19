export { applyFields } from './applyFields';
export { fieldConfigOf } from './fieldConfig';
export { replaceVariablesIn } from './replaceVariables';
