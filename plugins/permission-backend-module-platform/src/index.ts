/**
 * Permission policy of the platform: members act on what their teams own, platform engineers on all.
 *
 * @packageDocumentation
 */
export { permissionModulePlatform as default } from './module';
