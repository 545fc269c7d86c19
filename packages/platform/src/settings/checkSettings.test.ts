import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkSettings } from './checkSettings';

const GOOD = {
  registry: '388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform',
  domain: 'llm.acme.net',
};
const text = (data: object) => JSON.stringify({ kind: 'ConfigMap', data });

describe('the settings', () => {
  it('are what they say', () => {
    expect(checkSettings(text(GOOD))).toEqual({ settings: GOOD, problems: [] });
  });

  it('as they lie in the repository are missing, each by its name', () => {
    const file = path.join(__dirname, '../../settings/settings.yaml');
    expect(checkSettings(readFileSync(file, 'utf8')).problems).toEqual([
      expect.stringMatching(/^registry is missing/),
      expect.stringMatching(/^domain is missing/),
    ]);
  });

  it.each([
    ['registry', 'ACCOUNT_ID.dkr.ecr.us-west-2.amazonaws.com/llm-platform'],
    ['registry', '<account>.dkr.ecr.us-west-2.amazonaws.com'],
    ['registry', '123456789012.dkr.ecr.us-west-2.amazonaws.com/llm-platform'],
    ['registry', '${REGISTRY}'],
    ['domain', 'example.com'],
    ['domain', 'your-domain.net'],
    ['domain', 'DOMAIN_NAME'],
  ])('refuse the placeholder in %s: %s', (name, value) => {
    expect(checkSettings(text({ ...GOOD, [name]: value })).problems).toEqual([
      `${name} is still a placeholder: ${value}`,
    ]);
  });

  it.each([
    ['registry', 'https://registry.acme.net/llm'],
    ['registry', 'Registry.acme.net'],
    ['registry', 'llm-platform'],
    ['domain', 'acme'],
    ['domain', 'acme.net/llm'],
    ['domain', '.acme.net'],
  ])('refuse the form of %s: %s', (name, value) => {
    expect(checkSettings(text({ ...GOOD, [name]: value })).problems).toEqual([
      expect.stringContaining(`${name} is not of the form`),
    ]);
  });

  it.each([undefined, '', 12])('refuse %p as a domain', domain => {
    expect(checkSettings(text({ ...GOOD, domain })).problems).toEqual([
      expect.stringMatching(/^domain is missing/),
    ]);
  });

  it('refuse a name that nobody reads', () => {
    expect(
      checkSettings(text({ ...GOOD, account: '388691194728' })).problems,
    ).toEqual(['account is no setting: there are registry and domain']);
  });
});
