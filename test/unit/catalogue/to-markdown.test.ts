import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../shared/catalogue/index.ts';
import { toActionsMarkdown } from '../../../shared/catalogue/to-markdown.ts';

/** The section of one action. */
function sectionOf(id: string): string {
  return (
    toActionsMarkdown(catalogue, () => 7)
      .split('\n## ')
      .find((section) => section.startsWith(`\`${id}\``)) ?? ''
  );
}

describe('toActionsMarkdown', () => {
  it('has a row and a section for each action, and no schema that it has no words for', () => {
    const page = toActionsMarkdown(catalogue, () => 7);

    expect(page.match(/^\| \[`/gm)).toHaveLength(catalogue.length);
    expect(page.match(/^## `/gm)).toHaveLength(catalogue.length);
    expect(page).not.toMatch(/any value|undefined|\[object/);
  });

  it('says what both the user and the bot need, and nothing of it where the own token of the user decides', () => {
    expect(sectionOf('ban.create')).toMatch(/- Permissions: `BAN_MEMBERS`\n {2}- the member stands below/);
    expect(sectionOf('guild.read')).toContain('- Permissions: to be in the guild\n');
    expect(sectionOf('messages.list')).toContain('- Privileged intents: `MESSAGE_CONTENT`\n');
    expect(sectionOf('user.read')).not.toMatch(/Permissions|intents/);
  });

  it('names the members of a body and how an action may be repeated', () => {
    expect(sectionOf('messages.delete_bulk')).toContain(
      '- Body: JSON\n  - `messages` (required): list of 2 to 100 different entries, each id\n',
    );
    expect(sectionOf('webhook.execute')).toContain('multipart/form-data');
    expect(sectionOf('message.create')).toMatch(/- Repetition: with an `Idempotency-Key`/);
    expect(sectionOf('guild_messages.search')).toContain('`channel_id` (may stand there more than once)');
  });

  it('shows the example as a request: path filled, query written out, emoji encoded once', () => {
    expect(sectionOf('reactions.list')).toContain('/reactions/%F0%9F%91%8D\n');
    expect(sectionOf('members.search')).toContain('/members/search?query=lin\n');
    expect(sectionOf('member.kick')).toContain('Answer: 204, without a body.');
  });
});
