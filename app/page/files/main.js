// Wires the page: the event stream feeds the orders, and what shows them is drawn once in a frame.

import { Api } from "./api.js";
import { Blotter } from "./blotter.js";
import { Chart } from "./chart.js";
import { showConnection } from "./connection.js";
import { Details } from "./details.js";
import { say } from "./format.js";
import { keyDialog } from "./key.js";
import { followLinks } from "./links.js";
import { Lookup } from "./lookup.js";
import { Orders, STATUSES } from "./orders.js";
import { Selection } from "./selection.js";
import { EventStream } from "./stream.js";
import { Tape } from "./tape.js";
import { Ticket } from "./ticket.js";

const TIMES_PASS = 250; // milliseconds

// The server's time by this machine's clock: what the fastest event tells.
const clock = {
  offset: Infinity,
  hear(occurredAt) {
    this.offset = Math.min(this.offset, Date.now() - Date.parse(occurredAt));
  },
  now() {
    return Date.now() - (Number.isFinite(this.offset) ? this.offset : 0);
  },
};

const askForKey = keyDialog((key) => {
  api.key = key;
  stream.reconnect();
});
const api = new Api(() => askForKey());
const orders = new Orders();
const selection = new Selection(api, orders);
const blotter = new Blotter({ api, orders, selection, clock, details: new Details(api, orders) });
const ticket = new Ticket(api, orders);
const tape = new Tape();
const chart = new Chart();
new Lookup(api, orders);
followLinks(api);

let begun = false;

const stream = new EventStream(api, {
  event(frame) {
    clock.hear(frame.occurredAt);
    const order = orders.apply(frame);
    tape.add(frame);
    ticket.changed(order);
    if (frame.orderStatus === "PENDING" && order.symbol === null) selection.arrived();
    if (isExecution(frame, order)) chart.add(delayOf(order));
    drawSoon();
  },
  restart() {
    begun = false;
    orders.clear();
    tape.clear();
    chart.clear();
    ticket.forget();
  },
  state(state, last) {
    showConnection(state, last);
    if ((state === "live" || state === "anew") && !begun) {
      begun = true;
      blotter.begin(last).then(showPast);
    }
  },
});

const isExecution = ({ orderStatus }, order) => orderStatus === "EXECUTED" && order?.placedKnown;
const delayOf = (order) => Date.parse(order.updatedAt) - Date.parse(order.createdAt);

function showPast(events) {
  tape.addPast(events);
  const executed = events.filter((frame) => isExecution(frame, orders.get(frame.orderId)));
  chart.addPast(executed.map((frame) => delayOf(orders.get(frame.orderId))));
}

let drawing = 0;

function drawSoon() {
  drawing ||= requestAnimationFrame(draw);
}

function draw() {
  drawing = 0;
  blotter.draw();
  tape.draw();
  chart.draw();
  for (const status of STATUSES) {
    const count = document.querySelector(`#counts [data-status="${status}"] b`);
    say(count, orders.counts[status].toLocaleString("en"));
  }
}

setInterval(drawSoon, TIMES_PASS);
stream.start();
