import { Accounts } from './Accounts';
import { standingsOf } from './standings';
import { configOf } from './testing/requests';

describe('how many requests are running', () => {
  const MINUTE = 1000;
  const config = configOf({ teams: { quant: { concurrent: 10 } } });

  it.each([
    ['this minute', MINUTE, 7],
    ['in the minute before', MINUTE + 1, 7],
    ['longer ago', MINUTE + 2, 2],
    ['hours ago', MINUTE + 180, 2],
  ])(
    'counts other replicas’ where the team was last asked for %s',
    (_, minute, used) => {
      const accounts = new Accounts();
      const account = accounts.get('team', 'quant', [MINUTE]);
      account.running = 2;
      account.elsewhere = 5;

      expect(standingsOf(config, [], accounts, [minute])).toEqual([
        {
          scope: 'team',
          team: 'quant',
          key: '',
          limit: 'concurrent',
          allowed: 10,
          used,
        },
      ]);
    },
  );
});
