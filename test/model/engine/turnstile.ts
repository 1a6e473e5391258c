/**
 * What meets a call of a request to the world outside.
 * - `refused`: it fails and had no effect
 * - `lost`: it took effect, and the answer never comes
 * - `repeated`: it took effect, the answer was lost, and it is sent again as the SDK does; the second answer comes
 *   (a call to Discord is never repeated: there it is `lost`)
 * - `dies`: the sandbox is gone before the call is made; nobody ever hears of the request again
 */
export type FaultKind = 'refused' | 'lost' | 'repeated' | 'dies';

/** Where calls go to. */
export type Service = 'dynamodb' | 'kms' | 'secretsmanager' | 'discord';

/** Strikes `count` calls of one request to one service, from the given one on; the first is 1. */
export interface Fault {
  /** Counted from the moment on in which Discord has issued tokens: there most is at stake. */
  readonly isLate: boolean;
  readonly service: Service;
  readonly call: number;
  readonly count: number;
  readonly kind: FaultKind;
}

/** How a request fared with its fault. */
export interface Strike {
  readonly hasStruck: boolean;
  /** Tokens that Discord had issued were still nowhere but in this sandbox when its answer was lost or the sandbox died. */
  readonly isAnswerGone: boolean;
}

export const NO_STRIKE: Strike = { hasStruck: false, isAnswerGone: false };

/** How one kind of call ends. */
export interface Manner<T> {
  /** What the caller gets to see of one that failed. */
  readonly fail: (kind: 'refused' | 'lost') => Promise<T> | T;
  /** Whether the answer says that it was done; a write whose condition did not hold was not. */
  readonly isDone: (answer: T) => boolean;
}

/** Lets a call wait for its turn. @returns to be called when the call is over */
export type WaitForTurn = (place: string) => Promise<() => void>;

const TOKEN_REQUEST = 'POST /api/oauth2/token';

/** Operations after which what was held in memory only is kept. */
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'CreateSecret', 'PutSecretValue']);

const NEVER = new Promise<never>(() => undefined);

/**
 * The way out of one sandbox: every call to AWS and Discord passes here, one at a time when requests run together, and
 * meets the fault that was planted for it. A sandbox works on one request at a time, as on Lambda.
 */
export class Turnstile {
  #calls = 0;
  #fault: Fault | undefined;
  #wait: WaitForTurn | undefined;
  #onDeath: () => void = () => undefined;
  #hasTokens = false;
  #isHoldingAnswer = false;
  #isDead = false;
  #strike: Strike = NO_STRIKE;

  /** Of the last request. */
  get strike(): Strike {
    return this.#strike;
  }

  /** Begins a request. @param wait - absent: it runs alone and never waits */
  begin(options: {
    readonly fault?: Fault | undefined;
    readonly wait?: WaitForTurn | undefined;
    readonly onDeath: () => void;
  }): void {
    this.#calls = 0;
    this.#hasTokens = false;
    this.#isHoldingAnswer = false;
    this.#isDead = false;
    this.#strike = NO_STRIKE;
    this.#fault = options.fault;
    this.#wait = options.wait;
    this.#onDeath = options.onDeath;
  }

  async pass<T>(service: Service, operation: string, call: () => Promise<T> | T, manner: Manner<T>): Promise<T> {
    if (this.#isGone()) return NEVER;
    const done = await this.#wait?.(`${service} ${operation}`);
    // Several calls of a request may be under way; with the sandbox all of them are gone.
    const kind = this.#isGone() ? 'dies' : this.#meet(service);
    if (kind !== undefined) this.#note(kind, operation);
    if (kind === 'dies') {
      this.#isDead = true;
      done?.();
      this.#onDeath();
      return NEVER;
    }
    try {
      return await this.#make(service, operation, kind, call, manner);
    } finally {
      done?.();
    }
  }

  async #make<T>(
    service: Service,
    operation: string,
    kind: Exclude<FaultKind, 'dies'> | undefined,
    call: () => Promise<T> | T,
    { fail, isDone }: Manner<T>,
  ): Promise<T> {
    switch (kind) {
      case undefined: {
        const answer = await call();
        if (isDone(answer) && operation === TOKEN_REQUEST) this.#isHoldingAnswer = this.#hasTokens = true;
        if (isDone(answer) && WRITES.has(operation)) this.#isHoldingAnswer = false;
        return answer;
      }
      case 'refused':
        return fail('refused');
      case 'lost':
        await settle(call);
        return fail('lost');
      case 'repeated':
        await settle(call);
        return service === 'discord' ? fail('lost') : call();
    }
  }

  #isGone(): boolean {
    return this.#isDead;
  }

  #meet(service: Service): FaultKind | undefined {
    if (service !== this.#fault?.service || (this.#fault.isLate && !this.#hasTokens)) return undefined;
    this.#calls += 1;
    const { call, count, kind } = this.#fault;
    return this.#calls >= call && this.#calls < call + count ? kind : undefined;
  }

  #note(kind: FaultKind, operation: string): void {
    const isLostHere = kind !== 'refused' && kind !== 'dies' && operation === TOKEN_REQUEST;
    const isLostWithSandbox = kind === 'dies' && this.#isHoldingAnswer;
    this.#strike = { hasStruck: true, isAnswerGone: this.#strike.isAnswerGone || isLostHere || isLostWithSandbox };
  }

  /** Waits for a time: no call, but others may go on meanwhile. */
  async rest(milliseconds: number, advance: (milliseconds: number) => void): Promise<void> {
    if (this.#isDead) return NEVER;
    const done = await this.#wait?.(`sleep ${milliseconds}`);
    advance(milliseconds);
    done?.();
  }
}

/** Whatever came of it: its answer is lost. */
async function settle(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    // A refusal is lost like any other answer.
  }
}
