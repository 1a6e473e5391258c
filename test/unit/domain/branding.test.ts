import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeBrandColors, computeContrast } from '../../../shared/domain/brand-colors.ts';
import { dropFaultyParts, findBrandingFaults, MAX_LOGO_BYTES } from '../../../shared/domain/branding.ts';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function toDataUri(type: string, bytes: Uint8Array | readonly number[]): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

function pngOf(length: number): string {
  const bytes = Buffer.alloc(length);
  bytes.set(PNG_SIGNATURE);
  return toDataUri('image/png', bytes);
}

const faultyParts = (branding: Parameters<typeof findBrandingFaults>[0]) =>
  findBrandingFaults(branding).map(({ part }) => part);

describe('the name', () => {
  it.each(['A', 'Acme & Sons <GmbH>', 'شركة', '🎮'.repeat(60), "O'Neill"])('may be %j', (name) => {
    expect(findBrandingFaults({ name })).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \t'],
    ['61 characters', 'x'.repeat(61)],
    ['a line break', 'a\nb'],
    ['a line separator', 'a\u2028b'],
    ['a null byte', 'a\u0000b'],
    ['half a character', 'a\ud83cb'],
    ['a right-to-left override', 'evil\u202egnp.exe'],
    ['a closing isolate', 'a\u2069b'],
    ['a right-to-left mark', 'a\u200fb'],
  ])('cannot be %s', (_what, name) => {
    expect(faultyParts({ name })).toEqual(['name']);
  });
});

describe('the colour', () => {
  it.each(['red', '#fff', '#FFFFFF', '#ff88000', '#ff8800;}', 'url(//evil)', '#ff8800 ', '\n#ff8800', ''])(
    'cannot be %j',
    (color) => {
      expect(faultyParts({ color })).toEqual(['color']);
    },
  );
});

describe('the logo', () => {
  it.each([
    ['a PNG', toDataUri('image/png', PNG_SIGNATURE)],
    ['a JPEG', toDataUri('image/jpeg', [0xff, 0xd8, 0xff, 0xe0])],
    ['a WebP', toDataUri('image/webp', Buffer.from('RIFF\u0000\u0000\u0000\u0000WEBPVP8 '))],
    ['as large as allowed', pngOf(MAX_LOGO_BYTES)],
  ])('may be %s', (_what, logo) => {
    expect(findBrandingFaults({ logo })).toEqual([]);
  });

  it.each([
    ['an SVG', toDataUri('image/svg+xml', Buffer.from('<svg onload="alert(1)"/>'))],
    ['an SVG that calls itself PNG', toDataUri('image/png', Buffer.from('<svg onload="alert(1)"/>'))],
    ['a PNG that calls itself JPEG', toDataUri('image/jpeg', PNG_SIGNATURE)],
    ['HTML', toDataUri('text/html', Buffer.from('<script>alert(1)</script>'))],
    ['with the name of a method for a type', toDataUri('image/constructor', PNG_SIGNATURE)],
    ['an address', 'https://evil.example/logo.png'],
    ['with something behind it', `${pngOf(8)}" onerror="alert(1)`],
    ['with a line break', `${pngOf(8)}\n`],
    ['nothing', ''],
    ['a byte too large', pngOf(MAX_LOGO_BYTES + 1)],
  ])('cannot be %s', (_what, logo) => {
    expect(faultyParts({ logo })).toEqual(['logo']);
  });
});

describe('what is stored', () => {
  it('is used without the parts that are not as they must be', () => {
    expect(dropFaultyParts({ name: 'Acme', color: 'red', logo: 'javascript:alert(1)' })).toEqual({ name: 'Acme' });
    expect(dropFaultyParts({ name: 'a\u202eb', color: '#ff8800' })).toEqual({ color: '#ff8800' });
    expect(dropFaultyParts({})).toEqual({});
  });
});

describe('the colours of a page', () => {
  const grounds = { light: ['#ffffff', '#f6f6f8'], dark: ['#17181c', '#202127'] };
  const color = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);

  it('can be read on every ground, and so can what is written on them, whatever the operator chooses', () => {
    fc.assert(
      fc.property(color, fc.constantFrom(grounds.light, grounds.dark), (chosen, ground) => {
        const { mark, ink } = computeBrandColors(chosen, ground);
        expect(mark).toMatch(/^#[0-9a-f]{6}$/);
        for (const each of ground) expect(computeContrast(mark, each)).toBeGreaterThanOrEqual(4.5);
        expect(computeContrast(ink, mark)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('are the chosen one where it can be read already', () => {
    expect(computeBrandColors('#4752c4', grounds.light)).toEqual({ mark: '#4752c4', ink: '#ffffff' });
    expect(computeBrandColors('#a9b2ff', grounds.dark)).toEqual({ mark: '#a9b2ff', ink: '#000000' });
  });

  it('keep their hue where they must change', () => {
    const { mark } = computeBrandColors('#ffff00', grounds.light);
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(mark.slice(at, at + 2), 16));
    expect([red, blue]).toEqual([green, 0]);
    expect(green).toBeGreaterThan(0x60);
  });

  it('know the contrast of WCAG', () => {
    expect(computeContrast('#000000', '#ffffff')).toBe(21);
    expect(computeContrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(computeContrast('#ffffff', '#767676')).toBe(computeContrast('#767676', '#ffffff'));
  });
});
