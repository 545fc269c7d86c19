export * from './platformTeams';
