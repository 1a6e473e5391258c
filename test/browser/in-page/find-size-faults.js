/* Runs in the page, at a phone's width. Gives what does not fit or is too small to tap (WCAG 2.2, 2.5.8), as a list of texts. */
(() => {
  const MIN_TARGET_PX = 24;
  const faults = [];
  const name = (element) =>
    `${element.tagName.toLowerCase()} "${(element.innerText || element.value || '').trim().slice(0, 40)}"`;

  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth,
    );
    faults.push(
      `scrolls sideways: ${scrollWidth} px wide in ${clientWidth} px, because of ${wide.map(name).slice(0, 3).join(', ')}`,
    );
  }
  for (const control of document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary',
  )) {
    /* What nobody is to reach is there for password managers. */
    if (control.ariaHidden === 'true') continue;
    /* A label can be tapped instead of what it labels. */
    const targets = [control, ...(control.labels ?? [])].map((element) => element.getBoundingClientRect());
    const isLargeEnough = targets.some(({ width, height }) => width >= MIN_TARGET_PX && height >= MIN_TARGET_PX);
    if (!isLargeEnough) {
      const { width, height } = targets[0];
      faults.push(`${name(control)} is only ${Math.round(width)} × ${Math.round(height)} px to tap`);
    }
  }
  return faults;
})();
