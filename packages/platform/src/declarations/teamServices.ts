/** A team's own service, whose ServiceAccount has its name. @public */
export interface TeamServiceDeclaration {
  name: string;
  namespace: string;
  team: string;
}

/** The team services of the platform itself. @public */
export const teamServices: readonly TeamServiceDeclaration[] = [
  { name: 'quant-api', namespace: 'quant', team: 'quant' },
  { name: 'finetune-api', namespace: 'finetune', team: 'finetune' },
  { name: 'eval-api', namespace: 'eval', team: 'eval' },
];
