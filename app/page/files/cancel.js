// The button that cancels an order: there as long as it is not too late.

import { element } from "./format.js";

// A button for one order. `done` is handed what went wrong, or null.
export function cancelButton(api, orderId, name, done) {
  const button = element("button", { type: "button", class: "cancel", "aria-label": `Cancel ${name}` }, "Cancel");
  button.addEventListener("click", async () => {
    // Pressed twice, it would be rejected as already being cancelled. A button that is `disabled`
    // would lose the focus, and whoever uses the keyboard their place.
    if (button.ariaDisabled) return;
    button.ariaDisabled = "true";
    try {
      await api.cancel(orderId);
      done(null);
    } catch (error) {
      done(error);
    } finally {
      button.ariaDisabled = null;
    }
  });
  return button;
}

// It is too late: takes the button away. Who had the focus on it is led to `place`, and not back to
// the beginning of the page.
export function takeBack(button, place) {
  const focused = document.activeElement === button;
  button.remove();
  if (focused) place.focus();
}
