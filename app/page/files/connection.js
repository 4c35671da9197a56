// How the connection is, in words.

import { say } from "./format.js";

const TEXTS = {
  connecting: () => "Connecting…",
  live: (last) => `Live since event ${last}`,
  resumed: (last) => `Live again: resumed after event ${last}, nothing missed`,
  anew: (last) => `Live again since event ${last}: the server does not know what was before`,
  lost: (last) => `Connection lost${last === null ? "" : ` after event ${last}`}, trying again…`,
  keyless: () => "The server asks for an API key",
};

export function showConnection(state, last) {
  const shown = document.getElementById("connection");
  shown.dataset.state = state;
  say(shown, TEXTS[state](last));
}
