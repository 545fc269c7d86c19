/**
 * The page of a team: its services, models and GPUs.
 *
 * @packageDocumentation
 */
export { teamsPlugin as default } from './plugin';
