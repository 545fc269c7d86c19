import {
  block,
  notRead,
  pass,
  warn,
  type Check,
  type Outcome,
} from '../outcome';

function checkSecret(
  { name, key }: { name: string; key: string },
  secrets: Array<{ name: string; keys?: string[] }>,
  namespace: string,
): Outcome | undefined {
  const secret = secrets.find(candidate => candidate.name === name);
  if (!secret) {
    return block(
      `There is no Secret "${name}" in namespace ${namespace}.`,
      `Create it: kubectl create secret generic ${name} -n ${namespace} --from-literal=${key}=<token>`,
    );
  }
  return secret.keys?.includes(key) === false
    ? block(
        `Secret "${name}" has no key "${key}"; it has ${
          secret.keys.join(', ') || 'none'
        }.`,
        'Correct the key in the form, or add it to the Secret.',
      )
    : undefined;
}

export const checkToken: Check = ({ spec, gated, secrets }) => {
  const { tokenSecret, model } = spec.spec;
  const { namespace } = spec.metadata;
  if (!tokenSecret) {
    if (gated === false) {
      return pass(`${model.id} is open: no token is needed.`);
    }
    return gated
      ? block(
          `${model.id} is gated on Hugging Face: a token is needed to download it.`,
          'Give the Secret that holds a Hugging Face token with access to it.',
        )
      : warn(
          `Whether ${model.id} asks for a token is not known, and none is given.`,
          'If the repository is gated, give the Secret with a Hugging Face token.',
        );
  }
  if (!secrets) {
    return gated === false
      ? pass(`${model.id} is open: the token is not needed.`)
      : notRead('The Secrets of the namespace');
  }
  const problem = checkSecret(tokenSecret, secrets, namespace);
  if (!problem) {
    return pass(`Secret ${tokenSecret.name} has the key ${tokenSecret.key}.`);
  }
  if (gated === false) {
    return pass(
      `${problem.message} It is not needed: ${model.id} is an open model.`,
    );
  }
  return gated ? problem : { ...problem, verdict: 'warn' };
};
