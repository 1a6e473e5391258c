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
  const faults: string[] = [];
  for (const node of shown.filter(({ name }) => String(name?.value ?? '').trim() === '')) {
    if (await isDisclosure(devTools, node.backendDOMNodeId)) continue;
    faults.push(`a ${String(node.role?.value)} without a name`);
  }
  return faults;
}

/** A `details` element is a group too; what it is called says the summary within it. */
async function isDisclosure(devTools: CDPSession, backendNodeId: number | undefined): Promise<boolean> {
  if (backendNodeId === undefined) return false;
  return (await devTools.send('DOM.describeNode', { backendNodeId })).node.nodeName === 'DETAILS';
}
