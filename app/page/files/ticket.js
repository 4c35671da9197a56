// The order ticket, and the answers to what was placed from it.

import { cancelButton, takeBack } from "./cancel.js";
import { clearErrors, filledIn, showErrors } from "./fields.js";
import { element, failure, orderDetails } from "./format.js";

const MOST_ANSWERS = 50;

export class Ticket {
  #api;
  #orders;
  #form = document.getElementById("ticket");
  #answers = document.getElementById("answers");
  #placed = 0;
  // The cancel buttons of orders that may still be pending, by their IDs.
  #open = new Map();

  constructor(api, orders) {
    this.#api = api;
    this.#orders = orders;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#place(filledIn(this.#form));
    });
  }

  // An order has another status: it may be too late to cancel it.
  changed(order) {
    const line = this.#open.get(order.orderId);
    if (line && order.status !== "PENDING") this.#close(line, order);
  }

  async #place(wanted) {
    const line = this.#line(wanted);
    clearErrors(this.#form);
    try {
      const view = await this.#api.place(wanted);
      this.#orders.merge(view);
      this.#accepted(line, view);
    } catch (error) {
      this.#rejected(line, error);
      if (error.problem?.errors) showErrors(this.#form, error.problem.errors);
    }
  }

  #line({ side = "?", quantity = "?", symbol = "?", clientOrderId }) {
    document.getElementById("no-answers").hidden = true;
    this.#placed += 1;
    const wanted = element("p", { class: "wanted" }, `${side} ${quantity} ${symbol}`);
    if (clientOrderId) wanted.append(" ", element("small", {}, clientOrderId));
    const line = element("li", { "data-number": this.#placed, "data-state": "sent" }, wanted);
    line.append(element("p", { class: "outcome" }, "Sent…"));
    this.#answers.prepend(line);
    while (this.#answers.children.length > MOST_ANSWERS) this.#answers.lastElementChild.remove();
    return line;
  }

  #accepted(line, view) {
    line.querySelector(".outcome").replaceChildren(
      "Accepted as ",
      element("span", { class: "status", "data-status": view.orderStatus }, view.orderStatus),
    );
    line.append(element("details", {}, element("summary", {}, "Details"), orderDetails(view)));
    line.dataset.orderId = view.orderId;
    const name = `${view.side} ${view.quantity} ${view.symbol}`;
    const button = cancelButton(this.#api, view.orderId, name, (error) => this.#cancelled(line, error));
    line.querySelector(".outcome").append(" ", button);
    line.dataset.state = "accepted";
    this.#open.set(view.orderId, line);
    const order = this.#orders.get(view.orderId);
    if (order) this.changed(order);
  }

  #rejected(line, error) {
    line.querySelector(".outcome").replaceWith(failure(error));
    line.dataset.state = error.problem ? "rejected" : "failed";
  }

  #cancelled(line, error) {
    line.querySelector(".cancel-answer")?.remove();
    const answer = element("div", { class: "cancel-answer", "data-state": error ? "rejected" : "accepted" });
    answer.append(error ? failure(error) : "Cancel accepted");
    line.append(answer);
  }

  // The server has begun anew: nobody will tell what became of these orders.
  forget() {
    for (const line of this.#open.values()) {
      this.#takeBackCancel(line);
      line.querySelector(".outcome").append(" – what became of it is not known");
    }
    this.#open.clear();
  }

  #close(line, order) {
    this.#open.delete(order.orderId);
    this.#takeBackCancel(line);
    const now = element("span", { class: "status now", "data-status": order.status }, order.status);
    line.querySelector(".outcome").append(" → ", now);
  }

  #takeBackCancel(line) {
    const button = line.querySelector("button.cancel");
    if (button) takeBack(button, this.#answers);
  }
}
