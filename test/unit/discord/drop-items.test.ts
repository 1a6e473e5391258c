import { describe, expect, it } from 'vitest';
import { dropItems } from '../../../shared/discord/drop-items.ts';

const isEven = (item: unknown) => typeof item === 'object' && item !== null && 'n' in item && Number(item.n) % 2 === 0;

describe('dropItems', () => {
  it('leaves items out and the others as they came', () => {
    const text = '[ {"n":2,"big":9007199254740993} , {"n":1}, {"n":4, "s":"\\ud800"} ]';
    expect(dropItems(text, [{ path: [], isKept: isEven }])).toBe(
      '[{"n":2,"big":9007199254740993},{"n":4, "s":"\\ud800"}]',
    );
  });

  it('finds lists inside, several at once', () => {
    const text = '{"a":[{"n":1}],"b":{"c":[{"n":2},{"n":3}]},"total":1.50}';
    const filters = [
      { path: ['a'], isKept: isEven },
      { path: ['b', 'c'], isKept: isEven },
    ];
    expect(dropItems(text, filters)).toBe('{"a":[],"b":{"c":[{"n":2}]},"total":1.50}');
  });

  it('changes nothing when all stay, or there is no such list', () => {
    for (const text of ['[ {"n":2} ]', '{"a":null}', 'null', '{"b": 1}']) {
      expect(dropItems(text, [{ path: [], isKept: isEven }])).toBe(text);
      expect(dropItems(text, [{ path: ['a'], isKept: isEven }])).toBe(text);
    }
  });
});
