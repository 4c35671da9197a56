// Which orders the blotter has: all that are known, or those that match a filter.

const PAGE_SIZE = 500;
const PAUSE = 1000; // milliseconds between looks for new orders that match

const NAMES = { status: "status", symbol: "symbol", clientOrderId: "reference" };

export class Selection {
  #api;
  #orders;
  #filters = {};
  #walk = 0;
  #cursor = null;
  #stale = false;
  #walking = false;
  #items = [];
  #version = -1;

  constructor(api, orders) {
    this.#api = api;
    this.#orders = orders;
  }

  get isFiltered() {
    return Object.keys(this.#filters).length > 0;
  }

  // Newest first.
  get items() {
    if (this.#version !== this.#orders.version) {
      this.#version = this.#orders.version;
      const { list } = this.#orders;
      this.#items = (this.isFiltered ? list.filter((order) => this.has(order)) : list.slice()).reverse();
    }
    return this.#items;
  }

  // Whether an order matches. Of one that is not fully known it is not known yet.
  has(order) {
    return Object.entries(this.#filters).every(([name, value]) => order[NAMES[name]] === value);
  }

  // Turns to the orders that match all filters; raises what the server says against them.
  async choose(filters) {
    this.#filters = filters;
    this.#version = -1;
    this.#cursor = null;
    this.#stale = false;
    this.#walk += 1;
    if (this.isFiltered) await this.#read(this.#walk);
  }

  // The orders that were known are gone: reads those that match anew.
  async again() {
    await this.choose(this.#filters).catch(() => {}); // as when it was chosen, or not reachable
  }

  // An order arrived of which only its event is known: it may match.
  arrived() {
    if (this.#filters.symbol === undefined) return;
    this.#stale = true;
    if (!this.#walking) this.#readAgain(this.#walk);
  }

  async #readAgain(walk) {
    this.#walking = true;
    while (this.#stale && walk === this.#walk) {
      this.#stale = false;
      await new Promise((done) => setTimeout(done, PAUSE));
      await this.#read(walk).catch(() => (this.#stale = true));
    }
    this.#walking = false;
  }

  // Walks along the pages to the end. The cursor of the last one is kept: it goes on from there.
  async #read(walk) {
    let next = this.#cursor;
    do {
      const cursor = next === null ? {} : { cursor: next };
      const page = await this.#api.list({ ...this.#filters, limit: PAGE_SIZE, ...cursor });
      if (walk !== this.#walk) return; // another filter was chosen
      for (const view of page.orders) this.#orders.merge(view);
      this.#cursor = next;
      next = page.nextCursor;
    } while (next !== null);
  }
}
