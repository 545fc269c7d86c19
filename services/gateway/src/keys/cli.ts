import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { loadKubeConfig } from '../kube/loadKubeConfig';
import { createApplicationKey } from './applicationKey';
import { readArguments, usage, UsageError } from './arguments';

async function main(args: string[]) {
  const { kubeconfig, ...wanted } = readArguments(args);
  const kubeConfig = kubeconfig ? loadKubeConfig(kubeconfig) : new KubeConfig();
  if (!kubeconfig) {
    kubeConfig.loadFromDefault();
  }
  const { key, id, secret } = createApplicationKey(wanted);
  await kubeConfig.makeApiClient(CoreV1Api).createNamespacedSecret({
    namespace: wanted.namespace,
    body: secret,
    fieldManager: 'llm-platform-gateway-key',
  });
  process.stderr.write(
    `Key ${id} of team ${wanted.team} for ${wanted.models.join(', ')}, ${
      wanted.expires
        ? `until ${wanted.expires.toISOString()}`
        : 'without an end'
    }.\nIt is shown this once. To revoke it: kubectl -n ${
      wanted.namespace
    } delete secret ${secret.metadata.name}\n`,
  );
  process.stdout.write(`${key}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
  const { code, message } = error as { code?: unknown; message?: string };
  process.stderr.write(
    `The key could not be stored: ${code ?? ''} ${
      String(message).split('\n')[0]
    }\n`,
  );
  process.exit(1);
});
