/**
 * Runs in the page: what is wider than the window or its button, or cut off. What scrolls sideways within itself on purpose (a picture, a row of
 * filters) is left alone; what is hidden from sight for screen readers, too.
 */
export function widthFaults(): string[] {
  const width = document.documentElement.clientWidth;
  const faults: string[] = [];
  const nameOf = (element: Element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> “${(element.textContent ?? '').slice(0, 50)}”`;
  const scrollsSideways = (element: Element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  const isInside = (element: Element, holds: (each: Element) => boolean) => {
    for (let at = element.parentElement; at !== null; at = at.parentElement) if (holds(at)) return true;
    return false;
  };
  const isHidden = (element: Element) => {
    const box = element.getBoundingClientRect();
    return (
      box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    );
  };
  const words = document.createRange();
  const bursts = (element: Element) => {
    words.selectNodeContents(element);
    const [inside, box] = [words.getBoundingClientRect(), element.getBoundingClientRect()];
    return inside.left < box.left - 1 || inside.right > box.right + 1;
  };
  const scroller = document.scrollingElement ?? document.documentElement;
  if (scroller.scrollWidth > width) faults.push(`the page scrolls sideways: ${String(scroller.scrollWidth)} px`);
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (isHidden(element) || isInside(element, isHidden)) continue;
    if (element.matches('[data-scroller], main') && element.scrollWidth > element.clientWidth)
      faults.push(`scrolls sideways: ${nameOf(element)}`);
    if (isInside(element, (each) => scrollsSideways(each) && !each.matches('[data-scroller], main'))) continue;
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > width + 1)
      faults.push(`sticks out (${String(Math.round(left))} to ${String(Math.round(right))}): ${nameOf(element)}`);
    if (element.matches('button') && bursts(element)) faults.push(`bursts: ${nameOf(element)}`);
    // one moves through a text that is longer than its field
    const cuts = !element.matches('input') && ['hidden', 'clip'].includes(getComputedStyle(element).overflowX);
    if (cuts && element.scrollWidth > element.clientWidth + 1) faults.push(`cuts off: ${nameOf(element)}`);
  }
  return faults.slice(0, 8);
}
