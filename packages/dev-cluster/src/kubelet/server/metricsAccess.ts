import { createHash } from 'node:crypto';
import { ApiClient, groupPath } from '../api';

/** Whether the bearer of a token may read the metrics of a node. */
export interface MetricsAccess {
  /** Rejects where the API server can't be asked. */
  mayRead(token: string, node: string): Promise<boolean>;
}

/** As long as a kubelet believes an answer. */
const KEEP_MS = 60_000;
const MAX_ANSWERS = 1_000;

interface TokenReview {
  status?: {
    authenticated?: boolean;
    user?: { username?: string; uid?: string; groups?: string[] };
  };
}

interface SubjectAccessReview {
  status?: { allowed?: boolean };
}

/** Asks the API server, as kubelets do: who is it, and may he `get nodes/metrics`. */
export function createMetricsAccess(
  api: Pick<ApiClient, 'create'>,
  now: () => number = Date.now,
): MetricsAccess {
  const answers = new Map<string, { allowed: boolean; until: number }>();

  const ask = async (token: string, node: string): Promise<boolean> => {
    const review = await api.create<TokenReview>(
      groupPath('authentication.k8s.io/v1', 'tokenreviews'),
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        spec: { token },
      },
    );
    const user = review.status?.user;
    if (!review.status?.authenticated || !user) {
      return false;
    }
    const access = await api.create<SubjectAccessReview>(
      groupPath('authorization.k8s.io/v1', 'subjectaccessreviews'),
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: {
          user: user.username,
          uid: user.uid,
          groups: user.groups,
          resourceAttributes: {
            verb: 'get',
            version: 'v1',
            resource: 'nodes',
            subresource: 'metrics',
            name: node,
          },
        },
      },
    );
    return access.status?.allowed ?? false;
  };

  return {
    async mayRead(token, node) {
      const key = createHash('sha256')
        .update(`${node} ${token}`)
        .digest('base64');
      const known = answers.get(key);
      if (known && known.until > now()) {
        return known.allowed;
      }
      const allowed = await ask(token, node);
      if (answers.size >= MAX_ANSWERS) {
        answers.clear();
      }
      answers.set(key, { allowed, until: now() + KEEP_MS });
      return allowed;
    },
  };
}
