export { TeamPage } from './TeamPage';
export { TeamOverview } from './TeamOverview';
