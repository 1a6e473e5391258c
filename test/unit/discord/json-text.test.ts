import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeText, findMember, parseJsonText, type JsonNode } from '../../../shared/discord/json-text.ts';

/** The value said anew from the places that were found. */
function rebuild(text: string, node: JsonNode): unknown {
  if (node.kind === 'array') return node.items.map((item) => rebuild(text, item));
  if (node.kind === 'plain') return JSON.parse(text.slice(node.start, node.end));
  return Object.fromEntries(node.members.map(({ key, value }) => [key, rebuild(text, value)]));
}

describe('parseJsonText', () => {
  it('finds every value of every text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = `\n${JSON.stringify(value, null, indent)} `;
        const node = parseJsonText(text);

        expect(JSON.stringify(rebuild(text, node))).toBe(JSON.stringify(JSON.parse(text)));
        expect(text.slice(node.start, node.end)).toBe(text.trim());
      }),
    );
  });

  it('bears any depth', () => {
    expect(parseJsonText('['.repeat(200_000) + ']'.repeat(200_000)).end).toBe(400_000);
  });

  it('takes of a doubled key the last one, as JSON.parse does', () => {
    const text = '{"a":1,"b":[2],"\\u0061":3}';
    const member = findMember(parseJsonText(text), 'a');

    expect(text.slice(member?.start, member?.value.end)).toBe('"\\u0061":3');
    expect(findMember(parseJsonText(text), 'c')).toBeUndefined();
  });
});

describe('changeText', () => {
  it('makes changes in any order and leaves the rest', () => {
    const changes = [
      { start: 5, end: 6, text: 'X' },
      { start: 1, end: 3, text: '' },
      { start: 0, end: 0, text: '>' },
    ];

    expect(changeText('abcdef', changes)).toBe('>adeX');
  });
});
