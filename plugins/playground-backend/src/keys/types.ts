import type { JWK } from 'jose';

/** One entry of the ConfigMap: a public key and until when it may be trusted. */
export interface PublishedKey extends JWK {
  kid: string;
  /** ISO time after which the gateway must not accept it, and anyone may remove it. */
  notAfter: string;
}

/** The ConfigMap's data with the version it was read at. */
export interface StoredKeys {
  data: Record<string, string>;
  resourceVersion?: string;
}

/** Where one cluster keeps the portal's public keys. */
export interface SigningKeyStore {
  cluster: string;
  /** Undefined when there is none yet. */
  read(): Promise<StoredKeys | undefined>;
  /** Replaces the data. Rejects with an error named `ConflictError` when `resourceVersion` is no longer current. */
  write(keys: StoredKeys): Promise<void>;
}
