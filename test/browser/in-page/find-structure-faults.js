/* Runs in the page. Gives what is wrong with the document's structure, as a list of texts. */
(() => {
  const faults = [];
  const expect = (isRight, fault) => {
    if (!isRight) faults.push(fault);
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (element) => element.textContent.trim();

  expect(document.compatMode === 'CSS1Compat', 'no doctype');
  expect(document.characterSet === 'UTF-8', `character set ${document.characterSet}`);
  expect(/^[a-z]{2}(-[A-Z]{2})?$/.test(document.documentElement.lang), 'no language on html');
  expect(document.title.trim() !== '', 'no title');

  const viewport = document.querySelector('meta[name=viewport]')?.content ?? '';
  expect(viewport.includes('width=device-width'), 'no viewport for phones');
  expect(!/user-scalable\s*=\s*(no|0)|maximum-scale/.test(viewport), 'the viewport forbids zooming');

  const mains = all('main, [role=main]');
  expect(mains.length === 1, `${mains.length} main landmarks`);
  const topHeadings = all('h1');
  expect(topHeadings.length === 1, `${topHeadings.length} h1`);
  expect(mains[0]?.contains(topHeadings[0] ?? null) === true, 'h1 outside main');
  const levels = all('h1, h2, h3, h4, h5, h6').map((heading) => Number(heading.tagName[1]));
  expect(levels[0] === 1, 'the first heading is no h1');
  expect(
    levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1),
    `headings skip a level: ${levels}`,
  );
  for (const heading of all('h1, h2, h3, h4, h5, h6')) expect(text(heading) !== '', 'an empty heading');
  for (const list of all('ul, ol')) expect(list.children.length > 0, 'an empty list');
  for (const fieldset of all('fieldset')) {
    expect(text(fieldset.querySelector(':scope > legend') ?? fieldset) !== '', 'a fieldset without legend');
  }
  for (const image of all('img')) expect(image.hasAttribute('alt'), 'an image without alt');

  const ids = all('[id]').map((element) => element.id);
  expect(new Set(ids).size === ids.length, 'an id stands there twice');
  return faults;
})();
