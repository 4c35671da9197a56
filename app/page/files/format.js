// How values are shown, and making elements without markup: text from orders is always text.

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

// 2026-01-02T12:34:56.789012Z as the clock on the wall shows it.
export const time = (timestamp) => clock.format(new Date(timestamp));

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;

// A time that passes, as short as it can be told.
export function age(milliseconds) {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  return `${Math.floor(whole / 3600)} h`;
}

export const NONE = "–"; // no reference looks like this

export const FIELDS = {
  side: "Side",
  quantity: "Quantity",
  symbol: "Symbol",
  clientOrderId: "Reference",
};

// An element with attributes and children, which are elements or text.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

// Changes what an element says, if that is something new.
export function say(shown, text) {
  if (shown.textContent !== text) shown.textContent = text;
}

// All that an answer shows of an order.
export function orderDetails(view) {
  const moment = (at) => element("time", { datetime: at }, time(at));
  const facts = [
    ["Order ID", "orderId", view.orderId],
    ["Side", "side", view.side],
    ["Quantity", "quantity", view.quantity],
    ["Symbol", "symbol", view.symbol],
    ["Reference", "clientOrderId", view.clientOrderId ?? NONE],
    ["Status", "orderStatus", view.orderStatus],
    ["Placed", "createdAt", moment(view.createdAt)],
    ["Status since", "updatedAt", moment(view.updatedAt)],
  ];
  const rows = facts.map(([term, field, value]) =>
    element("div", {}, element("dt", {}, term), element("dd", { "data-field": field }, value)),
  );
  return element("dl", { class: "details" }, ...rows);
}

// Why something was rejected, with a link to the explanation, and each broken rule by its field.
export function rejection({ title, detail, type, errors = [], orderId, orderStatus }) {
  const shown = element("div", { class: "rejection" });
  shown.append(element("strong", {}, title));
  if (errors.length) shown.append(element("ul", {}, ...errors.map(brokenRule)));
  else shown.append(element("p", { class: "detail" }, detail));
  if (orderId) shown.append(namedOrder(orderId, orderStatus));
  shown.append(element("a", { class: "own-words", href: type, target: "_blank", rel: "noreferrer" }, "What this means"));
  return shown;
}

function namedOrder(orderId, orderStatus) {
  const status = element("span", { class: "named-status" }, orderStatus ?? "unknown");
  return element("p", { class: "named" }, "Order ", element("code", {}, orderId), " is ", status);
}

function brokenRule({ pointer, detail }) {
  const field = pointer.replace(/^\//, "");
  return element("li", { "data-pointer": pointer }, element("b", {}, FIELDS[field] ?? field), ` ${detail}`);
}

// What went wrong, whatever it was.
export function failure(error) {
  if (error.problem) return rejection(error.problem);
  return element("div", { class: "rejection" }, element("p", {}, error.message));
}
