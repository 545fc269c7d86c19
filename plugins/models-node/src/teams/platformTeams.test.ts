import { ConfigReader } from '@backstage/config';
import { PlatformTeams } from './platformTeams';

describe('PlatformTeams', () => {
  it.each([
    [
      ['user:default/mia', 'group:default/quant', 'group:default/Quant'],
      { teams: ['quant'], isPlatformEngineer: false },
    ],
    [
      ['group:default/platform', 'group:default/eval'],
      { teams: ['eval', 'platform'], isPlatformEngineer: true },
    ],
    [
      ['group:other/quant', 'user:default/quant', 'component:default/quant'],
      { teams: [], isPlatformEngineer: false },
    ],
    [[], { teams: [], isPlatformEngineer: false }],
  ])('reads %j', (refs, membership) => {
    expect(
      PlatformTeams.fromConfig(new ConfigReader({})).membershipOf(refs),
    ).toEqual(membership);
  });

  it('takes the platform’s groups from the configuration', () => {
    const teams = PlatformTeams.fromConfig(
      new ConfigReader({ llmPlatform: { platformGroups: ['group:ops/SRE'] } }),
    );
    expect(teams.membershipOf(['group:ops/sre']).isPlatformEngineer).toBe(true);
    expect(
      teams.membershipOf(['group:default/platform']).isPlatformEngineer,
    ).toBe(false);
  });
});
