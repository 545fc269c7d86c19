export { applyFields } from './applyFields';
export { fieldConfigOf } from './fieldConfig';
