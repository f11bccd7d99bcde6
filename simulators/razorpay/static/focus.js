/* Tab goes round inside the window; what lies under it is out of reach. */
export function keepFocus(event) {
  const stops = [...document.querySelectorAll("button, input")].filter(
    (element) => element.offsetParent && !element.disabled && element.tabIndex >= 0,
  );
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  const isOutside = !stops.includes(document.activeElement) && event.shiftKey;
  if (document.activeElement !== edge && !isOutside) return;
  event.preventDefault();
  (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
}
