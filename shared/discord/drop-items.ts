import { changeText, findMember, parseJsonText, type JsonNode, type TextChange } from './json-text.ts';

/** One list inside of an answer, and which of its items stay. */
export interface ListFilter {
  /** Names of the members on the way to the list; empty: the answer itself is the list. */
  readonly path: readonly string[];
  readonly isKept: (item: unknown, index: number) => boolean;
}

/**
 * Leaves items out of lists and everything else as it came.
 * @param text - valid JSON; where it has no such list nothing is done
 */
export function dropItems(text: string, filters: readonly ListFilter[]): string {
  const root = parseJsonText(text);
  const changes = filters.flatMap(({ path, isKept }): TextChange[] => {
    const list = findList(root, path);
    if (list === undefined) return [];
    const slices = list.items.map(({ start, end }) => text.slice(start, end));
    const kept = slices.filter((slice, index) => isKept(JSON.parse(slice), index));
    return kept.length === slices.length ? [] : [{ start: list.start, end: list.end, text: `[${kept.join(',')}]` }];
  });
  return changeText(text, changes);
}

function findList(root: JsonNode, path: readonly string[]): JsonNode | undefined {
  const found = path.reduce<JsonNode | undefined>((node, name) => node && findMember(node, name)?.value, root);
  return found?.kind === 'array' ? found : undefined;
}
