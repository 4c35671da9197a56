// Watches the page as a person would who never looks away. It runs before the page's own scripts.
//
// `watch.findings()` tells which statuses were shown that no event had told before; the rest cuts
// the page off from its events, as a lost network and a machine that sleeps do.
(() => {
  const heard = new Set(); // "order status", of every event that has arrived
  const announced = new Set(); // orders whose PENDING arrived live
  const findings = new Set();
  const sockets = new Set();
  const offered = new Set(); // orders that had a button to cancel them
  let [cut, asleep] = [false, false];

  const told = (orderId, status) => heard.has(`${orderId} ${status}`);

  function hear(data) {
    const frame = JSON.parse(data);
    if (frame.type === "hello") return;
    heard.add(`${frame.orderId} ${frame.orderStatus}`);
    if (frame.orderStatus === "PENDING") announced.add(frame.orderId);
  }

  window.WebSocket = class extends WebSocket {
    constructor(address, subprotocols) {
      super(cut ? new URL("/cut-off", address) : address, subprotocols);
      sockets.add(this);
      this.addEventListener("message", (message) => {
        if (this.deaf) message.stopImmediatePropagation();
        else hear(message.data);
      });
      this.addEventListener("close", () => sockets.delete(this));
    }
  };

  // A row of the blotter, or an answer to a placed order.
  function look(place) {
    const { orderId } = place.dataset;
    if (place.querySelector("button.cancel")) offered.add(orderId);
    for (const { textContent } of place.querySelectorAll(".status.now, [role=cell].status")) {
      if (announced.has(orderId) && textContent && !told(orderId, textContent)) {
        findings.add(`shows ${textContent} for order ${orderId} before an event says so`);
      }
    }
  }

  function placesOf({ target, addedNodes }) {
    const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
    const places = [element?.closest("[data-order-id]"), ...addedNodes];
    return places.filter((place) => place?.matches?.("[data-order-id]"));
  }

  function readLine(line) {
    const [status, reference] = [line.querySelector(".status"), line.querySelector(".reference")];
    return {
      sequence: Number(line.querySelector(".number").textContent),
      orderId: line.dataset.orderId,
      clientOrderId: reference.title,
      orderStatus: status.textContent,
      previousStatus: status.dataset.previous,
      occurredAt: line.querySelector("time").dateTime,
    };
  }

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      const lines = changes.flatMap((change) => [...change.addedNodes]);
      if (lines.length) window.tapeShows(lines.map(readLine));
    }).observe(document.getElementById("tape"), { childList: true });
    const statuses = new MutationObserver((changes) => {
      new Set(changes.flatMap(placesOf)).forEach(look);
    });
    const attributeFilter = ["data-order-id"]; // a row may turn to another order
    const everything = { childList: true, characterData: true, subtree: true, attributeFilter };
    for (const id of ["rows", "answers"]) statuses.observe(document.getElementById(id), everything);
  });

  window.watch = {
    findings: () => [...findings],
    offeredCancel: (orderId) => offered.has(orderId),
    cutOff() {
      cut = true;
      for (const socket of sockets) socket.close();
    },
    mend() {
      cut = false;
    },
    // Connections that die without a word; time goes on.
    sleep() {
      asleep = true;
      for (const socket of sockets) socket.deaf = true;
    },
    wake() {
      if (!asleep) return;
      const now = Date.now;
      Date.now = () => now() + 60_000;
    },
  };
})();
