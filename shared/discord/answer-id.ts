/** Ids are short and plain; anything else was not made by Discord's edge and does not get into our log. */
const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Reads what Discord calls its own answer, for the log: the id that Cloudflare, which stands before Discord, gives each
 * request (`8f2c…-FRA`). It is what Discord's support can look up.
 * @see Cloudflare docs: Cloudflare HTTP headers, CF-Ray
 */
export function parseAnswerId(headers: Headers): string | undefined {
  const id = headers.get('cf-ray') ?? headers.get('x-request-id');
  return id !== null && ID_PATTERN.test(id) ? id : undefined;
}
