/*
 * Runs in the page. Gives what one must be able to reach with Tab (of radio buttons of one name, one stands for all), and which
 * of it has the focus now and whether one sees that.
 */
(() => {
  // What lies behind a modal dialog is out of reach, as it should be.
  const root = document.querySelector('dialog:modal') ?? document;
  const controls = [
    ...root.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'),
  ];
  const name = (control) =>
    control.type === 'radio'
      ? `radio ${control.name}`
      : `${control.tagName.toLowerCase()} ${controls.indexOf(control)} "${control.innerText.trim().slice(0, 40)}"`;
  const isReachable = (control) => !control.disabled && control.ariaHidden !== 'true' && control.checkVisibility();
  const all = [...new Set(controls.filter(isReachable).map(name))];

  const focused = document.activeElement;
  if (focused === null || focused === document.body) return { all, focused: null };
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const hasRing = (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  const { top, bottom } = focused.getBoundingClientRect();
  return { all, focused: { name: name(focused), isSeen: hasRing && bottom > 0 && top < innerHeight } };
})();
