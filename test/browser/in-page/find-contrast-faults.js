/*
 * Runs in the page. Gives each visible text whose contrast against what lies behind it is below 4.5 : 1 (WCAG 2.2, 1.4.3), as
 * a list of texts. What cannot be computed is a fault too, never a pass.
 */
(() => {
  const MIN_RATIO = 4.5;

  /** [red, green, blue, alpha], each 0 to 1, of a computed colour. */
  const parseColor = (color) => {
    const numbers = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(color)?.slice(1);
    if (numbers === undefined) throw new Error(`colour ${color} cannot be read`);
    const [red, green, blue, alpha = '1'] = numbers;
    return [red / 255, green / 255, blue / 255, Number(alpha)];
  };
  const layOver = (front, back) => {
    const alpha = front[3];
    return [...[0, 1, 2].map((index) => front[index] * alpha + back[index] * (1 - alpha)), 1];
  };
  /* The paper of the browser itself, in the page's own colour scheme. */
  const readCanvas = () => {
    const probe = document.createElement('span');
    probe.style.color = 'Canvas';
    document.body.append(probe);
    const canvas = parseColor(getComputedStyle(probe).color);
    probe.remove();
    return canvas;
  };
  const computeBackground = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') throw new Error('it stands on a picture');
      if (style.opacity !== '1') throw new Error('it is translucent');
      layers.push(parseColor(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((back, front) => layOver(front, back), readCanvas());
  };
  /* WCAG 2.2, "relative luminance" and "contrast ratio". */
  const computeLuminance = (color) => {
    const [red, green, blue] = color
      .slice(0, 3)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const computeRatio = (one, other) => {
    const [dark, light] = [computeLuminance(one), computeLuminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  const faults = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.data.trim().slice(0, 40);
    if (words === '' || !element.checkVisibility()) continue;
    try {
      const back = computeBackground(element);
      const ratio = computeRatio(layOver(parseColor(getComputedStyle(element).color), back), back);
      if (ratio < MIN_RATIO) faults.push(`contrast of "${words}" is ${ratio.toFixed(2)} : 1`);
    } catch (error) {
      faults.push(`contrast of "${words}" is unknown: ${error.message}`);
    }
  }
  return faults;
})();
