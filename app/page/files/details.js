// What was ordered, for orders that are known from their events only: events do not tell it.

const SIDE_BY_SIDE = 8; // requests at a time: each takes up to a second

export class Details {
  #api;
  #orders;
  #running = new Set();

  constructor(api, orders) {
    this.#api = api;
    this.#orders = orders;
  }

  // Asks for those of these orders that are not known yet, the first ones first.
  want(shown) {
    for (const { orderId, symbol } of shown) {
      if (this.#running.size >= SIDE_BY_SIDE) return;
      if (symbol === null && !this.#running.has(orderId)) this.#ask(orderId);
    }
  }

  async #ask(orderId) {
    this.#running.add(orderId);
    try {
      this.#orders.merge(await this.#api.view(orderId));
    } catch {
      // The row stays without them, and they are asked for again when it is drawn.
    } finally {
      this.#running.delete(orderId);
    }
  }
}
