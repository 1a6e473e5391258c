/** How one check of the set-up came out. `unknown`: it could not be made, or not yet. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown';

export type CheckId =
  | 'client_id'
  | 'client_secret'
  | 'bot_token'
  | 'bot_application'
  | 'redirect_uri'
  | 'intent_server_members'
  | 'intent_message_content'
  | 'code_grant'
  | 'scope_messages_read'
  | 'return_origins'
  | 'tenant'
  | 'api_key'
  | 'first_connection';

/** One check, for a person: what was found, and what to do about it. */
export interface SetupCheck {
  readonly id: CheckId;
  readonly state: CheckState;
  readonly title: string;
  readonly detail: string;
  readonly mend?: {
    readonly text: string;
    /** A page of Discord's. */
    readonly url?: string;
    /** To be pasted there, character for character. */
    readonly copy?: string;
  };
}
