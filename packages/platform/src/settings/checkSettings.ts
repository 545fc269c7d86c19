import { parse } from 'yaml';

/** Where the platform is: what every installation has to say itself. @public */
export interface PlatformSettings {
  /** Registry and path that the images are in, such as `….amazonaws.com/llm-platform`. */
  registry: string;
  /** Domain below which the environments have their hosts. */
  domain: string;
}

/** The settings, and what is wrong with them, one line each. @public */
export interface SettingsResult {
  settings: Partial<PlatformSettings>;
  problems: string[];
}

/** Words and numbers that stand for something nobody filled in (incident 19). */
const PLACEHOLDER =
  /[A-Z][A-Z0-9]*_[A-Z0-9_]+|[<>{}$]|example\.(com|org|net)|\byour[-_.]|placeholder|change[-_]?me|\btodo\b|\b(0{12}|123456789012)\b/i;

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const FORMS: Record<keyof PlatformSettings, { form: RegExp; like: string }> = {
  registry: {
    form: new RegExp(
      `^(?:localhost|${LABEL}(?:\\.${LABEL})+)(?::[0-9]+)?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$`,
    ),
    like: '388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform',
  },
  domain: {
    form: new RegExp(`^${LABEL}(?:\\.${LABEL})+$`),
    like: 'llm.mycompany.net',
  },
};

/**
 * Reads settings/settings.yaml: every value that is missing, a placeholder or
 * of the wrong form is a problem, by its name.
 *
 * @public
 */
export function checkSettings(text: string): SettingsResult {
  const data = (parse(text) as { data?: Record<string, unknown> } | null)?.data;
  const settings: Partial<PlatformSettings> = {};
  const problems: string[] = [];
  for (const name of ['registry', 'domain'] as const) {
    const value = data?.[name];
    const { form, like } = FORMS[name];
    if (typeof value !== 'string' || value === '') {
      problems.push(`${name} is missing: set it, for example to ${like}`);
    } else if (PLACEHOLDER.test(value)) {
      problems.push(`${name} is still a placeholder: ${value}`);
    } else if (!form.test(value)) {
      problems.push(`${name} is not of the form ${like}: ${value}`);
    } else {
      settings[name] = value;
    }
  }
  for (const name of Object.keys(data ?? {})) {
    if (!Object.hasOwn(FORMS, name)) {
      problems.push(`${name} is no setting: there are registry and domain`);
    }
  }
  return { settings, problems };
}
