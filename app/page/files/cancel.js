// The button that cancels an order: there as long as it is not too late.

import { element } from "./format.js";

// A button for one order. `done` is handed what went wrong, or null.
export function cancelButton(api, orderId, name, done) {
  const button = element("button", { type: "button", class: "cancel", "aria-label": `Cancel ${name}` }, "Cancel");
  button.addEventListener("click", async () => {
    button.disabled = true; // pressed twice, it would be rejected as already being cancelled
    button.setAttribute("aria-busy", "true");
    try {
      await api.cancel(orderId);
      done(null);
    } catch (error) {
      done(error);
    } finally {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    }
  });
  return button;
}
