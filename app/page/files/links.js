// Links to the server's own words. A browser follows a link without the API key: where there is one,
// the page asks for the words and shows them in the place of the link.

import { element } from "./format.js";

export function followLinks(api) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.own-words");
    if (!link || !api.key) return;
    event.preventDefault();
    show(api, link);
  });
}

async function show(api, link) {
  const words = await api.words(link.getAttribute("href")).catch((error) => error.message);
  const shown = element("p", { class: "words", tabindex: "-1" }, words);
  link.replaceWith(shown);
  shown.focus();
}
