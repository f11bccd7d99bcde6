/* Cart and checkout forms: lines change in place, removal can be undone, and no form is sent twice.
   Everything here also works by plain forms; a failed request falls back to them. */

const CHANGE_DELAY = 400;
let latest = 0;

function find(id) {
  return document.getElementById(id);
}

/* Sends a form and shows the cart page that answers. An answer that a later one has overtaken is dropped. */
async function send(form) {
  const turn = ++latest;
  find("cart").setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (turn !== latest) return false;
    showCart(page);
    return true;
  } catch {
    if (turn === latest) form.submit();
    return false;
  }
}

function showCart(page) {
  const fresh = page.getElementById("cart");
  if (!fresh) return location.reload();
  const focused = describeFocus();
  find("cart").replaceWith(document.adoptNode(fresh));
  showMessages(page);
  restoreFocus(focused);
  const total = document.querySelector("#cart .summary__row--total dd")?.textContent.trim();
  find("cart-status").textContent = total ? `${find("summary-title").textContent}: ${total}` : "";
  const quantities = [...document.querySelectorAll("#cart .stepper__input")];
  const count = quantities.reduce((sum, input) => sum + Number(input.value), 0);
  document.dispatchEvent(new CustomEvent("cart:changed", { detail: { count } }));
  // The steppers are new: their buttons learn where they end.
  for (const input of quantities) input.dispatchEvent(new Event("input", { bubbles: true }));
}

function showMessages(page) {
  document.querySelector(".messages")?.remove();
  const messages = page.querySelector(".messages");
  if (messages) find("cart").before(document.adoptNode(messages));
}

/* Where the focus stood: the line, and which of its controls. */
function describeFocus() {
  const line = document.activeElement?.closest(".cart-line");
  if (!line) return null;
  return { line: line.id, index: controls(line).indexOf(document.activeElement) };
}

function controls(line) {
  return [...line.querySelectorAll("a, button, input")];
}

function restoreFocus(focused) {
  if (!focused) return;
  const line = find(focused.line);
  const target = line ? controls(line)[focused.index] : document.querySelector("#cart h1, #cart h2");
  if (!target) return;
  if (!line) target.tabIndex = -1;
  target.focus({ preventScroll: Boolean(line) });
}

/* The notice stands where the line was, so that nothing else moves far. */
async function remove(form) {
  const { product, quantity, title } = form.dataset;
  const lines = [...document.querySelectorAll(".cart-line")];
  const place = lines.indexOf(form.closest(".cart-line"));
  if (!(await send(form))) return;
  const notice = find("cart-undo").content.firstElementChild.cloneNode(true);
  const text = notice.querySelector(".cart-undo__text");
  text.textContent = `${title} ${text.dataset.removed}`;
  notice.querySelector("button").addEventListener("click", () => putBack(product, quantity));
  const list = find("cart-lines");
  if (list) {
    const item = document.createElement("li");
    item.append(notice);
    list.insertBefore(item, list.children[place] || null);
  } else {
    find("cart").prepend(notice);
  }
  notice.querySelector("button").focus();
}

async function putBack(product, quantity) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = find("cart").dataset.addUrl;
  for (const [name, value] of Object.entries({ product_id: product, quantity })) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  await send(form);
  form.remove();
}

let timer;

function changeSoon(form) {
  clearTimeout(timer);
  timer = setTimeout(() => form.isConnected && form.reportValidity() && send(form), CHANGE_DELAY);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) changeSoon(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-remove], [data-autosubmit]")) {
    event.preventDefault();
    clearTimeout(timer);
    if (form.matches("[data-remove]")) remove(form);
    else send(form);
  } else if (form.matches("[data-once]")) {
    sendOnce(event, form);
  }
});

/* A second click while the first is on its way would place a second order. */
function sendOnce(event, form) {
  if (event.submitter?.name === "update" || event.submitter?.name.endsWith("_coupon")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  const button = form.querySelector("[type=submit]");
  button.dataset.words = button.textContent;
  button.textContent = button.dataset.busy;
  button.setAttribute("aria-disabled", "true");
}

// Back from the next page: the form can be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    const button = form.querySelector("[type=submit]");
    delete form.dataset.sent;
    button.textContent = button.dataset.words;
    button.removeAttribute("aria-disabled");
  }
});

/* A field that is right again says so at once; only the shop's answer makes one wrong. */
document.addEventListener("change", ({ target }) => {
  const field = target.closest?.(".field--wrong");
  if (!field || !target.value || !target.validity.valid) return;
  field.classList.remove("field--wrong");
  // It keeps its place: a button that moved away under the pointer would miss the click that caused the change.
  const error = field.querySelector(".field__error");
  error?.removeAttribute("id");
  error?.classList.add("field__error--settled");
  target.removeAttribute("aria-invalid");
});

find("print-order")?.addEventListener("click", () => window.print());
// An invalid form comes back with its summary: start reading there.
document.querySelector(".error-summary")?.focus();
