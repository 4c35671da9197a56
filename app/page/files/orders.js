// All orders that this page knows: what was ordered from the lists, what became of it from the events.

const MOST = 50000; // orders that are kept; the oldest are let go first

export const STATUSES = ["PENDING", "EXECUTED", "CANCELLED"];

export class Orders {
  #byId = new Map();
  // Oldest first, as they were placed.
  list = [];
  counts = { PENDING: 0, EXECUTED: 0, CANCELLED: 0 };
  version = 0;

  get(orderId) {
    return this.#byId.get(orderId);
  }

  // A status that the event stream tells, now or when the past is replayed.
  apply({ orderId, clientOrderId, orderStatus, occurredAt }) {
    const order = this.#byId.get(orderId) ?? this.#add(orderId, clientOrderId, occurredAt);
    if (orderStatus === "PENDING") {
      this.#placed(order, occurredAt);
      order.announced ??= orderStatus;
    } else {
      this.#turn(order, orderStatus, occurredAt);
      order.announced = orderStatus;
    }
    this.version += 1;
    return order;
  }

  // An order as an answer shows it. Its status counts until the event stream tells one.
  merge(view) {
    const { orderId, clientOrderId, symbol, side, quantity, orderStatus, createdAt } = view;
    const order = this.#byId.get(orderId) ?? this.#add(orderId, clientOrderId, createdAt);
    Object.assign(order, { symbol, side, quantity });
    this.#placed(order, createdAt);
    if (!order.announced) this.#turn(order, orderStatus, view.updatedAt);
    this.version += 1;
    return order;
  }

  clear() {
    this.#byId.clear();
    this.list = [];
    for (const status of STATUSES) this.counts[status] = 0;
    this.version += 1;
  }

  #add(orderId, reference, createdAt) {
    const order = {
      orderId,
      reference,
      createdAt,
      status: "PENDING",
      updatedAt: createdAt,
      placedKnown: false, // until then, when it was placed is not known
      announced: null,
      symbol: null,
      side: null,
      quantity: null,
    };
    this.#byId.set(orderId, order);
    this.#insert(order);
    this.counts.PENDING += 1;
    if (this.list.length > MOST) this.#forgetOldest();
    return order;
  }

  #turn(order, status, at) {
    if (order.status !== "PENDING") return; // what is final stays so
    this.counts[order.status] -= 1;
    this.counts[status] += 1;
    order.status = status;
    order.updatedAt = at;
  }

  #insert(order) {
    let at = this.list.length; // nearly always the newest
    while (at > 0 && this.list[at - 1].createdAt > order.createdAt) {
      at -= 1;
      if (this.list.length - at > 64) {
        at = this.#find(order.createdAt);
        break;
      }
    }
    this.list.splice(at, 0, order);
  }

  #find(createdAt) {
    let [low, high] = [0, this.list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle].createdAt > createdAt) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #placed(order, createdAt) {
    order.placedKnown = true;
    if (order.createdAt === createdAt) return;
    this.list.splice(this.list.indexOf(order), 1);
    order.createdAt = createdAt;
    this.#insert(order);
  }

  #forgetOldest() {
    const forgotten = this.list.splice(0, MOST / 10);
    for (const order of forgotten) {
      this.#byId.delete(order.orderId);
      this.counts[order.status] -= 1;
    }
  }
}
