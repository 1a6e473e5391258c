import { expect, it, describe } from 'vitest';
import { SEED_USERS } from '../../infra/local/discord/world/seed-users.ts';
import { useHarness } from '../support/use-harness.ts';

/** The functions as they are deployed, each with no more than its own role allows. */
describe('audit records of deployed functions', () => {
  const harness = useHarness({ functions: 'sandboxes' });

  it('are written under the roles of the functions that make them', async () => {
    const { wire, edges, lines } = harness;
    const key = await harness.makeTenant('audited');
    const input = { user_id: 'user-1', return_url: 'http://localhost:9/back' };
    const { id } = (await wire.connect(key, input, { userId: SEED_USERS.ada.id })) as { id: string };
    expect((await wire.send('GET', `/connections/${id}/api/v10/users/@me`, { key })).status).toBe(200);
    expect((await wire.send('DELETE', `/connections/${id}`, { key })).status).toBe(200);

    const page = { limit: 100, isNewestFirst: false };
    const types = (await edges.auditRecords.listByTenant('audited', page))?.records.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['connect_session_created', 'connection_connected', 'connection_disconnected']),
    );
    expect(lines.filter((line) => line.includes('"audit"'))).not.toEqual([]);
    expect(lines.filter((line) => line.includes('audit_unwritten'))).toEqual([]);
  });
});
