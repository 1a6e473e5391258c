import type { Evidence } from './evidence.ts';

/** One secret where it must not be. The secret itself is not repeated. */
export interface Leak {
  readonly kind: string;
  readonly place: string;
  /** Beginning of the text in which it stood, with the secret blanked. */
  readonly excerpt: string;
}

/** Characters. A shorter value would be found by chance. */
const MIN_SECRET_LENGTH = 12;

/** Looks for every known secret in everything that was seen, also in its percent-encoded form. */
export function scanEvidence(evidence: readonly Evidence[]): Leak[] {
  return evidence.flatMap(({ secrets, sightings }) =>
    sightings.flatMap(({ place, text }) =>
      secrets
        .filter(
          (secret) => secret.value.length >= MIN_SECRET_LENGTH && (place === 'log' || secret.scope === 'everywhere'),
        )
        .filter(({ value }) => text.includes(value) || text.includes(encodeURIComponent(value)))
        .map(({ kind, value }) => ({ kind, place, excerpt: text.replaceAll(value, '█').slice(0, 300) })),
    ),
  );
}
