/** Prefix of every operation: Discord's API version that the catalogue describes. */
export const API_PREFIX = '/api/v10';

/**
 * Builds path and query at Discord from a catalogue template. Each parameter is encoded once: what came in decoded once goes
 * out as it stood in the caller's address.
 * @param template - an action's path, with `{name}` for each parameter
 * @throws Error when the template names a parameter that is not there: a fault of the catalogue, never of a caller
 */
export function buildDiscordPath(
  template: string,
  parameters: ReadonlyMap<string, string>,
  query: URLSearchParams,
): string {
  const path = template.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
    const value = parameters.get(name);
    if (value === undefined || value === '') throw new Error(`${template}: nothing is known for ${name}`);
    return encodeURIComponent(value);
  });
  const search = query.toString();
  return `${API_PREFIX}${path}${search === '' ? '' : `?${search}`}`;
}
