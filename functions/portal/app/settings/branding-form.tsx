import { useRef, useState } from 'preact/hooks';
import { Field } from '../parts/field.tsx';
import { SaveFailure } from '../parts/save-failure.tsx';
import { useAction } from '../parts/use-action.ts';
import { isUntouched, useEdits } from '../parts/use-edits.ts';
import type { KeptIntegration } from '../parts/use-integration.ts';
import type { Integration } from '../wire.ts';
import { WORDS } from '../words.ts';
import { BrandPreview } from './brand-preview.tsx';

/** Bytes. The logo travels within the page of each end user. */
const MAX_LOGO_BYTES = 24 * 1024;

const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'];

const DEFAULT_COLOR = '#4752c4';

/** How the pages that end users see look: name, logo, colour, and whether there is a page before Discord. */
export function BrandingForm({
  kept,
  integration,
}: {
  readonly kept: KeptIntegration;
  readonly integration: Integration;
}) {
  const { branding } = integration;
  const { values, touched, edit, clear } = useEdits({
    name: branding.name ?? '',
    color: branding.color ?? DEFAULT_COLOR,
    logo: branding.logo,
    hasConnectPage: integration.connect_page === true,
  });
  const [logoFault, setLogoFault] = useState<string>();
  const [wasSaved, setWasSaved] = useState(false);
  const fileInput = useRef<HTMLInputElement>(null);
  const save = useAction(async () => {
    setWasSaved(false);
    const { name, color, logo, hasConnectPage } = touched;
    await kept.save({
      branding: {
        ...(name === undefined ? {} : { name: name.trim() === '' ? null : name.trim() }),
        ...(color === undefined ? {} : { color: color === DEFAULT_COLOR ? null : color }),
        ...(logo === undefined ? {} : { logo }),
      },
      ...(hasConnectPage === undefined ? {} : { connect_page: hasConnectPage }),
    });
    clear();
    setWasSaved(true);
  });
  const choose = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const fault = findLogoFault(file);
    setLogoFault(fault);
    if (fault === undefined) edit({ logo: await toDataUri(file) });
  };
  const dropLogo = (): void => {
    edit({ logo: null });
    setLogoFault(undefined);
    if (fileInput.current === null) return;
    // Choosing the same file again must count as a change.
    fileInput.current.value = '';
    fileInput.current.focus();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Field
        label="Name"
        hint="Who asks: users see it on every page of ours."
        error={save.error}
        pointer="/branding/name"
      >
        {(control) => (
          <input
            {...control}
            type="text"
            maxLength={60}
            value={values.name}
            onInput={(event) => edit({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label="Colour" error={save.error} pointer="/branding/color">
        {(control) => (
          <input
            {...control}
            type="color"
            value={values.color}
            onInput={(event) => edit({ color: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label="Logo"
        hint="PNG, JPEG or WebP, at most 24 KB"
        error={save.error}
        pointer="/branding/logo"
        fault={logoFault}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            ref={fileInput}
            accept={LOGO_TYPES.join(',')}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
        )}
      </Field>
      {values.logo !== null && (
        <p>
          <button type="button" class="secondary small" onClick={dropLogo}>
            Take the logo away
          </button>
        </p>
      )}
      <BrandPreview name={values.name} color={values.color} logo={values.logo} />
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={values.hasConnectPage}
          onChange={(event) => edit({ hasConnectPage: event.currentTarget.checked })}
        />
        Show a page of ours before Discord's, which says who asks and what for
      </label>
      <SaveFailure of={save} onLoad={kept.reload} />
      <button type="submit" aria-busy={save.isRunning}>
        {WORDS.save}
      </button>
      <p role="status">{wasSaved && isUntouched(touched) ? WORDS.saved : ''}</p>
    </form>
  );
}

function findLogoFault(file: File): string | undefined {
  if (!LOGO_TYPES.includes(file.type)) return 'This is none of PNG, JPEG and WebP.';
  return file.size > MAX_LOGO_BYTES ? `It has ${Math.ceil(file.size / 1024)} KB; 24 KB are the most.` : undefined;
}

function toDataUri(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
}
