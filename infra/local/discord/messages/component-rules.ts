import type { BodyError } from '../answer.ts';

/** A component as it comes: only its `type` tells which other members count. */
type Component = Readonly<Record<string, unknown>>;

type Path = readonly (string | number)[];

const ACTION_ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const SECTION = 9;
const TEXT_DISPLAY = 10;
const CONTAINER = 17;
const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

/** Button and the selects of strings, users, roles, mentionables and channels. */
const IN_ROW: ReadonlySet<number> = new Set([BUTTON, STRING_SELECT, 5, 6, 7, 8]);

/** Text, media gallery, file, separator. */
const CONTENT_TYPES = [TEXT_DISPLAY, 12, 13, 14];
const IN_CONTAINER: ReadonlySet<number> = new Set([ACTION_ROW, SECTION, ...CONTENT_TYPES]);
const TOP_LEVEL: ReadonlySet<number> = new Set([...IN_CONTAINER, CONTAINER]);

/** In all, those inside others too. */
const MAX_COMPONENTS = 40;

/** In all texts of a message with IS_COMPONENTS_V2. */
const MAX_TEXT_CHARACTERS = 4000;

/**
 * Checks the components of a message.
 * @param isV2 - whether the message has the flag IS_COMPONENTS_V2, without which there are only action rows
 * @see Discord docs: components/reference
 */
export function findComponentErrors(components: readonly Component[], isV2: boolean): BodyError[] {
  const errors: BodyError[] = [];
  const customIds = new Set<string>();
  const total = { components: 0, characters: 0 };
  const visit = (component: unknown, path: Path, allowed: ReadonlySet<number>): void => {
    total.components += 1;
    if (typeof component !== 'object' || component === null || Array.isArray(component)) {
      errors.push({ path, code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' });
      return;
    }
    const given: Component = { ...component };
    const type = given['type'];
    if (typeof type !== 'number' || !allowed.has(type)) {
      const message = `Value must be one of (${[...allowed].join(', ')}).`;
      errors.push({ path: [...path, 'type'], code: 'BASE_TYPE_CHOICES', message });
      return;
    }
    errors.push(...findOwnErrors(given, type, path, customIds));
    if (type === TEXT_DISPLAY) total.characters += Array.from(readText(given['content'])).length;
    const inside = findInside(type);
    const children = given['components'];
    if (inside !== undefined && Array.isArray(children)) {
      for (const [at, child] of children.entries()) visit(child, [...path, 'components', at], inside);
    }
  };
  for (const [at, component] of components.entries()) {
    visit(component, ['components', at], isV2 ? TOP_LEVEL : new Set([ACTION_ROW]));
  }
  if (total.components > MAX_COMPONENTS) errors.push(tooLong(['components'], MAX_COMPONENTS));
  if (total.characters > MAX_TEXT_CHARACTERS) errors.push(tooLong(['components'], MAX_TEXT_CHARACTERS));
  if (!isV2 && components.length > 5) errors.push(tooLong(['components'], 5));
  return errors;
}

/** The texts that are shown in the components, those inside others too. */
export function listComponentTexts(components: readonly Component[]): string[] {
  return components.flatMap((component) => {
    const children = component['components'];
    const inside = Array.isArray(children) ? listComponentTexts(children as Component[]) : [];
    return component['type'] === TEXT_DISPLAY ? [readText(component['content'])] : inside;
  });
}

function findInside(type: number): ReadonlySet<number> | undefined {
  if (type === ACTION_ROW) return IN_ROW;
  if (type === SECTION) return new Set([TEXT_DISPLAY]);
  return type === CONTAINER ? IN_CONTAINER : undefined;
}

function findOwnErrors(component: Component, type: number, path: Path, customIds: Set<string>): BodyError[] {
  if (type === ACTION_ROW) return findCountErrors(component, path, 1, 5);
  if (type === SECTION) return findCountErrors(component, path, 1, 3);
  if (type === CONTAINER) return findCountErrors(component, path, 1, MAX_COMPONENTS);
  if (type === TEXT_DISPLAY) return findTextErrors(component, 'content', path, 1, MAX_TEXT_CHARACTERS);
  if (!IN_ROW.has(type)) return [];
  const style = component['style'];
  if (type === BUTTON && (typeof style !== 'number' || style < 1 || style > PREMIUM_STYLE)) {
    return [
      { path: [...path, 'style'], code: 'BASE_TYPE_CHOICES', message: 'Value must be one of {1, 2, 3, 4, 5, 6}.' },
    ];
  }
  if (type === BUTTON && style === PREMIUM_STYLE) return findTextErrors(component, 'sku_id', path, 1, 20);
  const errors = type === BUTTON && style === LINK_STYLE ? [] : findCustomIdErrors(component, path, customIds);
  if (type === BUTTON && style === LINK_STYLE) errors.push(...findTextErrors(component, 'url', path, 1, 512));
  if (type === BUTTON && component['emoji'] === undefined) {
    errors.push(...findTextErrors(component, 'label', path, 1, 80));
  }
  if (type === STRING_SELECT) errors.push(...findCountErrors(component, path, 1, 25, 'options'));
  return errors;
}

function findCustomIdErrors(component: Component, path: Path, customIds: Set<string>): BodyError[] {
  const errors = findTextErrors(component, 'custom_id', path, 1, 100);
  const customId = readText(component['custom_id']);
  if (errors.length === 0 && customIds.has(customId)) {
    const message = 'Component custom id cannot be duplicated';
    errors.push({ path: [...path, 'custom_id'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message });
  }
  customIds.add(customId);
  return errors;
}

function findTextErrors(component: Component, name: string, path: Path, minimum: number, maximum: number): BodyError[] {
  const value = component[name];
  const at = [...path, name];
  if (value === undefined) return [{ path: at, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }];
  if (typeof value !== 'string') return [{ path: at, code: 'STRING_TYPE_CONVERT', message: 'Value is no string.' }];
  const count = Array.from(value).length;
  if (count < minimum) {
    return [{ path: at, code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` }];
  }
  return count > maximum ? [tooLong(at, maximum)] : [];
}

function findCountErrors(
  component: Component,
  path: Path,
  minimum: number,
  maximum: number,
  name = 'components',
): BodyError[] {
  const items = component[name];
  const count = Array.isArray(items) ? items.length : 0;
  if (count >= minimum && count <= maximum) return [];
  const message = `Must be between ${minimum} and ${maximum} in length.`;
  return [{ path: [...path, name], code: 'BASE_TYPE_BAD_LENGTH', message }];
}

function tooLong(path: Path, maximum: number): BodyError {
  return { path, code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
