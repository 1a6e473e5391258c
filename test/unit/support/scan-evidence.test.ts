import { describe, expect, it } from 'vitest';
import type { Evidence, KnownSecret, Sighting } from '../../support/evidence.ts';
import { scanEvidence } from '../../support/scan-evidence.ts';

const TOKEN: KnownSecret = { kind: 'access token', value: 'planted+token/0123456789=', scope: 'everywhere' };
const CODE: KnownSecret = { kind: 'confirmation code', value: 'planted-code-0123456789', scope: 'logs' };

function evidenceOf(sightings: readonly Sighting[], secrets: readonly KnownSecret[] = [TOKEN, CODE]): Evidence[] {
  return [{ source: 'test', secrets, sightings }];
}

describe('scanEvidence', () => {
  it.each(['log', 'answer', 'table', 'error'] as const)('finds a planted token in a %s', (place) => {
    const leaks = scanEvidence(evidenceOf([{ place, text: `{"authorization":"Bearer ${TOKEN.value}"}` }]));

    expect(leaks).toEqual([{ kind: 'access token', place, excerpt: '{"authorization":"Bearer █"}' }]);
  });

  it('finds it percent-encoded, as it stands in a URL, and does not repeat it', () => {
    const text = `GET /callback?code=${encodeURIComponent(TOKEN.value)}&x=1`;

    expect(scanEvidence(evidenceOf([{ place: 'log', text }]))).toEqual([
      { kind: 'access token', place: 'log', excerpt: 'GET /callback?code=█&x=1' },
    ]);
  });

  it('lets an answer carry what the browser or the app rightly gets, and nothing else', () => {
    const text = `location: https://app.example/?confirmation_code=${CODE.value}`;
    const places = (['log', 'answer', 'table', 'error'] as const).filter(
      (place) => scanEvidence(evidenceOf([{ place, text }])).length > 0,
    );

    expect(places).toEqual(['log', 'table', 'error']);
  });

  it('reports every secret of a text and blanks them all in each excerpt', () => {
    const leaks = scanEvidence(evidenceOf([{ place: 'log', text: `${TOKEN.value} ${CODE.value}` }]));

    expect(leaks.map(({ kind }) => kind)).toEqual(['access token', 'confirmation code']);
    expect(JSON.stringify(leaks)).not.toContain('planted');
  });

  it('looks for the secrets of a test file in what that file saw', () => {
    const other = evidenceOf([{ place: 'log', text: TOKEN.value }], []);

    expect(scanEvidence([...evidenceOf([{ place: 'log', text: 'nothing here' }]), ...other])).toEqual([]);
  });

  it('does not look for values so short that chance would find them', () => {
    const short: KnownSecret = { kind: 'state', value: 'elevenchars', scope: 'everywhere' };
    const long: KnownSecret = { kind: 'state', value: 'twelve-chars', scope: 'everywhere' };
    const sightings = [{ place: 'log' as const, text: `${short.value} ${long.value}` }];

    expect(scanEvidence(evidenceOf(sightings, [short, long]))).toHaveLength(1);
  });
});
