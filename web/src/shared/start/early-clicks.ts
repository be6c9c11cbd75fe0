const INTERACTIVE = "interactive";

/**
 * Keeps the clicks on controls that come before the page is interactive. A part of the start script: the controls
 * are visible before the page's code is loaded, and their clicks would be lost.
 */
export const KEEP_EARLY_CLICKS = `
  const clicked = [];
  const keep = (event) => {
    const control = event.target.closest("button, input[type=checkbox], input[type=radio]");
    if (control) {
      event.preventDefault();
      event.stopPropagation();
      clicked.push(control);
    }
  };
  addEventListener("click", keep, true);
  const repeatNext = () => {
    if (clicked.length) {
      clicked.shift().click();
      setTimeout(repeatNext);
    }
  };
  const repeat = () => {
    removeEventListener("click", keep, true);
    repeatNext();
  };
  addEventListener("${INTERACTIVE}", repeat, { once: true });`;

/** Call it once the page is interactive. */
export function repeatEarlyClicks(): void {
  window.dispatchEvent(new Event(INTERACTIVE));
}
