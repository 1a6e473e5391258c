import type { AuditActor } from '../domain/audit-event.ts';

/** Who operates the installation. Roles and other ways to sign in would be told apart here. */
export interface Operator {
  readonly actor: AuditActor & { readonly kind: 'operator' };
  /** A browser that is signed in, or a program with the operator key. */
  readonly by: 'session' | 'key';
  /** Generation of the operator's record in which this one was let in: what changes that record must still find it. */
  readonly generation: string;
  /** Present when a browser asks. */
  readonly session?: {
    readonly hash: string;
    readonly csrfToken: string;
    readonly expiresAtEpochSeconds: number;
  };
}
