// The tape: every event with its number, newest first.

import { element, say, time } from "./format.js";

const LENGTH = 200;

export class Tape {
  #list = document.getElementById("tape");
  #pause = document.getElementById("tape-pause");
  #waiting = [];
  #paused = false;

  constructor() {
    this.#pause.addEventListener("click", () => {
      this.#paused = !this.#paused;
      this.#pause.setAttribute("aria-pressed", this.#paused);
      say(this.#pause, this.#paused ? "Go on" : "Pause");
    });
  }

  add(event) {
    this.#waiting.push(event);
    if (this.#waiting.length > 2 * LENGTH) this.#waiting.splice(0, LENGTH);
  }

  // Events of before the page was opened, oldest first.
  addPast(events) {
    this.#list.append(...events.slice(-LENGTH).reverse().map(line));
    this.#trim();
  }

  clear() {
    this.#waiting = [];
    this.#list.replaceChildren();
  }

  draw() {
    if (this.#paused || this.#waiting.length === 0) return;
    const lines = this.#waiting.slice(-LENGTH).reverse().map(line);
    this.#waiting = [];
    this.#list.prepend(...lines);
    this.#trim();
  }

  #trim() {
    while (this.#list.children.length > LENGTH) this.#list.lastElementChild.remove();
  }
}

function line({ sequence, orderId, clientOrderId, orderStatus, previousStatus, occurredAt }) {
  return element(
    "li",
    { "data-sequence": sequence, "data-order-id": orderId },
    element("span", { class: "number" }, String(sequence)),
    element("time", { datetime: occurredAt }, time(occurredAt)),
    element("span", { class: "status", "data-status": orderStatus, "data-previous": previousStatus ?? "" }, orderStatus),
    element("span", { class: "reference", title: clientOrderId ?? "" }, clientOrderId ?? `order ${orderId.slice(0, 8)}`),
  );
}
