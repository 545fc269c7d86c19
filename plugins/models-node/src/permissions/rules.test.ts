import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { modelReadPermission } from '@llm-platform/plugin-models-common';
import {
  createModelConditionalDecision,
  isTeamMember,
  modelConditions,
} from './rules';

describe('isTeamMember', () => {
  it('covers what belongs to one of the teams', () => {
    const decision = createModelConditionalDecision(
      modelReadPermission,
      modelConditions.isTeamMember({ teams: ['quant', 'eval'] }),
    );
    expect(decision.result).toBe(AuthorizeResult.CONDITIONAL);
    const isCovered = createConditionAuthorizer([isTeamMember]);
    expect(isCovered(decision, { team: 'quant' })).toBe(true);
    expect(isCovered(decision, { team: 'finetune' })).toBe(false);
    expect(isCovered(decision, undefined)).toBe(false);
    expect(isTeamMember.toQuery({ teams: ['quant'] })).toEqual({
      teams: ['quant'],
    });
  });
});
