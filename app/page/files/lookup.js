// Finding one order by its ID.

import { filledIn } from "./fields.js";
import { failure, orderDetails } from "./format.js";

export class Lookup {
  #api;
  #orders;
  #found = document.getElementById("found");
  #asked = 0;

  constructor(api, orders) {
    this.#api = api;
    this.#orders = orders;
    const form = document.getElementById("lookup");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#view(filledIn(form).orderId ?? "");
    });
  }

  async #view(orderId) {
    this.#asked += 1;
    const number = this.#asked;
    this.#found.dataset.state = "asked";
    this.#found.replaceChildren("Looking…");
    let [shown, state] = [null, "found"];
    try {
      const view = await this.#api.view(orderId);
      this.#orders.merge(view);
      shown = orderDetails(view);
    } catch (error) {
      [shown, state] = [failure(error), "rejected"];
    }
    if (number !== this.#asked) return; // another one was looked for meanwhile
    this.#found.replaceChildren(shown);
    this.#found.dataset.state = state;
    this.#found.dataset.number = number;
  }
}
