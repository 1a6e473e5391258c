import type { IncomingRequest } from '../http/incoming.ts';
import type { Simulation } from '../simulation.ts';
import { findUser } from '../world/world.ts';
import type { Credential } from './route.ts';

/**
 * Finds out who asks. The scheme is matched by case and with one space, as Discord documents it.
 * @returns `invalid` for an unknown scheme, an unknown, expired or revoked token, or more than one header
 * @see Discord docs: reference#authentication
 */
export function resolveCredential(simulation: Simulation, request: IncomingRequest): Credential {
  const header = request.headers.authorization;
  if (header === undefined) return { kind: 'none' };
  const match = /^(Bearer|Bot) (\S+)$/.exec(header);
  const token = match?.[2];
  if (request.authorizationCount !== 1 || token === undefined) return { kind: 'invalid' };
  return match?.[1] === 'Bot' ? resolveBot(simulation, token) : resolveBearer(simulation, token);
}

function resolveBot(simulation: Simulation, botToken: string): Credential {
  const application = simulation.store.findApplicationByBotToken(botToken);
  return application === undefined ? { kind: 'invalid' } : { kind: 'bot', application };
}

function resolveBearer(simulation: Simulation, accessToken: string): Credential {
  const tokens = simulation.store.findByAccessToken(accessToken);
  if (tokens === undefined || tokens.accessExpiresAtEpochMs <= simulation.nowEpochMs()) return { kind: 'invalid' };
  const application = simulation.store.findApplication(tokens.clientId);
  const user = findUser(simulation.world, tokens.userId);
  if (application === undefined || user === undefined) return { kind: 'invalid' };
  return { kind: 'bearer', tokens, application, user };
}
