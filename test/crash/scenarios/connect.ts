import { SEED_USERS } from '../../../infra/local/discord/world/seed-users.ts';
import { RETURN_URL, type ConnectInput, type CrashWorld } from '../crash-world.ts';
import { always, type Operation, type Scenario } from '../scenario.ts';
import { confirming, MADE_OR_NOT, NEW } from './confirming.ts';
import { losesRace, refuseWrites } from './faults.ts';

/** The user comes back from Discord with or without his consent. */
export async function comingBack(
  world: CrashWorld,
  decision: 'authorize' | 'cancel',
  rest: Partial<Operation> = {},
  input: ConnectInput = NEW,
): Promise<Operation> {
  const { wire, key } = world.harness;
  const { user_id, user } = input;
  const session = await wire.createSession(input.key ?? key, { user_id, return_url: RETURN_URL });
  const jar = new Map<string, string>();
  const opened = await wire.openLink(String(session.json.authorize_url), jar);
  const callbackUrl = await wire.consent(opened.headers['location'] ?? '', { userId: SEED_USERS[user].id, decision });
  return {
    run: () => wire.returnFromDiscord(callbackUrl, jar),
    status: 302,
    whose: input,
    ends: always('none'),
    ...rest,
  };
}

/** A tenant whose users are connected without a confirmation, and its key. */
async function makeTrustingTenant({ harness }: CrashWorld): Promise<string> {
  const key = await harness.makeTenant('trusting');
  const tenant = await harness.edges.tenants.load('trusting');
  if (tenant === undefined) throw new Error('no tenant was made');
  await harness.edges.tenants.save({ ...tenant, isConfirmationRequired: false });
  return key;
}

export const CONNECT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a connect session is made',
    prepare: ({ harness: { wire, key } }) =>
      Promise.resolve({
        run: () => wire.createSession(key, { user_id: NEW.user_id, return_url: RETURN_URL }),
        status: 201,
        whose: NEW,
        ends: always('none'),
      }),
  },
  {
    name: 'a connect session for an existing connection is made',
    prepare: async (world) => {
      const { wire, key } = world.harness;
      const connection_id = await world.connect(NEW);
      return {
        run: () => wire.createSession(key, { user_id: NEW.user_id, return_url: RETURN_URL, connection_id }),
        status: 201,
        whose: NEW,
        ends: always('active'),
      };
    },
  },
  {
    name: 'a connect link is opened',
    prepare: async ({ harness: { wire, key } }) => {
      const session = await wire.createSession(key, { user_id: NEW.user_id, return_url: RETURN_URL });
      return {
        run: () => wire.openLink(String(session.json.authorize_url), new Map()),
        status: 302,
        whose: NEW,
        ends: always('none'),
      };
    },
  },
  { name: 'the browser comes back', isCore: true, prepare: (world) => comingBack(world, 'authorize') },
  { name: 'the browser comes back with a refusal', prepare: (world) => comingBack(world, 'cancel') },
  {
    name: 'the browser comes back and loses a race against itself',
    prepare: (world) =>
      comingBack(world, 'authorize', { status: 409, plant: () => losesRace(world, 'UpdateItem', ':confirmation') }),
  },
  {
    name: 'the browser comes back with a refusal and loses a race against itself',
    prepare: (world) =>
      comingBack(world, 'cancel', { status: 409, plant: () => losesRace(world, 'UpdateItem', ':refused') }),
  },
  {
    name: "somebody else's browser comes back",
    prepare: async (world) => {
      const { wire, key } = world.harness;
      const session = await wire.createSession(key, { user_id: NEW.user_id, return_url: RETURN_URL });
      const opened = await wire.openLink(String(session.json.authorize_url), new Map());
      const callbackUrl = await wire.consent(opened.headers['location'] ?? '', { userId: SEED_USERS[NEW.user].id });
      return {
        run: () => wire.returnFromDiscord(callbackUrl, new Map()),
        status: 400,
        whose: NEW,
        ends: always('none'),
      };
    },
  },
  {
    name: 'the browser comes back where no confirmation is wanted',
    isCore: true,
    prepare: async (world) => {
      const key = await makeTrustingTenant(world);
      // Whether it was made is for the app to see from its list: its user never got back to it.
      const made = ['active', 'none'];
      return comingBack(
        world,
        'authorize',
        { ends: { unkilled: 'active', repeated: made, abandoned: made, lost: ['none'] } },
        { ...NEW, key },
      );
    },
  },
  { name: 'a new connection is confirmed', start: 'confirm new', isCore: true, prepare: (world) => confirming(world) },
  {
    name: 'a connection with a webhook is confirmed',
    isCore: true,
    prepare: (world) =>
      confirming(world, {
        user_id: 'hooked-user',
        user: 'grace',
        scopes: ['webhook.incoming'],
        consent: { channelId: '613425648685547700' },
      }),
  },
  {
    name: 'a connection that brings the bot into a guild is confirmed',
    prepare: async (world) =>
      confirming(world, {
        user_id: 'new-user',
        user: 'grace',
        scopes: ['bot'],
        consent: { guildId: '613425648685547541' },
      }),
  },
  {
    name: 'a connection is widened',
    start: 'widen',
    prepare: async (world) => {
      const connection_id = await world.connect({ ...NEW, scopes: ['identify'] });
      return confirming(world, { ...NEW, connection_id, scopes: ['identify', 'guilds'] }, { ends: always('active') });
    },
  },
  {
    name: 'a reconnection is confirmed',
    isCore: true,
    prepare: async (world) => {
      const { wire, key } = world.harness;
      const id = await world.connect(NEW);
      await wire.send('DELETE', `/connections/${id}`, { key });
      const before = 'disconnected:disconnected_by_app';
      const ends = { ...MADE_OR_NOT, abandoned: ['active', before], lost: [before] };
      return confirming(world, NEW, { ends });
    },
  },
  {
    name: "a tenant's first user comes back, and another one at the same moment",
    prepare: async (world) => {
      const key = await world.harness.makeTenant('fresh');
      // The pointer to the data key is written second.
      const plant = () => losesRace(world, 'PutItem', '"S":"DATAKEY"');
      return comingBack(world, 'authorize', { status: 503, plant }, { ...NEW, key });
    },
  },
  {
    name: "a tenant's first user comes back",
    prepare: async (world) => {
      const key = await world.harness.makeTenant('fresh');
      return comingBack(world, 'authorize', {}, { ...NEW, key });
    },
  },
  {
    name: "a connection of a tenant's first user is confirmed",
    prepare: async (world) => {
      const key = await world.harness.makeTenant('fresh');
      return confirming(world, { ...NEW, key });
    },
  },
  {
    name: 'a connection is confirmed with another Discord account while the table takes no grants',
    prepare: async (world) => {
      const connection_id = await world.connect(NEW);
      const other = { ...NEW, user: 'ada' as const, connection_id };
      const plant = () => refuseWrites(world, 'UpdateItem', 'GRANT#');
      return confirming(world, other, { status: 409, plant, whose: NEW, issuedTo: 'ada', ends: always('active') });
    },
  },
  {
    name: 'a connection is confirmed with another Discord account',
    isCore: true,
    prepare: async (world) => {
      const connection_id = await world.connect(NEW);
      const other = { ...NEW, user: 'ada' as const, connection_id };
      return confirming(world, other, { status: 409, whose: NEW, issuedTo: 'ada', ends: always('active') });
    },
  },
];
