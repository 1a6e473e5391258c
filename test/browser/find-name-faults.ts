import type { CDPSession } from 'playwright-core';

/** Roles that say nothing to a screen reader without a name. */
const NAMED_ROLES: ReadonlySet<unknown> = new Set([
  'button',
  'link',
  'radio',
  'checkbox',
  'combobox',
  'listbox',
  'textbox',
  'searchbox',
  'spinbutton',
  'image',
  'group',
  'radiogroup',
  'RootWebArea',
]);

/**
 * Asks Chromium's accessibility tree for what a screen reader would not be able to name.
 * @see HTML Accessibility API Mappings · WCAG 2.2, 4.1.2
 */
export async function findNameFaults(devTools: CDPSession): Promise<string[]> {
  const { nodes } = await devTools.send('Accessibility.getFullAXTree');
  const shown = nodes.filter((node) => !node.ignored && NAMED_ROLES.has(node.role?.value));
  // An empty tree would pass everything.
  if (shown.length === 0) return ['the accessibility tree is empty'];
  return shown
    .filter((node) => String(node.name?.value ?? '').trim() === '')
    .map((node) => `a ${String(node.role?.value)} without a name`);
}
