import path from 'node:path';
import { Pki } from './pki';
import { ControlPlanePorts } from './ports';

/** One program of the control plane and how it is started. */
export interface Component {
  name:
    | 'etcd'
    | 'kube-apiserver'
    | 'kube-controller-manager'
    | 'kube-scheduler';
  args: string[];
}

/** The programs in the order of their start. */
export function components(options: {
  stateDir: string;
  ports: ControlPlanePorts;
  pki: Pki;
  egressConfig: string;
  controllerManagerKubeconfig: string;
  schedulerKubeconfig: string;
}): Component[] {
  const { stateDir, ports, pki } = options;
  const etcd = `http://127.0.0.1:${ports.etcdClient}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  return [
    {
      name: 'etcd',
      args: [
        '--name=n0',
        `--data-dir=${path.join(stateDir, 'etcd')}`,
        `--listen-client-urls=${etcd}`,
        `--advertise-client-urls=${etcd}`,
        `--listen-peer-urls=${peer}`,
        `--initial-advertise-peer-urls=${peer}`,
        `--initial-cluster=n0=${peer}`,
        // A power failure may cost the last writes, a killed process doesn't.
        '--unsafe-no-fsync',
        '--auto-compaction-retention=1',
        '--log-level=warn',
      ],
    },
    {
      name: 'kube-apiserver',
      args: [
        `--etcd-servers=${etcd}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.apiserver}`,
        // Both are needed on a machine without a default route.
        '--advertise-address=127.0.0.1',
        '--endpoint-reconciler-type=none',
        '--service-cluster-ip-range=10.96.0.0/16',
        `--tls-cert-file=${pki.apiserver.certFile}`,
        `--tls-private-key-file=${pki.apiserver.keyFile}`,
        `--client-ca-file=${pki.ca.certFile}`,
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${pki.serviceAccountKeyFile}`,
        `--service-account-signing-key-file=${pki.serviceAccountKeyFile}`,
        '--authorization-mode=Node,RBAC',
        '--allow-privileged=true',
        `--egress-selector-config-file=${options.egressConfig}`,
        `--kubelet-client-certificate=${pki.apiserverKubeletClient.certFile}`,
        `--kubelet-client-key=${pki.apiserverKubeletClient.keyFile}`,
        '--profiling=false',
      ],
    },
    {
      name: 'kube-controller-manager',
      args: [
        ...kubeconfigFlags(options.controllerManagerKubeconfig),
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.controllerManager}`,
        '--leader-elect=false',
        `--root-ca-file=${pki.ca.certFile}`,
        `--service-account-private-key-file=${pki.serviceAccountKeyFile}`,
        '--use-service-account-credentials',
        // Volumes are directories here: nothing is attached to a machine, and
        // waiting for an attacher would only make events that mean nothing.
        '--controllers=*,-persistentvolume-attach-detach-controller',
        '--profiling=false',
      ],
    },
    {
      name: 'kube-scheduler',
      args: [
        ...kubeconfigFlags(options.schedulerKubeconfig),
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.scheduler}`,
        '--leader-elect=false',
        '--profiling=false',
      ],
    },
  ];
}

function kubeconfigFlags(file: string): string[] {
  return [
    `--kubeconfig=${file}`,
    `--authentication-kubeconfig=${file}`,
    `--authorization-kubeconfig=${file}`,
  ];
}
