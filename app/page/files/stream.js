// The order events: one connection that is always there, and replays of what was before.

import { Unreachable } from "./api.js";

const FIRST_WAIT = 250; // milliseconds before trying again; twice as long each time
const LONGEST_WAIT = 5000;
const HELLO_WAIT = 10000;
const TICK = 1000;
const SLEPT = 10 * TICK; // a tick that comes so late says that the machine slept
const QUIET = 30000; // a connection that says nothing so long may be dead
const POLICY_VIOLATION = 1008;

function open(path, subprotocols) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address, subprotocols);
}

// Keeps a connection to the event stream. Each event is handed to `heard.event` once and in order,
// also when connections are lost; `heard.state` tells how things are, and `heard.restart` that the
// server has another stream, or has forgotten our place in it: all that was before is gone.
export class EventStream {
  #api;
  #heard;
  #socket = null;
  #streamId = null;
  #last = null;
  #since = null;
  #wait = FIRST_WAIT;
  #retry = 0;
  #deadline = 0;
  #ticked = Date.now();
  #frameAt = Date.now();
  #silently = false;
  #anew = false;

  constructor(api, heard) {
    this.#api = api;
    this.#heard = heard;
  }

  start() {
    setInterval(() => this.#tick(), TICK);
    for (const [target, event] of [[window, "online"], [window, "pageshow"], [document, "resume"]]) {
      target.addEventListener(event, (shown) => shown.persisted !== false && this.reconnect());
    }
    this.reconnect();
  }

  // The number of the newest event.
  get last() {
    return this.#last;
  }

  // Connects anew, after the last event; `silently` where nothing is known to be wrong.
  reconnect({ silently = false } = {}) {
    this.#silently = silently;
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    this.#socket?.close();
    this.#since = this.#last;
    this.#frameAt = Date.now();
    const path = this.#since === null ? "/ws" : `/ws?since=${this.#since}`;
    const socket = open(path, this.#api.subprotocols);
    this.#socket = socket;
    this.#deadline = setTimeout(() => socket.close(), HELLO_WAIT);
    socket.addEventListener("message", ({ data }) => this.#take(socket, JSON.parse(data)));
    socket.addEventListener("close", ({ code }) => this.#lost(socket, code));
  }

  #take(socket, frame) {
    if (socket !== this.#socket) return; // of a connection that was given up
    this.#frameAt = Date.now();
    if (frame.type === "hello") this.#greet(frame);
    else if (frame.sequence === this.#last + 1) {
      this.#last = frame.sequence;
      this.#heard.event(frame);
    } else if (frame.sequence > this.#last) this.reconnect(); // something is missing
  }

  #greet({ streamId, sequence }) {
    clearTimeout(this.#deadline);
    const resumed = this.#streamId === streamId;
    if (this.#streamId !== null && !resumed) this.#restart();
    if (!resumed) {
      this.#streamId = streamId;
      this.#last = sequence;
      if (this.#since !== null) {
        this.#last = null; // its numbers are another server's
        this.reconnect();
        return;
      }
    }
    this.#wait = FIRST_WAIT;
    if (!resumed) this.#heard.state(this.#anew ? "anew" : "live", this.#last);
    else if (!this.#silently) this.#heard.state("resumed", this.#last);
  }

  #restart() {
    this.#anew = true;
    this.#heard.restart();
  }

  async #lost(socket, code) {
    if (socket !== this.#socket) return;
    clearTimeout(this.#deadline);
    if (code === POLICY_VIOLATION && this.#since !== null) return this.#startAfresh();
    this.#heard.state("lost", this.#last);
    if (!(await this.#api.isLetIn())) {
      this.#heard.state("keyless", this.#last);
      this.#api.askForKey();
    } else if (socket === this.#socket) {
      this.#retry = setTimeout(() => this.reconnect(), this.#wait * (0.5 + Math.random()));
      this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    }
  }

  // The server does not know our number: it has forgotten it, or is another one.
  #startAfresh() {
    this.#streamId = null;
    this.#last = null;
    this.#restart();
    this.reconnect();
  }

  #tick() {
    const now = Date.now();
    const slept = now - this.#ticked > SLEPT;
    this.#ticked = now;
    const open = this.#socket.readyState === WebSocket.OPEN;
    if (slept) this.reconnect();
    else if (open && now - this.#frameAt > QUIET) this.reconnect({ silently: true });
  }
}

// The events after number `from` up to `to`, oldest first; null if the server has forgotten them.
// Rejected as Unreachable if the connection is lost meanwhile.
export function replay(api, from, to) {
  if (from >= to) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const events = [];
    const socket = open(`/ws?since=${from}`, api.subprotocols);
    socket.addEventListener("message", ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.type === "hello") return;
      if (frame.sequence <= to) events.push(frame);
      if (frame.sequence >= to) socket.close();
    });
    socket.addEventListener("close", ({ code }) => {
      if (events.length === to - from) resolve(events);
      else if (code === POLICY_VIOLATION) resolve(null);
      else reject(new Unreachable());
    });
  });
}
