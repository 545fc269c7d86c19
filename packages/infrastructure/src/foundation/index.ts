export * from './budgetAlarm';
export * from './foundationStack';
