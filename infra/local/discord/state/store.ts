import type { SecretKind } from '../secret-shapes.ts';
import { buildSnowflake } from '../snowflake.ts';
import type {
  ApplicationRecord,
  AuthorizationRecord,
  CodeRecord,
  InstallationRecord,
  SimulatorState,
  TokenRecord,
  WebhookRecord,
} from './records.ts';

/** A secret that the simulator handed out at some time. */
export interface IssuedSecret {
  readonly kind: string;
  readonly value: string;
}

/**
 * Who has been given what: applications, authorizations, codes, tokens, webhooks. All of it is in memory and every change
 * calls `onChange`. Each method is one step that nothing can interrupt, so single use needs no lock.
 */
export class SimulatorStore {
  readonly #applications: Map<string, ApplicationRecord>;
  readonly #codes: Map<string, CodeRecord>;
  readonly #tokensByAccess: Map<string, TokenRecord>;
  readonly #tokensByRefresh: Map<string, TokenRecord>;
  /** By value, so that saving an application again adds nothing. */
  readonly #issuedSecrets: Map<string, IssuedSecret>;
  #authorizations: AuthorizationRecord[];
  #webhooks: WebhookRecord[];
  #installations: InstallationRecord[];
  #nextIncrement: number;
  onChange: () => void = () => undefined;

  constructor(state: SimulatorState) {
    this.#applications = new Map(state.applications.map((record) => [record.clientId, record]));
    this.#codes = new Map(state.codes.map((record) => [record.code, record]));
    this.#tokensByAccess = new Map();
    this.#tokensByRefresh = new Map();
    for (const record of state.tokens) this.#indexTokens(record);
    this.#authorizations = [...state.authorizations];
    this.#webhooks = [...state.webhooks];
    this.#installations = [...state.installations];
    this.#issuedSecrets = new Map(state.issuedSecrets.map((secret) => [secret.value, secret]));
    this.#nextIncrement = state.nextIncrement;
  }

  /** A copy of everything, to be written to the state file. */
  snapshot(): SimulatorState {
    return {
      version: 1,
      applications: [...this.#applications.values()],
      authorizations: this.#authorizations,
      codes: [...this.#codes.values()],
      tokens: [...this.#tokensByAccess.values()],
      webhooks: this.#webhooks,
      installations: this.#installations,
      issuedSecrets: this.listIssuedSecrets(),
      nextIncrement: this.#nextIncrement,
    };
  }

  /** Goes back to an earlier snapshot. What was issued since then stays among the issued secrets, and no id comes twice. */
  restore(state: SimulatorState): void {
    this.reset();
    this.#applications.clear();
    for (const record of state.applications) this.#applications.set(record.clientId, record);
    for (const record of state.codes) this.#codes.set(record.code, record);
    for (const record of state.tokens) this.#indexTokens(record);
    this.#authorizations = [...state.authorizations];
    this.#webhooks = [...state.webhooks];
    this.#installations = [...state.installations];
    this.onChange();
  }

  findApplication(clientId: string): ApplicationRecord | undefined {
    return this.#applications.get(clientId);
  }

  findApplicationByBotToken(botToken: string): ApplicationRecord | undefined {
    return this.listApplications().find((record) => record.botToken === botToken);
  }

  listApplications(): ApplicationRecord[] {
    return [...this.#applications.values()];
  }

  saveApplication(record: ApplicationRecord): void {
    this.#applications.set(record.clientId, record);
    this.noteSecret('client_secret', record.clientSecret);
    this.noteSecret('bot_token', record.botToken);
  }

  findAuthorization(clientId: string, userId: string): AuthorizationRecord | undefined {
    return this.#authorizations.find((record) => record.clientId === clientId && record.userId === userId);
  }

  listAuthorizations(): AuthorizationRecord[] {
    return [...this.#authorizations];
  }

  /** Adds the scopes to what the user has ever granted this application. */
  widenAuthorization(clientId: string, userId: string, scopes: readonly string[], nowEpochMs: number): void {
    const earlier = this.findAuthorization(clientId, userId);
    const union = [...new Set([...(earlier?.scopes ?? []), ...scopes])];
    this.#authorizations = this.#authorizations.filter((record) => record !== earlier);
    this.#authorizations.push({ clientId, userId, scopes: union, grantedAtEpochMs: nowEpochMs });
    this.onChange();
  }

  /** Ends everything the user gave the application: all tokens, all unused codes, the authorization itself. */
  endAuthorization(clientId: string, userId: string): void {
    const isHis = (record: { clientId: string; userId: string }): boolean =>
      record.clientId === clientId && record.userId === userId;
    for (const record of this.listTokens().filter(isHis)) this.endTokens(record);
    for (const record of [...this.#codes.values()].filter(isHis)) this.#codes.delete(record.code);
    this.#authorizations = this.#authorizations.filter((record) => !isHis(record));
    this.onChange();
  }

  saveCode(record: CodeRecord): void {
    this.#codes.set(record.code, record);
    this.noteSecret('code', record.code);
  }

  /** Takes a code away for good: whoever asks second finds nothing. Codes of other applications stay. */
  takeCode(code: string, clientId: string): CodeRecord | undefined {
    const record = this.#codes.get(code);
    if (record?.clientId !== clientId) return undefined;
    this.#codes.delete(code);
    this.onChange();
    return record;
  }

  saveTokens(record: TokenRecord): void {
    this.#indexTokens(record);
    this.noteSecret('access_token', record.accessToken);
    if (record.refreshToken !== null) this.noteSecret('refresh_token', record.refreshToken);
  }

  findByAccessToken(accessToken: string): TokenRecord | undefined {
    return this.#tokensByAccess.get(accessToken);
  }

  findByRefreshToken(refreshToken: string): TokenRecord | undefined {
    return this.#tokensByRefresh.get(refreshToken);
  }

  listTokens(): TokenRecord[] {
    return [...this.#tokensByAccess.values()];
  }

  /** Lets the access token run out; the refresh token lives on. */
  expireAccessToken(record: TokenRecord, atEpochMs: number): void {
    this.#indexTokens({ ...record, accessExpiresAtEpochMs: atEpochMs });
    this.onChange();
  }

  /** Makes both tokens of the pair unusable. */
  endTokens(record: TokenRecord): void {
    this.#tokensByAccess.delete(record.accessToken);
    if (record.refreshToken !== null) this.#tokensByRefresh.delete(record.refreshToken);
    this.onChange();
  }

  saveWebhook(record: WebhookRecord, url: string): void {
    this.#webhooks = [...this.#webhooks.filter(({ id }) => id !== record.id), record];
    this.noteSecret('webhook_token', record.token);
    this.noteSecret('webhook_url', url);
  }

  findWebhook(id: string): WebhookRecord | undefined {
    return this.#webhooks.find((record) => record.id === id);
  }

  listWebhooks(): WebhookRecord[] {
    return [...this.#webhooks];
  }

  /** Its token and URL stay among the issued secrets. */
  deleteWebhook(id: string): void {
    this.#webhooks = this.#webhooks.filter((record) => record.id !== id);
    this.onChange();
  }

  countWebhooksInChannel(channelId: string): number {
    return this.#webhooks.filter((record) => record.channelId === channelId).length;
  }

  /** Lets the application's bot join the guild, or changes what it asked for there. */
  saveInstallation(record: InstallationRecord): void {
    this.removeInstallation(record.clientId, record.guildId);
    this.#installations.push(record);
    this.onChange();
  }

  removeInstallation(clientId: string, guildId: string): void {
    this.#installations = this.#installations.filter((old) => old.clientId !== clientId || old.guildId !== guildId);
    this.onChange();
  }

  listInstallations(clientId: string): InstallationRecord[] {
    return this.#installations.filter((record) => record.clientId === clientId);
  }

  /** Every secret ever handed out, dead ones too; a reset keeps them. */
  listIssuedSecrets(): IssuedSecret[] {
    return [...this.#issuedSecrets.values()];
  }

  noteSecret(kind: SecretKind, value: string): void {
    this.#issuedSecrets.set(value, { kind, value });
    this.onChange();
  }

  /** A new id, different from all earlier ones. */
  nextSnowflake(nowEpochMs: number): string {
    this.#nextIncrement += 1;
    return buildSnowflake(nowEpochMs, this.#nextIncrement);
  }

  /** Forgets what users granted. Applications, their secrets and the list of issued secrets stay. */
  reset(): void {
    this.#codes.clear();
    this.#tokensByAccess.clear();
    this.#tokensByRefresh.clear();
    this.#authorizations = [];
    this.#webhooks = [];
    this.#installations = [];
    this.onChange();
  }

  #indexTokens(record: TokenRecord): void {
    this.#tokensByAccess.set(record.accessToken, record);
    if (record.refreshToken !== null) this.#tokensByRefresh.set(record.refreshToken, record);
  }
}
