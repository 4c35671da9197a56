// The order calls over HTTP, as any client makes them.

const STORED_KEY = "trading-api-key";
const UNAUTHORIZED = 401;
// In its cache a browser lets requests of one address wait for each other: a cancel would wait for the
// answer to a view of its order, and be too late.
const NO_CACHE = "no-store";

// A request that the server turned down; `problem` is what it says (RFC 9457).
export class Rejected extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

// Nobody answered.
export class Unreachable extends Error {
  constructor() {
    super("The server did not answer. Whether it got the request is not known.");
  }
}

export class Api {
  constructor(askForKey) {
    this.askForKey = askForKey;
  }

  get key() {
    return sessionStorage.getItem(STORED_KEY) ?? "";
  }

  set key(value) {
    sessionStorage.setItem(STORED_KEY, value);
  }

  place(order) {
    return this.#call("POST", "/orders", order);
  }

  view(orderId) {
    return this.#call("GET", `/orders/${encodeURIComponent(orderId)}`);
  }

  cancel(orderId) {
    return this.#call("DELETE", `/orders/${encodeURIComponent(orderId)}`);
  }

  list(filters) {
    return this.#call("GET", `/orders?${new URLSearchParams(filters)}`);
  }

  // A text of the server's for people.
  async words(path) {
    return (await this.#send("GET", path)).text();
  }

  // Whether the server lets us in: a WebSocket that is rejected does not say why.
  async isLetIn() {
    const answer = await fetch("/asyncapi.json", { headers: this.#headers() }).catch(() => null);
    return answer === null || answer.status !== UNAUTHORIZED;
  }

  // What a WebSocket offers to give the key: browsers set no headers on it.
  get subprotocols() {
    if (!this.key) return [];
    const bytes = String.fromCharCode(...new TextEncoder().encode(this.key));
    const text = btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return ["trading", `bearer.${text}`];
  }

  #headers() {
    return this.key ? { Authorization: `Bearer ${this.key}` } : {};
  }

  async #call(method, path, body) {
    const answer = await this.#send(method, path, body);
    if (answer.status === UNAUTHORIZED) {
      this.askForKey();
    }
    const text = await answer.text();
    const content = text ? JSON.parse(text) : null;
    if (!answer.ok) throw new Rejected(content);
    return content;
  }

  async #send(method, path, body) {
    const headers = this.#headers();
    if (body) headers["Content-Type"] = "application/json";
    try {
      return await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: NO_CACHE });
    } catch {
      throw new Unreachable();
    }
  }
}
