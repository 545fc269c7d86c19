/**
 * The AWS account as CDK.
 *
 * @packageDocumentation
 */
export * from './platformApp';
export * from './settings';
