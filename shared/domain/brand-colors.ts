/** A colour as it is used on a page, and what is written on it. Both `#rrggbb`. */
export interface BrandColors {
  /** For links, lines and buttons. */
  readonly mark: string;
  /** For text on the mark: black or white. */
  readonly ink: string;
}

/** Least contrast of small text. @see WCAG 2.2, 1.4.3 */
const LEAST_CONTRAST = 4.5;

/** Shades between a colour and black or white. */
const SHADES = 64;

const BLACK = '#000000';
const WHITE = '#ffffff';

/**
 * Makes a colour readable as text on the grounds: darker on light ones, lighter on dark ones, and no further than it must.
 * @param color - `#rrggbb`
 * @param grounds - all light, or all dark
 */
export function computeBrandColors(color: string, grounds: readonly string[]): BrandColors {
  const end = grounds.some((ground) => computeLuminance(ground) > 0.5) ? BLACK : WHITE;
  const isReadable = (shade: string): boolean =>
    grounds.every((ground) => computeContrast(shade, ground) >= LEAST_CONTRAST);
  let mark = color;
  for (let step = 1; step <= SHADES && !isReadable(mark); step += 1) mark = mix(color, end, step / SHADES);
  // One of the two always has at least 4.58 : 1.
  return { mark, ink: computeContrast(mark, WHITE) >= computeContrast(mark, BLACK) ? WHITE : BLACK };
}

/**
 * How well one colour can be told from another, from 1 to 21.
 * @see WCAG 2.2, "contrast ratio"
 */
export function computeContrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [computeLuminance(one), computeLuminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @see WCAG 2.2, "relative luminance" */
function computeLuminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = toParts(color)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: string, to: string, share: number): string {
  const ends = toParts(to);
  const parts = toParts(from).map((part, index) => Math.round(part + ((ends[index] ?? part) - part) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function toParts(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
