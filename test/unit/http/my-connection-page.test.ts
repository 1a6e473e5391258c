import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../shared/domain/connection.ts';
import type { Sealed } from '../../../shared/domain/envelope.ts';
import { SCOPES } from '../../../shared/domain/scopes.ts';
import {
  buildConfirmationPage,
  buildDisconnectedPage,
  buildMyConnectionPage,
  type MyConnectionView,
} from '../../../shared/http/my-connection-page.ts';
import { SCOPE_WORDS } from '../../../shared/http/end-user-words.ts';
import { renderPage } from '../../../shared/http/page.ts';

const WEBHOOK = { id: '1', channelId: '2', guildId: '3' };

function view(changes: Partial<Connection> = {}): MyConnectionView {
  return {
    formToken: 'the-token',
    connection: {
      id: 'con_AAAAAAAAAAAAAAAAAAAAAA',
      tenantId: 'acme',
      userId: 'user-42',
      status: 'active',
      clientId: '9',
      discordUser: { id: '175928847299117063', username: 'ada.lovelace', globalName: 'Ada' },
      scopes: ['identify', 'guilds'],
      guilds: [],
      webhooks: [],
      tokensVersion: 1,
      tokenObtainedAtEpochSeconds: 1_700_000_000,
      tokenExpiresAtEpochSeconds: 1_700_604_800,
      createdAtEpochSeconds: 1_700_000_000,
      updatedAtEpochSeconds: 1_700_000_000,
      revision: 1,
      ...changes,
    },
  };
}

describe('the words of the page', () => {
  it('say what every scope that can be enabled is for', () => {
    expect(SCOPES.map(({ name }) => name).filter((name) => !Object.hasOwn(SCOPE_WORDS, name))).toEqual([]);
  });

  it('show a scope that has none by its name, also one with the name of a method', () => {
    const html = renderPage(buildMyConnectionPage(view({ scopes: ['voice', 'toString', 'constructor'] })));

    for (const scope of ['voice', 'toString', 'constructor']) expect(html).toContain(`<li><code>${scope}</code></li>`);
  });
});

describe('the pages', () => {
  const pages = [
    buildMyConnectionPage(view()),
    buildMyConnectionPage(view({ status: 'disconnected', isRevocationOwed: true })),
    buildMyConnectionPage(view({ guilds: [{ id: '1', name: 'G' }], webhooks: [WEBHOOK] })),
    buildMyConnectionPage({ ...view(), returnUrl: new URL('https://app.example.com/a?b=1&c="') }),
    buildConfirmationPage(view({ webhooks: [{ ...WEBHOOK, sealedToken: 'v1.x' as Sealed }] }), false),
    buildConfirmationPage(view(), true),
    buildDisconnectedPage(view({ status: 'disconnected' }), true),
    buildMyConnectionPage(view(), true),
  ].map((content) => renderPage(content));

  it('balance their elements', () => {
    for (const page of pages) {
      for (const element of [
        'main',
        'dl',
        'dt',
        'dd',
        'ul',
        'li',
        'form',
        'div',
        'label',
        'button',
        'a',
        'bdi',
        'time',
      ]) {
        const open = page.match(new RegExp(`<${element}[ >]`, 'g'))?.length ?? 0;
        expect([element, page.match(new RegExp(`</${element}>`, 'g'))?.length ?? 0]).toEqual([element, open]);
      }
    }
  });

  it('send forms to one place only, load nothing, and say nothing of the app’s own id of the user', () => {
    for (const page of pages) {
      for (const [, action] of page.matchAll(/<form[^>]* action="([^"]*)"/g))
        expect(action).toBe('/my/connection/disconnect');
      expect(page).not.toMatch(/user-42|acme|con_|<(script|img|link|iframe|object|base)\b|\son[a-z]+=/);
    }
  });

  it('write the day in words, in UTC', () => {
    expect(pages[0]).toContain('<time datetime="2023-11-14T22:13:20Z">14 November 2023</time>');
  });

  it('escape the address that leads back', () => {
    expect(pages[3]).toContain('<a href="https://app.example.com/a?b=1&amp;c=%22">Back to app.example.com</a>');
  });

  it('offer to remove only webhooks whose token there is', () => {
    expect(pages[4]).toContain('name="delete_webhooks"');
    expect(renderPage(buildConfirmationPage(view({ webhooks: [WEBHOOK] }), false))).not.toContain(
      'name="delete_webhooks"',
    );
  });
});
