// Suggestions below a search box while somebody types: a combobox that keyboards and screen readers know.

const PAUSE = 140;

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.list = Object.assign(document.createElement("ul"), { id: `${this.input.id}-list`, className: "suggest", hidden: true });
    this.status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.querySelector("label").textContent);
    this.status.setAttribute("role", "status");
    form.append(this.list, this.status);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id }))
      this.input.setAttribute(name, value);
    this.active = -1;
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.askSoon());
    this.input.addEventListener("focus", () => this.askSoon());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("focusout", (event) => this.form.contains(event.relatedTarget) || this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.href = option.dataset.url;
    });
  }

  askSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask().catch(() => this.close()), PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    if (text === this.asked && !this.list.hidden) return;
    this.asked = text;
    const answer = await fetch(`${this.form.dataset.search}?${new URLSearchParams({ q: text })}`);
    if (!answer.ok) throw new Error(answer.status);
    const { suggestions } = await answer.json();
    // What was typed meanwhile has asked for itself.
    if (text === this.input.value.trim() && document.activeElement === this.input) this.show(suggestions);
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((item, place) => this.draw(item, place)));
    this.choose(-1);
    this.open(suggestions.length > 0);
    const { one, many, none } = this.form.dataset;
    this.status.textContent = suggestions.length === 1 ? one : suggestions.length ? many.replace("%s", suggestions.length) : none;
  }

  draw({ kind, label, url, detail, picture }, place) {
    const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${place}`, className: `suggest__item suggest__item--${kind}` });
    option.setAttribute("role", "option");
    option.dataset.url = url;
    if (picture) option.append(Object.assign(document.createElement("img"), { src: picture, alt: "", width: 40, height: 40, className: "suggest__picture" }));
    option.append(Object.assign(document.createElement("span"), { textContent: label, className: "suggest__label" }));
    if (detail) option.append(Object.assign(document.createElement("span"), { textContent: detail, className: "suggest__detail" }));
    return option;
  }

  press(event) {
    const options = this.list.children;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      location.href = options[this.active].dataset.url;
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // The box itself stands between the last and the first.
      this.choose(((this.active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    }
  }

  choose(place) {
    this.active = place;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
      this.list.children[place].scrollIntoView({ block: "nearest" });
    }
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.choose(-1);
    this.open(false);
  }
}

for (const form of document.querySelectorAll("[data-search]")) new Suggestions(form);

// The page of results is kept for everybody, so it says itself that somebody saw it: the words, never who.
const seen = document.querySelector("[data-receipt]");
if (seen) navigator.sendBeacon(seen.dataset.seen, new URLSearchParams({ receipt: seen.dataset.receipt }));
