import { readLimitsConfig } from './limitsConfig';

describe('readLimitsConfig', () => {
  it('reads limits and prices', () => {
    const result = readLimitsConfig({
      defaultMaxTokens: 512,
      teams: { quant: { usdPerMonth: 200.5, concurrent: 50 }, '*': {} },
      person: { requestsPerMinute: 60 },
      models: {
        smol: { promptUsdPerMillion: 0.05, completionUsdPerMillion: 0.1 },
        '*': { maxTokens: 4096 },
      },
    });
    const none = Infinity;
    expect(result).toEqual({
      config: {
        defaultMaxTokens: 512,
        teams: new Map([
          ['quant', [none, none, none, none, none, 200_500_000_000, 50]],
        ]),
        otherTeams: [none, none, none, none, none, none, none],
        person: [60, none, none, none, none, none, none],
        models: new Map([
          [
            'smol',
            {
              promptNanoUsd: 50,
              completionNanoUsd: 100,
              maxTokens: undefined,
            },
          ],
        ]),
        otherModels: {
          promptNanoUsd: 0,
          completionNanoUsd: 0,
          maxTokens: 4096,
        },
      },
    });
  });

  it.each([[{}], [undefined], [null]])('takes %p as no limits', value => {
    expect(readLimitsConfig(value)).toMatchObject({
      config: { person: undefined, otherTeams: undefined },
    });
  });

  it('lists every problem with its name', () => {
    const result = readLimitsConfig({
      defaultMaxTokens: 0,
      teams: {
        quant: { tokensPerMinute: '5', usdPerDay: -1 },
        eval: { rpm: 5 },
      },
      person: { concurrent: 1.5 },
      models: { smol: { promptUsdPerMillion: 1e9 } },
      team: {},
    });
    const text = 'problems' in result ? result.problems.join('\n') : '';
    for (const name of [
      'defaultMaxTokens must be at least 1',
      'teams.quant.tokensPerMinute must be a number',
      'teams.quant.usdPerDay must not be negative',
      'teams.eval Unrecognized key: "rpm"',
      'person.concurrent must be a whole number',
      'models.smol.promptUsdPerMillion must not exceed',
      'Unrecognized key: "team"',
    ]) {
      expect(text).toContain(name);
    }
  });

  it.each([['text'], [[]], [5]])('refuses %p', value => {
    expect(readLimitsConfig(value)).toHaveProperty('problems');
  });
});
