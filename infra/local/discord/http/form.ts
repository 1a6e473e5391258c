/** Fields by name, each at most once. */
export type FormFields = ReadonlyMap<string, string>;

/** The fields, or one sentence that says why the text is not a form. */
export type FormResult =
  { readonly ok: true; readonly fields: FormFields } | { readonly ok: false; readonly problem: string };

/**
 * Reads `application/x-www-form-urlencoded` text (a body or a query) strictly: a field that comes twice, a broken percent
 * escape and bytes that are not UTF-8 are refused, where `URLSearchParams` would guess.
 * @see RFC 6749 §3.1, §3.2: parameters must not be included more than once
 */
export function parseForm(text: string): FormResult {
  const fields = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decodePart(cut === -1 ? pair : pair.slice(0, cut));
    const value = decodePart(cut === -1 ? '' : pair.slice(cut + 1));
    if (name === undefined || value === undefined) return { ok: false, problem: 'malformed percent-encoding' };
    if (fields.has(name)) return { ok: false, problem: `"${name}" is given more than once` };
    fields.set(name, value);
  }
  return { ok: true, fields };
}

/** Reads a form body; bytes that are not UTF-8 are refused too. */
export function parseFormBody(body: Buffer): FormResult {
  try {
    return parseForm(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return { ok: false, problem: 'the body is not UTF-8' };
  }
}

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
