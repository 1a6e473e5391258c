import type { Evidence, KnownSecret, Sighting } from './evidence.ts';

/** One secret where it must not be. No secret is repeated. */
export interface Leak {
  readonly kind: string;
  readonly place: string;
  /** Beginning of the text in which it stood, with every known secret blanked. */
  readonly excerpt: string;
}

/** Characters. A shorter value would be found by chance. */
const MIN_SECRET_LENGTH = 12;

const EXCERPT_LENGTH = 300;

/** Looks for every known secret in everything that was seen, also in its percent-encoded form. */
export function scanEvidence(evidence: readonly Evidence[]): Leak[] {
  return evidence.flatMap(({ secrets, sightings }) => {
    const findable = secrets.filter(({ value }) => value.length >= MIN_SECRET_LENGTH);
    return sightings.flatMap((sighting) =>
      findable
        .filter((secret) => isLeak(secret, sighting))
        .map(({ kind }) => ({ kind, place: sighting.place, excerpt: buildExcerpt(sighting.text, findable) })),
    );
  });
}

function isLeak({ value, scope }: KnownSecret, { place, text }: Sighting): boolean {
  if (place === 'answer' && scope === 'logs') return false;
  return text.includes(value) || text.includes(encodeURIComponent(value));
}

function buildExcerpt(text: string, secrets: readonly KnownSecret[]): string {
  const blank = (rest: string, { value }: KnownSecret) =>
    rest.replaceAll(value, '█').replaceAll(encodeURIComponent(value), '█');
  return secrets.reduce(blank, text).slice(0, EXCERPT_LENGTH);
}
