import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platformApp } from '../platformApp';
import { environmentSettings } from '../settings';
import { cfnLint } from './cfnLint';

const region = 'us-west-2';
const ignore = [
  // CDK writes down dependencies that follow from references too.
  'W3005',
  // The zones' names, so that synthesis needs no account.
  'W3010',
];

describe('cfn-lint', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'cfn-lint-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('finds nothing in the templates of the smallest and the largest environment', async () => {
    const { app } = platformApp({
      accountSettings: { region, apiCidrs: ['203.0.113.7/32'] },
      environments: [environmentSettings.dev, environmentSettings.prod],
      app: {
        outdir: directory,
        context: { 'aws:cdk:disable-asset-staging': true },
      },
    });
    const templates = app
      .synth()
      .stacks.map(({ templateFullPath }) => templateFullPath);
    expect(templates).toHaveLength(9);
    expect(await cfnLint(templates, { region, ignore })).toEqual({
      findings: '',
      code: 0,
    });
  }, 300_000);

  it('finds what CloudFormation would refuse', async () => {
    const template = path.join(directory, 'bad.template.json');
    writeFileSync(
      template,
      JSON.stringify({
        Resources: {
          Nodes: {
            Type: 'AWS::EKS::Nodegroup',
            Properties: { AmiType: 'AL1' },
          },
        },
      }),
    );
    const { code, findings } = await cfnLint([template], { region, ignore });
    expect(code).not.toBe(0);
    expect(findings).toMatch(/AmiType|AL1/);
  }, 120_000);
});
