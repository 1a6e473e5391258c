/** A value in a JSON text by its place there: for changing one thing and nothing else, numbers above 2^53 included. */
export interface JsonNode {
  /** Offsets into the text, in UTF-16 units: of its first one, and behind its last one. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'object' | 'array' | 'plain';
  /** Of an object, in their order. */
  readonly members: readonly JsonMember[];
  /** Of an array. */
  readonly items: readonly JsonNode[];
}

export interface JsonMember {
  readonly key: string;
  /** Offset of the key's opening quotation mark. */
  readonly start: number;
  readonly value: JsonNode;
}

interface OpenNode {
  start: number;
  end: number;
  kind: JsonNode['kind'];
  members: JsonMember[];
  items: JsonNode[];
  /** The key whose value comes next. */
  key?: { readonly text: string; readonly start: number };
}

/** Tokens of JSON; the text is known to be valid. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * Finds every value of a JSON text. Not recursive: an answer may nest as deep as it likes.
 * @param text - valid JSON; anything else gives a tree that means nothing
 */
export function parseJsonText(text: string): JsonNode {
  const root: OpenNode = { start: 0, end: text.length, kind: 'array', members: [], items: [] };
  const open: OpenNode[] = [root];
  for (const match of text.matchAll(TOKENS)) {
    const [token] = match;
    const parent = open.at(-1) ?? root;
    if (token === '{' || token === '[') {
      const node: OpenNode = {
        start: match.index,
        end: 0,
        kind: token === '{' ? 'object' : 'array',
        members: [],
        items: [],
      };
      addChild(parent, node);
      open.push(node);
    } else if (token === '}' || token === ']') {
      parent.end = match.index + 1;
      open.pop();
    } else if (token === ':' || token === ',') {
      continue;
    } else if (parent.kind === 'object' && parent.key === undefined) {
      parent.key = { text: String(JSON.parse(token)), start: match.index };
    } else {
      addChild(parent, {
        start: match.index,
        end: match.index + token.length,
        kind: 'plain',
        members: [],
        items: [],
      });
    }
  }
  const [first] = root.items;
  if (first === undefined) throw new Error('the text holds no value');
  return first;
}

function addChild(parent: OpenNode, value: OpenNode): void {
  if (parent.kind === 'array') {
    parent.items.push(value);
  } else if (parent.key !== undefined) {
    parent.members.push({ key: parent.key.text, start: parent.key.start, value });
    delete parent.key;
  }
}

/** @returns the member's value, of several the last one, as `JSON.parse` takes it */
export function findMember(node: JsonNode, key: string): JsonMember | undefined {
  return node.members.findLast((member) => member.key === key);
}

/** A piece of text in place of another; `start` and `end` alike where something is only put in. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes the changes, which may not overlap, and leaves everything else as it is. */
export function changeText(text: string, changes: readonly TextChange[]): string {
  let at = 0;
  const pieces: string[] = [];
  for (const change of changes.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, change.start), change.text);
    at = change.end;
  }
  return [...pieces, text.slice(at)].join('');
}
