import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { DiscordAPIError, REST } from '@discordjs/rest';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../infra/local/discord/simulator.ts';
import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { REDIRECT_URI, ScriptedApp, startTestSimulator, USER_AGENT } from './scripted-app.ts';

let simulator: Simulator;
let app: ScriptedApp;

beforeAll(async () => {
  simulator = await startTestSimulator();
  app = new ScriptedApp(simulator);
});

afterAll(() => simulator.stop());

describe('programs that others wrote', () => {
  it('an unmodified @discordjs/rest reads the profile and understands an error', async () => {
    const tokens = await app.connect();
    const rest = new REST({ api: `${simulator.baseUrl}/api`, authPrefix: 'Bearer' });
    rest.setToken(String(tokens['access_token']));
    const error: unknown = await rest.get('/users/@me/guilds').catch((thrown: unknown) => thrown);

    expect(await rest.get('/users/@me')).toMatchObject({ id: SEED_USERS.ada.id });
    expect(error).toBeInstanceOf(DiscordAPIError);
    expect(error).toMatchObject({ code: 50026, status: 403 });
  });

  it('oauth4webapi exchanges, refreshes and revokes', async () => {
    const { clientId, clientSecret } = simulator.application;
    const server: oauth.AuthorizationServer = {
      issuer: simulator.baseUrl,
      token_endpoint: `${simulator.baseUrl}/api/oauth2/token`,
      revocation_endpoint: `${simulator.baseUrl}/api/oauth2/token/revoke`,
    };
    const client: oauth.Client = { client_id: clientId };
    const authentication = oauth.ClientSecretPost(clientSecret);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; plain HTTP is right on loopback
    const options = { [oauth.allowInsecureRequests]: true, headers: { 'user-agent': USER_AGENT } };
    const verifier = oauth.generateRandomCodeVerifier();
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const consent = await app.postConsent({ code_challenge: challenge, code_challenge_method: 'S256' });
    const callback = oauth.validateAuthResponse(
      server,
      client,
      new URL(consent.headers.get('location') ?? ''),
      'state-1',
    );

    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      callback,
      REDIRECT_URI,
      verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer);
    const refreshAnswer = await oauth.refreshTokenGrantRequest(
      server,
      client,
      authentication,
      tokens.refresh_token ?? '',
      options,
    );
    const refreshed = await oauth.processRefreshTokenResponse(server, client, refreshAnswer);
    const revoked = await oauth.revocationRequest(server, client, authentication, refreshed.access_token, options);
    await oauth.processRevocationResponse(revoked);

    expect((await app.get('/users/@me', refreshed.access_token)).status).toBe(401);
  });

  it.each(['\0\0\0\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'POST /api/oauth2/token HTTP/1.1\r\nContent-Length: x\r\n\r\n'])(
    'garbage on the wire gets a 400 and stops nothing: %j',
    async (bytes) => {
      const socket = connect(Number(new URL(simulator.baseUrl).port), '127.0.0.1');
      socket.write(bytes);

      expect(await text(socket)).toMatch(/^HTTP\/1\.1 400/);
      expect((await app.openConsent()).status).toBe(200);
    },
  );

  it('a client that leaves in the middle of its body stops nothing', async () => {
    const socket = connect(Number(new URL(simulator.baseUrl).port), '127.0.0.1');
    await new Promise((resolve) =>
      socket.write('POST /api/oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nx', resolve),
    );
    socket.destroy();

    expect((await app.openConsent()).status).toBe(200);
  });
});
