import { CALLBACK_PATH } from '../../shared/connect-paths.ts';
import { readJson, type HttpAnswer } from './engine/http-call.ts';
import { NO_STRIKE, type Strike } from './engine/turnstile.ts';
import { SweepFailedError } from '../../functions/maintenance/maintenance.ts';
import { OutageError } from '../../shared/problems/failure.ts';
import { revokeAllOf, rotateKeyOf } from './operator-commands.ts';
import { toPassingAnswer } from './reference/answers.ts';
import type { Operation, Outcome } from './operation.ts';
import { PEOPLE } from './operation.ts';
import { ACCOUNT_IDS, TENANTS, type Draft, type Tenant, type Who } from './reference/state.ts';
import type { SendOptions, World } from './world.ts';

/** Milliseconds that the gateway's clock may be wrong. */
const MAX_SKEW_MS = 7_200_000;

const RETURN_URL = 'http://localhost:9/back';

/** What the app and the browser hold of one connect session. */
interface Ticket {
  readonly id: string;
  readonly who: Who;
  readonly callbackTarget: string;
  readonly cookie: string;
  confirmationCode: string;
}

type Done = Omit<Outcome, keyof Strike>;

/** Carries out operations as an app, its users' browsers, Discord and the operator would. */
export class Performer {
  readonly #world: World;
  /** Session → authorization code that its browser brought back. */
  readonly codes = new Map<string, string>();
  #tickets: Ticket[] = [];
  #secrets = 0;
  #secretAtDiscord = '';

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether there is what the operation is about. */
  canPerform(operation: Operation, model: Draft): boolean {
    switch (operation.kind) {
      case 'come_back_again':
        return this.#tickets.length > 0;
      case 'confirm':
        return this.#tickets.length > 0 && !isCodeUnknown(model, this.#pickTicket(operation.session).id);
      case 'act':
      case 'read':
      case 'disconnect':
        return model.connections.size > 0;
      case 'secret_entered':
        return !model.isSecretRight;
      case 'jump':
        return (
          Math.abs(this.#world.clock.nowEpochMs() - this.#world.clock.worldEpochMs() + operation.seconds * 1000) <=
          MAX_SKEW_MS
        );
      case 'come_back':
      case 'wait':
      case 'cold_start':
      case 'sweep':
      case 'revoke_all':
      case 'rotate_key':
      case 'user_revokes':
      case 'access_expires':
      case 'secret_reset':
        return true;
    }
  }

  /** @param model - the state before; says which connections there are */
  async perform(operation: Operation, model: Draft, options: SendOptions): Promise<Outcome> {
    const done = await this.#perform(operation, model, options);
    return { ...done, ...('fault' in operation ? this.#world.strikeOf(options.sandbox) : NO_STRIKE) };
  }

  async #perform(operation: Operation, model: Draft, options: SendOptions): Promise<Done> {
    const world = this.#world;
    switch (operation.kind) {
      case 'come_back':
        return this.#comeBack(operation, model, options);
      case 'come_back_again': {
        const ticket = this.#pickTicket(operation.session);
        return { id: ticket.id, answer: describe(await this.#return(ticket, options)) };
      }
      case 'confirm':
        return this.#confirm(operation, options);
      case 'act':
      case 'read':
      case 'disconnect':
        return this.#useConnection(operation, model, options);
      case 'sweep':
        return { answer: await answerOf(() => world.sweep(options)) };
      case 'revoke_all':
      case 'rotate_key':
        return { answer: await answerOf(() => world.operate(COMMANDS[operation.kind](operation.tenant), options)) };
      case 'wait':
        world.clock.advance(operation.seconds * 1000);
        return DONE;
      case 'jump':
        world.clock.jump(operation.seconds * 1000);
        return DONE;
      case 'user_revokes':
        await world.control.revokeAuthorization({ user_id: ACCOUNT_IDS[operation.account] });
        return DONE;
      case 'access_expires':
        await world.control.expireAccessTokens({ user_id: ACCOUNT_IDS[operation.account] });
        return DONE;
      case 'secret_reset':
        this.#secrets += 1;
        this.#secretAtDiscord = `client-secret-number-${this.#secrets}`;
        await world.control.resetClientSecret({ client_secret: this.#secretAtDiscord });
        return DONE;
      case 'secret_entered':
        await world.enterSecret(this.#secretAtDiscord);
        return DONE;
      case 'cold_start':
        world.coldStart();
        return DONE;
    }
  }

  async #comeBack(
    { person, isRefused, isSlow, isRepair }: Extract<Operation, { kind: 'come_back' }>,
    model: Draft,
    options: SendOptions,
  ): Promise<Done> {
    const world = this.#world;
    const who = PEOPLE[person % PEOPLE.length];
    if (who === undefined) throw new Error('nobody');
    const { fault: _fault, ...calmly } = options;
    const repairs = isRepair ? findConnectionOf(model, who) : undefined;
    const json = {
      user_id: who.user,
      return_url: RETURN_URL,
      ...(repairs === undefined ? {} : { connection_id: repairs }),
    };
    const session = await world.send(
      { method: 'POST', target: '/connect-sessions', headers: this.#authorize(who.tenant), json },
      calmly,
    );
    if (session.status !== 201) return { answer: describe(session) };
    const { id, authorize_url } = readJson(session) as { id: string; authorize_url: string };
    const opened = await world.send({ method: 'GET', target: authorize_url.slice(world.origin.length) }, calmly);
    const location = opened.headers['location'];
    if (location === undefined) return { id, answer: describe(opened) };
    const back = await world.decideAtDiscord(location, { userId: ACCOUNT_IDS[who.account], isRefused });
    const ticket: Ticket = {
      id,
      who,
      callbackTarget: `${CALLBACK_PATH}${new URL(back).search}`,
      cookie: opened.cookies.map((cookie) => cookie.split(';')[0]).join('; '),
      confirmationCode: '',
    };
    this.#tickets.unshift(ticket);
    this.codes.set(id, new URL(back).searchParams.get('code') ?? '');
    return { id, answer: isSlow ? 'at Discord' : describe(await this.#return(ticket, options)) };
  }

  /** The browser comes back from Discord. */
  async #return(ticket: Ticket, options: SendOptions): Promise<HttpAnswer> {
    const { callbackTarget: target, cookie } = ticket;
    const answer = await this.#world.send({ method: 'GET', target, headers: { cookie } }, options);
    const code = new URL(answer.headers['location'] ?? 'none:').searchParams.get('confirmation_code');
    if (code !== null) ticket.confirmationCode = code;
    return answer;
  }

  async #confirm({ session, as }: Extract<Operation, { kind: 'confirm' }>, options: SendOptions): Promise<Done> {
    const { id, who, confirmationCode } = this.#pickTicket(session);
    const json = {
      user_id: as === 'wrong_user' ? 'somebody else' : who.user,
      confirmation_code: as === 'wrong_code' || confirmationCode === '' ? 'guessed' : confirmationCode,
    };
    const tenant = as === 'other_tenant' ? otherThan(who.tenant) : who.tenant;
    const call = { method: 'POST', target: `/connect-sessions/${id}/confirm`, headers: this.#authorize(tenant), json };
    const answer = describe(await this.#world.send(call, options));
    return { id, answer, ...(confirmationCode === '' && as === 'owner' ? { isCodeless: true } : {}) };
  }

  async #useConnection(
    { kind, connection, isForeign }: Extract<Operation, { kind: 'act' | 'read' | 'disconnect' }>,
    model: Draft,
    options: SendOptions,
  ): Promise<Done> {
    const ids = [...model.connections.keys()];
    const id = ids[ids.length - 1 - (connection % ids.length)] ?? '';
    const { tenant, account } = model.connection(id).who;
    const call = {
      method: kind === 'disconnect' ? 'DELETE' : 'GET',
      target: `/connections/${id}${kind === 'act' ? '/api/v10/users/@me' : ''}`,
      headers: this.#authorize(isForeign ? otherThan(tenant) : tenant),
    };
    const answer = await this.#world.send(call, options);
    if (answer.status !== 200) return { id, answer: describe(answer) };
    const body = readJson(answer);
    if (kind === 'act' && body['id'] !== ACCOUNT_IDS[account]) return { id, answer: '200 of a stranger' };
    if (kind !== 'read') return { id, answer: '200' };
    return { id, answer: ['200', body['status'], body['status_reason'] ?? ''].join(' ').trim() };
  }

  #pickTicket(number: number): Ticket {
    const ticket = this.#tickets[number % this.#tickets.length];
    if (ticket === undefined) throw new Error('there is no session');
    return ticket;
  }

  #authorize(tenant: Tenant): Record<string, string> {
    return { authorization: `Bearer ${this.#world.keys[tenant]}` };
  }
}

const COMMANDS = { revoke_all: revokeAllOf, rotate_key: rotateKeyOf } as const;

/** How a run without an answer of its own ended. */
async function answerOf(run: () => Promise<boolean>): Promise<string> {
  try {
    return (await run()) ? 'done' : '503 gateway';
  } catch (error) {
    if (error instanceof OutageError) return toPassingAnswer(error.failure.reason);
    if (error instanceof SweepFailedError) return toPassingAnswer(error.message);
    throw error;
  }
}

const DONE = { answer: 'done' } as const;

function isCodeUnknown(model: Draft, sessionId: string): boolean {
  return model.sessions.get(sessionId)?.isCodeUnknown === true;
}

function otherThan(tenant: Tenant): Tenant {
  return TENANTS.find((other) => other !== tenant) ?? tenant;
}

/** A connection of this app user, with whatever account. */
function findConnectionOf(model: Draft, { tenant, user }: Who): string | undefined {
  return [...model.connections].find(([, { who }]) => who.tenant === tenant && who.user === user)?.[0];
}

/** The answer in a few words: status, problem code, reason. */
function describe(answer: HttpAnswer): string {
  const { status, headers } = answer;
  if (status === 302) {
    const { searchParams } = new URL(headers['location'] ?? 'none:');
    return `302 ${searchParams.get('error') ?? (searchParams.has('confirmation_code') ? 'code' : '?')}`;
  }
  if (status < 300) return String(status);
  if ((headers['content-type'] ?? '').startsWith('text/html')) return `${status} page`;
  const { code = 'gateway', status_reason: reason = '' } = readJson(answer);
  return `${status} ${String(code)} ${String(reason)}`.trim();
}
