import { joinInstalledBots } from '../guilds/installation.ts';
import type { Simulation } from '../simulation.ts';
import type { SimulatorState } from './records.ts';

/** Everything that must survive a restart, as JSON holds it. */
export function snapshotState({ store, guilds, messages }: Simulation): SimulatorState {
  return { ...store.snapshot(), guilds: guilds.snapshot(), messages: messages.snapshot() };
}

/** Goes back to a saved state. One that was saved before guilds could change has the seed's with the bots that are installed, and no messages. */
export function restoreState(simulation: Simulation, state: SimulatorState): void {
  const { store, guilds, messages } = simulation;
  store.restore(state);
  if (state.guilds === undefined) guilds.reset();
  else guilds.restore(state.guilds);
  joinInstalledBots(simulation);
  if (state.messages === undefined) messages.reset();
  else messages.restore(state.messages);
}
