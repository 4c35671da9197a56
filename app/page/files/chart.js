// A small chart of execution delays: one dot for each of the latest executions.

import { say, seconds } from "./format.js";

const SVG = "http://www.w3.org/2000/svg";
const DOTS = 100;
const [WIDTH, HEIGHT] = [300, 110];
const [LEFT, BOTTOM, TOP] = [30, 92, 10];

function svg(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.textContent = text;
  return made;
}

export class Chart {
  #delays = [];
  #dots = [];
  #marks = [];
  #changed = false;
  #picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": "chart-figures" });

  constructor() {
    for (let mark = 0; mark < 3; mark += 1) this.#addMark();
    for (let dot = 0; dot < DOTS; dot += 1) {
      const x = LEFT + 6 + (dot * (WIDTH - LEFT - 12)) / (DOTS - 1);
      this.#dots.push(svg("circle", { cx: x, cy: BOTTOM, r: 2.2, class: "dot", visibility: "hidden" }));
    }
    this.#picture.append(...this.#dots);
    document.getElementById("chart").append(this.#picture);
  }

  // An execution, which took so many milliseconds.
  add(delay) {
    this.#delays.push(delay);
    if (this.#delays.length > DOTS) this.#delays.shift();
    this.#changed = true;
  }

  // Those of before the page was opened.
  addPast(delays) {
    this.#delays = [...delays, ...this.#delays].slice(-DOTS);
    this.#changed = true;
  }

  clear() {
    this.#delays = [];
    this.#changed = true;
  }

  draw() {
    if (!this.#changed) return;
    this.#changed = false;
    const most = this.#scale();
    const height = (delay) => BOTTOM - (delay / most) * (BOTTOM - TOP);
    this.#dots.forEach((dot, index) => {
      const delay = this.#delays[index - DOTS + this.#delays.length];
      dot.setAttribute("visibility", delay === undefined ? "hidden" : "visible");
      if (delay !== undefined) dot.setAttribute("cy", height(delay));
    });
    this.#marks.forEach(({ line, label }, index) => {
      const at = (most * index) / 2;
      line.setAttribute("y1", height(at));
      line.setAttribute("y2", height(at));
      label.setAttribute("y", height(at) + 3);
      label.textContent = (at / 1000).toLocaleString("en", { maximumFractionDigits: 2 });
    });
    say(document.getElementById("chart-figures"), this.#figures());
  }

  // The upper end of the scale: so that the longest delay takes at least half of it.
  #scale() {
    const longest = Math.max(0, ...this.#delays);
    let most = 100;
    while (most < longest) most *= 2;
    return longest ? most : 1000;
  }

  #figures() {
    const count = this.#delays.length;
    if (count === 0) return "No execution was seen yet.";
    const mean = this.#delays.reduce((sum, delay) => sum + delay, 0) / count;
    const longest = Math.max(...this.#delays);
    const what = count === 1 ? "1 execution" : `last ${count} executions`;
    return `${what}, in seconds: mean ${seconds(mean)}, longest ${seconds(longest)}`;
  }

  #addMark() {
    const line = svg("line", { x1: LEFT, x2: WIDTH, class: "grid" });
    const label = svg("text", { x: LEFT - 5, "text-anchor": "end" });
    this.#marks.push({ line, label });
    this.#picture.append(line, label);
  }
}
