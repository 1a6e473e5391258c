import type { SimulatorControl } from '../../infra/local/discord/control/operations.ts';
import type { SealContext } from '../../shared/domain/envelope.ts';
import type { liveEdges } from '../../shared/edges/live.ts';
import type { LogEntry } from '../support/recorded-log.ts';
import type { HttpAnswer, HttpCall } from './engine/http-call.ts';
import type { Fault, Strike, WaitForTurn } from './engine/turnstile.ts';
import type { Tenant } from './reference/state.ts';

/** What a command of the operator works with. */
export type OperatorEdges = ReturnType<typeof liveEdges>;

/** How one request is sent. */
export interface SendOptions {
  /** Which sandbox works on it; those that run at the same time need one each. */
  readonly sandbox: number;
  readonly fault?: Fault | undefined;
  /** Absent: it runs alone. */
  readonly wait?: WaitForTurn | undefined;
}

/** The product with its surroundings, as the model drives it and looks at it. */
export interface World {
  /** Which layers are real, for the report. */
  readonly engine: string;
  readonly clock: {
    nowEpochMs(): number;
    /** Discord's. */
    worldEpochMs(): number;
    advance(milliseconds: number): void;
    /** Sets the gateway's clock only. */
    jump(milliseconds: number): void;
    /** The gateway's clock is right again. */
    correct(): void;
  };
  readonly keys: Readonly<Record<Tenant, string>>;
  readonly origin: string;
  readonly control: SimulatorControl;
  /** Until when Discord takes a token or code, by its own clock; 0: it does not know it. Absent: it cannot be looked up. */
  readonly expiries?: { readonly ofAccessToken: (token: string) => number; readonly ofCode: (code: string) => number };
  send(call: HttpCall, options: SendOptions): Promise<HttpAnswer>;
  /** Runs one sweep. @returns false when its sandbox died @throws SweepFailedError */
  sweep(options: SendOptions): Promise<boolean>;
  /** Runs one of the operator's commands. @returns false when its process died @throws OutageError */
  operate(command: (edges: OperatorEdges) => Promise<unknown>, options: SendOptions): Promise<boolean>;
  /** How the last request in this sandbox fared with its fault. */
  strikeOf(sandbox: number): Strike;
  /** What a person's decision at the consent page leads to: the location of the redirect. */
  decideAtDiscord(
    location: string,
    decision: { readonly userId: string; readonly isRefused: boolean },
  ): Promise<string>;
  /** The operator enters a client secret. */
  enterSecret(clientSecret: string): Promise<void>;
  /** All items of the table. */
  listItems(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Opens what the product has sealed. */
  open(context: SealContext, sealed: string): Promise<string>;
  /** What lies in the second place for a connection, sealed. */
  loadSpill(connectionId: string, tokensVersion: number): Promise<string | undefined>;
  /** What was logged since the last reset. */
  readonly log: readonly LogEntry[];
  /** Refresh tokens that reached Discord's token endpoint, each as often as it did, and what came of it; none where that cannot be seen. */
  readonly refreshes: readonly { readonly token: string; readonly status: number }[];
  /** Sandboxes forget what they hold in memory. */
  coldStart(): void;
  /** Everything as it was in the beginning. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
