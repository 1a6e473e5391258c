/**
 * What meets a call of a request to the world outside, counted from 1.
 * - `refused`: it fails and had no effect
 * - `lost`: it took effect, and the answer never comes
 * - `repeated`: it took effect, the answer was lost, and it is sent again as the SDK does; the second answer comes
 *   (a call to Discord is never repeated: there it is `lost`)
 * - `dies`: the sandbox is gone before the call is made; nobody ever hears of the request again
 */
export type FaultKind = 'refused' | 'lost' | 'repeated' | 'dies';

/** Where calls go to. */
export type Service = 'dynamodb' | 'kms' | 'secretsmanager' | 'discord';

/** Strikes `count` calls of one request to one service, from the given one on. */
export interface Fault {
  readonly service: Service;
  readonly call: number;
  readonly count: number;
  readonly kind: FaultKind;
}

/** How one kind of call fails. */
export interface Failures<T> {
  /** What the caller gets to see of a call that failed. */
  readonly fail: (kind: 'refused' | 'lost') => Promise<T> | T;
  readonly isRepeatable: boolean;
}

/** Lets a call wait for its turn. @returns when it may go on */
export type WaitForTurn = (place: string) => Promise<void>;

/** How a request fared with its fault. */
export interface Strike {
  readonly hasStruck: boolean;
  /** Tokens that Discord had issued were still nowhere but in this sandbox when its answer was lost or the sandbox died. */
  readonly isAnswerGone: boolean;
}

const TOKEN_REQUEST = 'POST /api/oauth2/token';

/** Operations after which what was held in memory only is kept. */
const WRITES: ReadonlySet<string> = new Set(['PutItem', 'UpdateItem', 'CreateSecret', 'PutSecretValue']);

/**
 * The way out of one sandbox: every call to AWS and Discord passes here, one at a time when requests run together, and
 * meets the fault that was planted for it. A sandbox works on one request at a time, as on Lambda.
 */
export class Turnstile {
  #calls = 0;
  #fault: Fault | undefined;
  #wait: WaitForTurn | undefined;
  #onDeath: () => void = () => undefined;
  #isHoldingAnswer = false;
  #isDead = false;
  #strike: Strike = { hasStruck: false, isAnswerGone: false };

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
    this.#isHoldingAnswer = false;
    this.#isDead = false;
    this.#strike = { hasStruck: false, isAnswerGone: false };
    this.#fault = options.fault;
    this.#wait = options.wait;
    this.#onDeath = options.onDeath;
  }

  /** Makes a call that the SDK would send again. */
  pass<T>(service: Service, operation: string, call: () => Promise<T> | T): Promise<T> {
    return this.passWith(service, operation, call, { fail: failAtAws, isRepeatable: true });
  }

  async passWith<T>(
    service: Service,
    operation: string,
    call: () => Promise<T> | T,
    failures: Failures<T>,
  ): Promise<T> {
    if (this.#isDead) return NEVER;
    await this.#wait?.(`${service} ${operation}`);
    // Several calls of a request may be under way; with the sandbox all of them are gone.
    if (this.#isDead) return NEVER;
    const kind = this.#meet(service);
    if (kind !== undefined) this.#note(kind, operation);
    switch (kind) {
      case undefined: {
        const answer = await call();
        if (operation === TOKEN_REQUEST) this.#isHoldingAnswer = true;
        if (WRITES.has(operation)) this.#isHoldingAnswer = false;
        return answer;
      }
      case 'dies':
        this.#isDead = true;
        this.#onDeath();
        return NEVER;
      case 'refused':
        return failures.fail('refused');
      case 'lost':
        await settle(call);
        return failures.fail('lost');
      case 'repeated':
        await settle(call);
        return failures.isRepeatable ? call() : failures.fail('lost');
    }
  }

  #meet(service: Service): FaultKind | undefined {
    if (service !== this.#fault?.service) return undefined;
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
    await this.#wait?.(`sleep ${milliseconds}`);
    advance(milliseconds);
  }
}

const NEVER = new Promise<never>(() => undefined);

/** Whatever came of it: its answer is lost. */
async function settle(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    // A refusal is lost like any other answer.
  }
}

/** AWS does not answer, or answers that it cannot: the SDK has given up after its own tries. */
export class PlannedOutage extends Error {
  constructor(kind: 'refused' | 'lost') {
    super('planted');
    this.name = kind === 'refused' ? 'ThrottlingException' : 'TimeoutError';
  }
}

function failAtAws(kind: 'refused' | 'lost'): never {
  throw new PlannedOutage(kind);
}
