/** Letters, digits and inner hyphens, at most 63 (RFC 1035 §2.3.4). */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Characters of a whole name (RFC 1035 §2.3.4, without the dots that nobody writes). */
const MAX_LENGTH = 253;

/** None of the characters with which an address goes on after, or before, the name. */
const NAME_ALONE = /^[^\s/:@?#*%\\]+$/;

/**
 * Says what is wrong with the name of a domain that serves the gateway. `https://<name>` must be what browsers and Discord call
 * it, character by character, so it is lower case, and a name of another script is in its `xn--` form. Pure.
 * @returns the end of a sentence that begins with the value; undefined when nothing is wrong
 */
export function findDomainNameFault(value: unknown): string | undefined {
  const fault = 'is not a domain name such as "discord.example.com"';
  if (typeof value !== 'string' || !NAME_ALONE.test(value) || !URL.canParse(`https://${value}`)) return fault;
  const { hostname } = new URL(`https://${value}`);
  if (!isName(hostname)) return fault;
  return hostname === value ? undefined : `${fault}; write "${hostname}"`;
}

/** No top-level domain begins with a digit, but an IPv4 address ends like that. */
function isName(hostname: string): boolean {
  const labels = hostname.split('.');
  const isComplete = labels.length > 1 && /^[a-z]/.test(labels.at(-1) ?? '');
  return isComplete && hostname.length <= MAX_LENGTH && labels.every((label) => LABEL.test(label));
}
