/** How the pages look that end users see. What is absent is neutral. */
export interface Branding {
  /** Who asks; 1 to 60 characters. */
  readonly name?: string;
  /** `#rrggbb`, lower case. */
  readonly color?: string;
  /** A picture as a data URI: PNG, JPEG or WebP. */
  readonly logo?: string;
}

/** Bytes, decoded. The logo travels within every page. */
export const MAX_LOGO_BYTES = 24 * 1024;

/** A fault in one part of a branding. */
export interface BrandingFault {
  readonly part: keyof Branding;
  readonly detail: string;
}

/** First bytes of the pictures that we take. SVG is none of them: it can hold scripts and asks for other files. */
const SIGNATURES: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/webp': (bytes) =>
    bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
};

/** Control characters, line ends and those that turn the direction of text: a name must not rearrange what stands around it. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** The parts that are as they must be: a stored branding is not put into a page unseen. */
export function dropFaultyParts(branding: Branding): Branding {
  const faulty = new Set<string>(findBrandingFaults(branding).map(({ part }) => part));
  return Object.fromEntries(Object.entries(branding).filter(([part]) => !faulty.has(part)));
}

/** @returns what is wrong, part by part */
export function findBrandingFaults({ name, color, logo }: Branding): BrandingFault[] {
  const faults: BrandingFault[] = [];
  if (name !== undefined && (name.trim() === '' || Array.from(name).length > 60 || UNSEEN.test(name))) {
    faults.push({ part: 'name', detail: 'must be 1 to 60 characters without control and direction characters' });
  }
  if (color !== undefined && !/^#[0-9a-f]{6}$/.test(color)) {
    faults.push({ part: 'color', detail: 'must be a colour as #rrggbb, in lower case' });
  }
  const logoFault = logo === undefined ? undefined : findLogoFault(logo);
  if (logoFault !== undefined) faults.push({ part: 'logo', detail: logoFault });
  return faults;
}

function findLogoFault(logo: string): string | undefined {
  const [, type = '', encoded] = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(logo) ?? [];
  const isKnown = Object.hasOwn(SIGNATURES, type) ? SIGNATURES[type] : undefined;
  if (isKnown === undefined || encoded === undefined) {
    return 'must be a data URI of a PNG, JPEG or WebP picture (data:image/png;base64,…)';
  }
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.byteLength > MAX_LOGO_BYTES) return `must have at most ${MAX_LOGO_BYTES} bytes`;
  return isKnown(bytes) ? undefined : `is no ${type} picture`;
}
