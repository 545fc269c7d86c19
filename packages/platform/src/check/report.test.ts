import { runChecks } from './report';

it('counts what holds and what fails, an exception too, and says why', async () => {
  const said: string[] = [];
  const counts = await runChecks(
    [
      { name: 'good', run: async () => ({ problems: [], notes: ['a table'] }) },
      {
        name: 'bad',
        run: async () => ({ problems: ['this\nand that'], notes: ['unseen'] }),
      },
      {
        name: 'broken',
        run: async () => {
          throw new Error('no kubectl');
        },
      },
    ],
    line => said.push(line),
  );

  expect(counts).toEqual({ passed: 1, failed: 2 });
  expect(said).toEqual([
    'ok  good',
    '      a table',
    'FAILED  bad',
    '      this',
    '      and that',
    'FAILED  broken',
    '      no kubectl',
  ]);
});
