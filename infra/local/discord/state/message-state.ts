import { compareSnowflakes } from '../snowflake.ts';
import type { DmRecord, MessageRecord, MessagesRecord } from './message-record.ts';

type Settings = Pick<MessagesRecord, 'dmRefusers' | 'customEmojis' | 'searchRetryAfter'>;
type NonceRecord = MessagesRecord['nonces'][number];

/** Milliseconds for which a nonce is remembered: Discord says "the past few minutes". */
const NONCE_WINDOW_MS = 5 * 60_000;

const USUAL_SETTINGS: Settings = { dmRefusers: [], customEmojis: [], searchRetryAfter: null };

/**
 * All messages, the direct-message channels they may be in, and what the control set about them. Messages are values: a
 * change puts a new one in the old one's place.
 */
export class MessageState {
  readonly #byChannel = new Map<string, Map<string, MessageRecord>>();
  readonly #dms = new Map<string, DmRecord>();
  #nonces: NonceRecord[] = [];
  #settings: Settings = USUAL_SETTINGS;
  onChange: () => void = () => undefined;

  find(channelId: string, messageId: string): MessageRecord | undefined {
    return this.#byChannel.get(channelId)?.get(messageId);
  }

  /** Newest first, as Discord lists them. */
  listInChannel(channelId: string): MessageRecord[] {
    const messages = [...(this.#byChannel.get(channelId)?.values() ?? [])];
    return messages.toSorted((left, right) => compareSnowflakes(right.id, left.id));
  }

  /** Puts a message in the place of the one with its id, or adds it. */
  put(message: MessageRecord): void {
    const messages = this.#byChannel.get(message.channelId) ?? new Map<string, MessageRecord>();
    this.#byChannel.set(message.channelId, messages.set(message.id, message));
    this.onChange();
  }

  remove(channelId: string, messageId: string): void {
    this.#byChannel.get(channelId)?.delete(messageId);
    this.onChange();
  }

  /** The message that this author sent with this nonce in the last minutes, if it is still there. */
  findByNonce(authorId: string, nonce: string, nowEpochMs: number): MessageRecord | undefined {
    const known = this.#nonces.find(
      (record) =>
        record.authorId === authorId && record.nonce === nonce && nowEpochMs - record.atEpochMs < NONCE_WINDOW_MS,
    );
    return known === undefined ? undefined : this.find(known.channelId, known.messageId);
  }

  /** Remembers the nonce of a message that was just made. Nonces that have run out are forgotten. */
  noteNonce(nonce: string, { authorId, channelId, id, createdAtEpochMs }: MessageRecord): void {
    const live = this.#nonces.filter(({ atEpochMs }) => createdAtEpochMs - atEpochMs < NONCE_WINDOW_MS);
    this.#nonces = [{ authorId, nonce, channelId, messageId: id, atEpochMs: createdAtEpochMs }, ...live];
    this.onChange();
  }

  findDm(channelId: string): DmRecord | undefined {
    return this.#dms.get(channelId);
  }

  findDmWith(clientId: string, userId: string): DmRecord | undefined {
    return [...this.#dms.values()].find((dm) => dm.clientId === clientId && dm.userId === userId);
  }

  putDm(dm: DmRecord): void {
    this.#dms.set(dm.id, dm);
    this.onChange();
  }

  /** What the control set. */
  get settings(): Settings {
    return this.#settings;
  }

  set settings(settings: Settings) {
    this.#settings = settings;
    this.onChange();
  }

  /** A copy of everything, as JSON holds it. */
  snapshot(): MessagesRecord {
    const messages = [...this.#byChannel.values()].flatMap((inChannel) => [...inChannel.values()]);
    return { messages, dms: [...this.#dms.values()], nonces: this.#nonces, ...this.#settings };
  }

  /** Goes back to an earlier snapshot. */
  restore({ messages, dms, nonces, ...settings }: MessagesRecord): void {
    this.reset();
    for (const message of messages) this.put(message);
    for (const dm of dms) this.#dms.set(dm.id, dm);
    this.#nonces = nonces;
    this.settings = settings;
  }

  /** Forgets everything. */
  reset(): void {
    this.#byChannel.clear();
    this.#dms.clear();
    this.#nonces = [];
    this.settings = USUAL_SETTINGS;
  }
}
