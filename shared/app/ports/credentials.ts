import type { Secret } from '../../domain/secret.ts';

/** What is known about the integration's credentials at Discord; nothing stored: nothing bad. */
export interface CredentialGateState {
  /** `recovering`: accepted again a short while ago, and everyone wants a token now. */
  readonly state: 'rejected' | 'recovering';
  readonly sinceEpochMs: number;
  readonly nextProbeAtEpochMs: number;
}

export interface CredentialGateStore {
  load(): Promise<CredentialGateState | undefined>;
  /**
   * Discord refused the credentials: `rejected` from the first time on, next probe at the given time.
   * @returns whether this is news
   */
  reject(nowEpochMs: number, nextProbeAtEpochMs: number): Promise<boolean>;
  /** @returns whether this caller is the one that may probe now */
  claimProbe(state: CredentialGateState, nextProbeAtEpochMs: number): Promise<boolean>;
  /** Discord took the credentials again, or the operator has entered others: those who were held back catch up. */
  recover(nowEpochMs: number): Promise<void>;
  /** @returns whether this token request is one of the `limit` of this second */
  countRequest(nowEpochSeconds: number, limit: number): Promise<boolean>;
}

/** What is secret about the Discord application. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly botToken?: Secret;
}

export interface AppSecrets {
  /** Cached for minutes. @throws OutageError when unavailable, missing or malformed */
  load(): Promise<AppCredentials>;
  /** Read afresh: the operator may have just entered another secret. */
  reload(): Promise<AppCredentials>;
}

/** What lies in the secret, and which version of it that is. */
export interface StoredCredentials {
  readonly version: string;
  /** Absent while none have been entered. */
  readonly credentials?: AppCredentials;
}

/** The operator's side of the integration's secret. */
export interface AppSecretWriter {
  /**
   * Stores credentials.
   * @param overVersion - only over this version; absent: over whatever lies there
   * @returns false when another version lies there by now
   */
  save(credentials: AppCredentials, overVersion?: string): Promise<boolean>;
  /** @returns nothing while no credentials have been entered */
  load(): Promise<AppCredentials | undefined>;
  loadVersion(): Promise<StoredCredentials>;
}
