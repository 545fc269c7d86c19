import { generateKeyPair, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';

const generateRsa = promisify(generateKeyPair);

/** A certificate with its key, both PEM and both on disk. @public */
export interface KeyPair {
  cert: string;
  key: string;
  certFile: string;
  keyFile: string;
}

/** All that the control plane's parts show each other. @public */
export interface Pki {
  ca: KeyPair;
  apiserver: KeyPair;
  apiserverKubeletClient: KeyPair;
  admin: KeyPair;
  controllerManager: KeyPair;
  scheduler: KeyPair;
  nodeAgent: KeyPair;
  kubeletServer: KeyPair;
  serviceAccountKeyFile: string;
}

interface Subject {
  commonName: string;
  organization?: string;
  names?: string[];
  addresses?: string[];
}

const YEARS = 10;

const SUBJECTS = {
  apiserver: {
    commonName: 'kube-apiserver',
    names: [
      'localhost',
      'kubernetes',
      'kubernetes.default',
      'kubernetes.default.svc',
      'kubernetes.default.svc.cluster.local',
    ],
    addresses: ['127.0.0.1', '10.96.0.1'],
  },
  apiserverKubeletClient: {
    commonName: 'kube-apiserver-kubelet-client',
    organization: 'system:masters',
  },
  admin: { commonName: 'admin', organization: 'system:masters' },
  controllerManager: { commonName: 'system:kube-controller-manager' },
  scheduler: { commonName: 'system:kube-scheduler' },
  // Plays kubelet, kube-proxy, CSI driver and cloud provider at once.
  nodeAgent: {
    commonName: 'llm-platform-node-agent',
    organization: 'system:masters',
  },
  kubeletServer: {
    commonName: 'kubelet',
    names: ['*.us-west-2.compute.internal', 'localhost'],
    addresses: ['127.0.0.1'],
  },
} satisfies Record<string, Subject>;

/** Reads the state directory's PKI, or makes it at the first start. */
export async function loadOrCreatePki(stateDir: string): Promise<Pki> {
  const dir = path.join(stateDir, 'pki');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const serviceAccountKeyFile = path.join(dir, 'sa.key');
  // Written last: while it is missing, the set is not complete.
  const complete = path.join(dir, '.complete');
  if (!existsSync(complete)) {
    await createPki(dir, serviceAccountKeyFile);
    writeFileSync(complete, '');
  }
  const read = (name: string): KeyPair => {
    const certFile = path.join(dir, `${name}.crt`);
    const keyFile = path.join(dir, `${name}.key`);
    return {
      certFile,
      keyFile,
      cert: readFileSync(certFile, 'utf8'),
      key: readFileSync(keyFile, 'utf8'),
    };
  };
  return {
    ca: read('ca'),
    apiserver: read('apiserver'),
    apiserverKubeletClient: read('apiserverKubeletClient'),
    admin: read('admin'),
    controllerManager: read('controllerManager'),
    scheduler: read('scheduler'),
    nodeAgent: read('nodeAgent'),
    kubeletServer: read('kubeletServer'),
    serviceAccountKeyFile,
  };
}

async function createPki(dir: string, serviceAccountKeyFile: string) {
  const ca = await createKey();
  const caName = [{ name: 'commonName', value: 'llm-platform-embedded-ca' }];
  const caCert = blankCertificate(ca);
  caCert.setSubject(caName);
  caCert.setIssuer(caName);
  caCert.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    {
      name: 'keyUsage',
      keyCertSign: true,
      cRLSign: true,
      digitalSignature: true,
      critical: true,
    },
    { name: 'subjectKeyIdentifier' },
  ]);
  caCert.sign(ca.privateKey, forge.md.sha256.create());
  save(dir, 'ca', caCert, ca);

  for (const [name, subject] of Object.entries<Subject>(SUBJECTS)) {
    const key = await createKey();
    const cert = blankCertificate(key);
    cert.setSubject([
      { name: 'commonName', value: subject.commonName },
      ...(subject.organization
        ? [{ name: 'organizationName', value: subject.organization }]
        : []),
    ]);
    cert.setIssuer(caName);
    const altNames = [
      ...(subject.names ?? []).map(value => ({ type: 2, value })),
      ...(subject.addresses ?? []).map(ip => ({ type: 7, ip })),
    ];
    cert.setExtensions([
      { name: 'basicConstraints', cA: false, critical: true },
      {
        name: 'keyUsage',
        digitalSignature: true,
        keyEncipherment: true,
        critical: true,
      },
      { name: 'extKeyUsage', clientAuth: true, serverAuth: true },
      ...(altNames.length > 0 ? [{ name: 'subjectAltName', altNames }] : []),
    ]);
    cert.sign(ca.privateKey, forge.md.sha256.create());
    save(dir, name, cert, key);
  }

  const serviceAccount = await createKey();
  writeSecret(
    serviceAccountKeyFile,
    forge.pki.privateKeyToPem(serviceAccount.privateKey),
  );
}

/** OpenSSL makes the keys: forge's own generator takes seconds for each. */
async function createKey(): Promise<forge.pki.rsa.KeyPair> {
  const { publicKey, privateKey } = await generateRsa('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey) as forge.pki.rsa.PublicKey,
    privateKey: forge.pki.privateKeyFromPem(
      privateKey,
    ) as forge.pki.rsa.PrivateKey,
  };
}

function blankCertificate(key: forge.pki.rsa.KeyPair): forge.pki.Certificate {
  const cert = forge.pki.createCertificate();
  cert.publicKey = key.publicKey;
  // The leading byte keeps the number positive, which Go insists on, and its
  // encoding the shortest one, which OpenSSL insists on: random bytes after a
  // zero one can begin with a zero themselves.
  cert.serialNumber = `01${randomBytes(15).toString('hex')}`;
  const now = new Date();
  // Some tolerance for a clock that was set back.
  cert.validity.notBefore = new Date(now.getTime() - 60 * 60 * 1000);
  cert.validity.notAfter = new Date(now);
  cert.validity.notAfter.setFullYear(now.getFullYear() + YEARS);
  return cert;
}

function save(
  dir: string,
  name: string,
  cert: forge.pki.Certificate,
  key: forge.pki.rsa.KeyPair,
): void {
  writeFileSync(
    path.join(dir, `${name}.crt`),
    forge.pki.certificateToPem(cert),
  );
  writeSecret(
    path.join(dir, `${name}.key`),
    forge.pki.privateKeyToPem(key.privateKey),
  );
}

function writeSecret(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 });
}
