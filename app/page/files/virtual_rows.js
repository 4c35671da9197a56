// A list of any length that has elements only for the rows in view.
//
// An item keeps its element as long as it is in view, so that focus and a press of a button stay
// with it when others arrive above. Whoever has scrolled, points at a row or has the focus in one
// keeps their place: what is new then waits above.

const SPARE = 6; // rows above and below the view

export class VirtualRows {
  #viewport;
  #space;
  #make;
  #key;
  #elements = new Map();
  #items = [];
  #pointed = false;
  #returns = false;

  // `make` gives { row, fill(item) } for a new row; `key` tells items apart.
  constructor(viewport, { make, key, moved = () => {} }) {
    this.#viewport = viewport;
    this.#space = viewport.querySelector(".space");
    this.#make = make;
    this.#key = key;
    viewport.addEventListener("scroll", () => {
      this.draw();
      moved();
    }, { passive: true });
    viewport.addEventListener("pointerenter", () => this.#hold());
    viewport.addEventListener("pointerleave", () => this.#release());
    for (const own of ["wheel", "touchmove", "keydown"]) {
      viewport.addEventListener(own, () => (this.#returns = false), { passive: true });
    }
    new ResizeObserver(() => this.draw()).observe(viewport);
  }

  get isAtTop() {
    return this.#viewport.scrollTop < 1;
  }

  get isNearEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.#viewport;
    return scrollTop + 2 * clientHeight > scrollHeight;
  }

  scrollToTop() {
    this.#viewport.scrollTop = 0;
  }

  // The items in view.
  get shown() {
    const { from, to } = this.#range(0);
    return this.#items.slice(from, to);
  }

  // Shows these items, the first one on top.
  show(items) {
    const anchor = this.#isHeld ? this.#items[Math.floor(this.#viewport.scrollTop / this.#height)] : null;
    const before = anchor ? this.#items.indexOf(anchor) : 0;
    this.#items = items;
    const { scrollTop, clientHeight } = this.#viewport;
    this.#stretch(anchor ? scrollTop + clientHeight : 0);
    if (anchor) this.#keepInPlace(anchor, before);
    this.draw();
  }

  draw() {
    const height = this.#height;
    const { from, to } = this.#range(SPARE);
    const unused = new Map(this.#elements);
    let above = null;
    for (let index = from; index < to; index += 1) {
      const item = this.#items[index];
      const key = this.#key(item);
      unused.delete(key);
      const made = this.#elements.get(key) ?? this.#add(key, above);
      above = made.row;
      if (made.index !== index || made.height !== height) {
        made.row.style.transform = `translateY(${index * height}px)`;
        made.row.setAttribute("aria-rowindex", index + 2);
        Object.assign(made, { index, height });
      }
      made.fill(item);
    }
    for (const [key, { row }] of unused) {
      row.remove();
      this.#elements.delete(key);
    }
  }

  get #height() {
    return Number.parseFloat(getComputedStyle(this.#viewport).getPropertyValue("--row-height"));
  }

  get #isHeld() {
    const focused = document.activeElement;
    const inside = focused !== this.#viewport && this.#viewport.contains(focused);
    return !this.isAtTop || this.#pointed || inside;
  }

  #range(spare) {
    const { scrollTop, clientHeight } = this.#viewport;
    const height = this.#height;
    const from = Math.max(0, Math.floor(scrollTop / height) - spare);
    return { from, to: Math.min(this.#items.length, Math.ceil((scrollTop + clientHeight) / height) + spare) };
  }

  #keepInPlace(anchor, before) {
    const now = this.#items.indexOf(anchor);
    if (now < 0 || now === before) return;
    const { scrollTop, clientHeight } = this.#viewport;
    const wanted = scrollTop + (now - before) * this.#height;
    this.#stretch(wanted + clientHeight);
    this.#viewport.scrollTop = wanted;
  }

  // As high as all rows, or higher, so that few rows can keep their place, too.
  #stretch(least) {
    this.#space.style.height = `${Math.max(this.#items.length * this.#height, least)}px`;
  }

  #hold() {
    this.#pointed = true;
    this.#returns = this.isAtTop;
  }

  // Whoever pointed at the newest rows, and has not scrolled since, is back at the newest.
  #release() {
    this.#pointed = false;
    if (this.#returns) this.scrollToTop();
  }

  // Rows stand in the document as they stand on the screen, for the keyboard and screen readers.
  #add(key, above) {
    const made = { ...this.#make(), index: -1 };
    this.#elements.set(key, made);
    if (above) above.after(made.row);
    else this.#space.prepend(made.row);
    return made;
  }
}
