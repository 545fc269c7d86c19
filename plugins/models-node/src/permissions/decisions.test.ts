import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { modelReadPermission } from '@llm-platform/plugin-models-common';
import { createModelConditionalDecision, modelConditions, teamsOf } from '.';

const { isTeamMember } = modelConditions;

function conditional(
  conditions: Parameters<typeof createModelConditionalDecision>[1],
) {
  return createModelConditionalDecision(modelReadPermission, conditions);
}

describe('teamsOf', () => {
  it('is all teams when everything is allowed, and none when nothing is', () => {
    expect(teamsOf({ result: AuthorizeResult.ALLOW })).toBe('all');
    expect(teamsOf({ result: AuthorizeResult.DENY })).toEqual([]);
  });

  it('names the teams of a condition once, in order', () => {
    expect(
      teamsOf(conditional(isTeamMember({ teams: ['quant', 'eval', 'quant'] }))),
    ).toEqual(['eval', 'quant']);
  });

  it('follows the logic of nested conditions', () => {
    const both = isTeamMember({ teams: ['quant', 'eval'] });
    const evaluators = isTeamMember({ teams: ['eval'] });
    expect(
      teamsOf(conditional({ allOf: [both, { not: evaluators }] })),
    ).toEqual(['quant']);
    expect(
      teamsOf(
        conditional({ anyOf: [evaluators, isTeamMember({ teams: ['ops'] })] }),
      ),
    ).toEqual(['eval', 'ops']);
  });

  it('covers no team when a condition names none', () => {
    expect(teamsOf(conditional(isTeamMember({ teams: [] })))).toEqual([]);
  });
});
