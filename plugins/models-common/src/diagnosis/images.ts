import type { Diagnosis } from './types';
import { eventsOf, objectName, statusesOf, type Rule } from './facts';

interface Cause {
  cause: string;
  pattern: RegExp;
  title: string;
  explanation: (image: string) => string;
  remedy: string;
}

/** Read from the registry's answer; the first that matches wins. */
const PULL_CAUSES: Cause[] = [
  {
    cause: 'image-access-denied',
    pattern: /\b(401|403|unauthorized|denied|authentication required)\b/i,
    title: 'The registry refuses access to the image',
    explanation: image => `The node may not pull ${image}.`,
    remedy:
      'Give the node role (or an imagePullSecret) access to the registry, or check the repository name.',
  },
  {
    cause: 'image-not-found',
    pattern: /not found|manifest unknown|no such manifest/i,
    title: 'The image does not exist',
    explanation: image =>
      `The registry has no ${image}: the repository or the tag is wrong, or was never pushed.`,
    remedy: 'Correct the tag, or push the image under that tag.',
  },
  {
    cause: 'registry-unreachable',
    pattern:
      /no such host|i\/o timeout|connection refused|TLS handshake|dial tcp/i,
    title: 'The registry cannot be reached',
    explanation: image => `The node can't connect to the registry of ${image}.`,
    remedy: "Check the registry's host name and the nodes' network access.",
  },
];

const invalidName: Rule = facts =>
  statusesOf(facts).flatMap(({ pod, status }): Diagnosis[] => {
    const { waiting } = status.state ?? {};
    if (waiting?.reason !== 'InvalidImageName') {
      return [];
    }
    const placeholder = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/.exec(status.image)?.[0];
    return [
      {
        cause: 'image-name-invalid',
        severity: 'error',
        phase: 'image-pulled',
        title: 'The image name is not valid',
        explanation: placeholder
          ? `"${status.image}" still contains the placeholder ${placeholder}.`
          : `"${status.image}" is no image name: a repository is lower case.`,
        evidence: [
          {
            object: objectName('Pod', pod),
            text: waiting.message ?? waiting.reason,
          },
        ],
        remedy: placeholder
          ? `Put the real value in the place of ${placeholder} and apply again.`
          : 'Correct the image name and apply again.',
      },
    ];
  });

const pullFailed: Rule = facts =>
  statusesOf(facts).flatMap(({ pod, status }): Diagnosis[] => {
    const { waiting } = status.state ?? {};
    if (!/^(ErrImagePull|ImagePullBackOff)$/.test(waiting?.reason ?? '')) {
      return [];
    }
    // The back-off's own message may not repeat the registry's answer: the event has it.
    const messages = [
      waiting?.message,
      ...eventsOf(facts, 'Pod', pod.metadata?.name)
        .filter(({ reason }) => reason === 'Failed')
        .map(({ message }) => message),
    ].filter(message => message !== undefined);
    for (const { cause, pattern, title, explanation, remedy } of PULL_CAUSES) {
      const text = messages.find(message => pattern.test(message));
      if (text !== undefined) {
        return [
          {
            cause,
            severity: 'error',
            phase: 'image-pulled',
            title,
            explanation: explanation(status.image),
            evidence: [{ object: objectName('Pod', pod), text }],
            remedy,
          },
        ];
      }
    }
    return [];
  });

/** Incidents 19 and 20. */
export const imageRules: Rule[] = [invalidName, pullFailed];
