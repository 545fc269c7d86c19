export * from './createTeamService';
export { runTeamService } from './runTeamService';
export * from './TeamService';
export { problems } from './zodRoutes';
export type { TeamServiceApp, ZodTypeProvider } from './zodRoutes';
export type { EnvironmentOf, TeamServiceEnvironment } from './environment';
