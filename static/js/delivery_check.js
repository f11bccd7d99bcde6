// "Check delivery" on a product page: asks the shop in place and remembers the PIN code on this device only.

const form = document.querySelector("[data-delivery-check]");
const KEY = "pin-code";
let latest = 0;

function remember(pin) {
  try {
    localStorage.setItem(KEY, pin);
  } catch {
    // storage is off: the next page asks again
  }
}

function recall() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function make(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

function listChoice({ name, charge, when, rule }) {
  const notes = [when, rule].filter(Boolean).map((text) => make("span", "muted", text));
  return make("li", "", make("strong", "", name), " ", make("span", "", charge), ...notes.flatMap((note) => [" ", note]));
}

function describe({ is_deliverable: isDeliverable, message, choices, cash }) {
  const parts = [make("p", `delivery-check__message${isDeliverable ? "" : " delivery-check__message--no"}`, message)];
  if (choices.length) {
    const list = make("ul", "", ...choices.map(listChoice));
    list.setAttribute("role", "list");
    parts.push(list);
  }
  if (cash) parts.push(make("p", "muted", cash));
  return parts;
}

async function check() {
  const turn = ++latest;
  const result = form.querySelector("[data-result]");
  const chosen = document.querySelector("[data-add-form] [name=product_id]:checked");
  if (chosen) form.elements.product.value = chosen.value;
  form.setAttribute("aria-busy", "true");
  try {
    const query = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.action}?${query}`, { headers: { Accept: "application/json" } });
    const data = await answer.json();
    if (turn !== latest) return;
    if (answer.ok) {
      remember(data.pin_code);
      result.replaceChildren(...describe(data));
    } else {
      result.replaceChildren(make("p", "field__error", data.error ?? form.dataset.failed));
    }
  } catch {
    if (turn === latest) result.replaceChildren(make("p", "field__error", form.dataset.failed));
  } finally {
    if (turn === latest) form.removeAttribute("aria-busy");
  }
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  document.querySelector("[data-add-form]")?.addEventListener("change", ({ target }) => {
    if (target.name === "product_id" && form.querySelector("[data-result]").childElementCount) check();
  });
  const input = form.elements.pin;
  if (!input.value && recall()) {
    input.value = recall();
    if (input.checkValidity()) check();
  }
}
