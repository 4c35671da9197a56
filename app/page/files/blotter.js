// The blotter: orders in rows, newest first.

import { cancelButton, takeBack } from "./cancel.js";
import { clearErrors, filledIn, showErrors } from "./fields.js";
import { NONE, age, element, failure, say, seconds, time } from "./format.js";
import { replay } from "./stream.js";
import { VirtualRows } from "./virtual_rows.js";

const PAST_EVENTS = 1000; // that are replayed at a time, to page into the past

export class Blotter {
  #api;
  #orders;
  #selection;
  #details;
  #clock;
  #rows;
  #form = document.getElementById("filter");
  #state = document.getElementById("blotter-state");
  #older = document.getElementById("older");
  #olderState = document.getElementById("older-state");
  #toNewest = document.getElementById("to-newest");
  #oldest = null; // the number of the event before the oldest one that is known
  #drawn = -1;
  #chosen = 0;

  constructor({ api, orders, selection, details, clock }) {
    this.#api = api;
    this.#orders = orders;
    this.#selection = selection;
    this.#details = details;
    this.#clock = clock;
    this.#rows = new VirtualRows(document.getElementById("rows"), {
      make: () => this.#makeRow(),
      key: (order) => order.orderId,
      moved: () => this.#moved(),
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#filter(filledIn(this.#form));
    });
    this.#form.addEventListener("reset", () => this.#filter({}));
    this.#older.addEventListener("click", () => this.#loadOlder());
    this.#toNewest.addEventListener("click", () => this.#rows.scrollToTop());
  }

  // Live events begin after this number: all before it is the past. The latest of it is returned.
  async begin(sequence) {
    this.#oldest = sequence;
    this.#selection.again();
    return this.#loadOlder();
  }

  // Shows what has changed. Called once in a frame, and now and then for the times that pass.
  draw() {
    const { items } = this.#selection;
    if (this.#drawn === this.#orders.version) this.#rows.draw();
    else this.#rows.show(items);
    this.#drawn = this.#orders.version;
    document.getElementById("blotter").setAttribute("aria-rowcount", items.length + 1);
    if (this.#state.dataset.state !== "failed") this.#sayHowMany(items.length);
    this.#details.want(this.#rows.shown);
    this.#toNewest.hidden = this.#rows.isAtTop;
  }

  #sayHowMany(count) {
    const what = this.#selection.isFiltered ? "matching" : "loaded";
    const reading = this.#state.dataset.state === "reading" ? ", looking for more…" : "";
    say(this.#state, `${count.toLocaleString("en")} ${what}${reading}`);
  }

  async #filter(filters) {
    clearErrors(this.#form);
    this.#chosen += 1;
    const number = this.#chosen;
    this.#state.dataset.state = "reading";
    this.#rows.scrollToTop();
    this.#drawn = -1;
    this.#older.hidden = Object.keys(filters).length > 0;
    try {
      await this.#selection.choose(filters);
      this.#chose(number, "complete");
    } catch (error) {
      this.#chose(number, "failed");
      this.#state.replaceChildren(failure(error));
      showErrors(this.#form, error.problem?.errors ?? []);
    }
  }

  #chose(number, state) {
    if (number !== this.#chosen) return; // another filter was chosen meanwhile
    this.#drawn = -1;
    this.draw();
    Object.assign(this.#state.dataset, { state, number });
    if (state === "complete") this.#announce();
  }

  // For those who do not see it: the count itself changes with each order, which nobody wants read.
  #announce() {
    const count = this.#selection.items.length.toLocaleString("en");
    const what = this.#selection.isFiltered ? `${count} orders match` : "Not filtered any more";
    say(document.getElementById("announcement"), what);
  }

  async #loadOlder() {
    if (this.#oldest === 0 || this.#older.disabled) {
      this.#endOfPast("");
      return [];
    }
    this.#older.disabled = true;
    const from = Math.max(0, this.#oldest - PAST_EVENTS);
    const events = await replay(this.#api, from, this.#oldest).catch(() => undefined);
    this.#older.disabled = false;
    if (events === undefined) {
      say(this.#olderState, "The connection was lost: try again.");
      return [];
    }
    if (events === null) {
      this.#endOfPast("Older events are no longer kept: filter to find older orders.");
      return [];
    }
    for (const event of events) this.#orders.apply(event);
    this.#oldest = from;
    this.#endOfPast("");
    return events;
  }

  #endOfPast(trouble) {
    if (trouble) this.#oldest = 0;
    this.#older.hidden = this.#oldest === 0;
    say(this.#olderState, trouble || (this.#oldest === 0 ? "These are all orders." : ""));
  }

  #moved() {
    this.#toNewest.hidden = this.#rows.isAtTop;
    this.#details.want(this.#rows.shown);
    if (this.#rows.isNearEnd && !this.#selection.isFiltered && this.#oldest) this.#loadOlder();
  }

  #makeRow() {
    const row = element("div", { class: "row", role: "row" });
    const cells = {};
    for (const name of ["time", "side", "quantity", "symbol", "reference", "status", "pending-for", "final-for", "action"]) {
      cells[name] = element("span", { role: "cell", class: name });
      row.append(cells[name]);
    }
    return { row, fill: (order) => this.#fill(row, cells, order) };
  }

  #fill(row, cells, order) {
    const known = order.symbol !== null;
    const pending = order.status === "PENDING";
    row.dataset.orderId = order.orderId;
    say(cells.time, order.placedKnown ? time(order.createdAt) : "…");
    say(cells.side, known ? order.side : "…");
    cells.time.dataset.at = order.createdAt;
    cells.status.dataset.at = order.updatedAt;
    cells.side.dataset.side = order.side ?? "";
    say(cells.quantity, known ? order.quantity : "…");
    say(cells.symbol, known ? order.symbol : "…");
    say(cells.reference, order.reference ?? NONE);
    cells.reference.title = order.reference ?? "";
    say(cells.status, order.status);
    cells.status.dataset.status = order.status;
    say(cells["pending-for"], this.#pendingFor(order));
    say(cells["final-for"], pending ? "–" : age(this.#clock.now() - Date.parse(order.updatedAt)));
    this.#offerCancel(cells.action, order);
  }

  #pendingFor(order) {
    if (!order.placedKnown) return "…";
    const end = order.status === "PENDING" ? this.#clock.now() : Date.parse(order.updatedAt);
    return seconds(Math.max(0, end - Date.parse(order.createdAt)));
  }

  #offerCancel(cell, order) {
    const button = cell.querySelector("button");
    if (order.status !== "PENDING") {
      if (button) takeBack(button, document.getElementById("rows"));
    } else if (!button) {
      const name = `order ${order.reference ?? order.orderId}`;
      cell.append(cancelButton(this.#api, order.orderId, name, (error) => this.#cancelled(order, error)));
    }
  }

  #cancelled(order, error) {
    const answer = document.getElementById("blotter-answer");
    const name = order.reference ?? order.orderId;
    answer.replaceChildren(error ? failure(error) : `The cancel of order ${name} was accepted.`);
    answer.dataset.state = error ? "rejected" : "accepted";
    answer.dataset.orderId = order.orderId;
  }
}
