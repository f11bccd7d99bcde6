/* The checkout's delivery: what is typed and chosen is shown to the shop, which answers with choices and total.
   Without this script a button asks for the same page. */

const form = document.getElementById("checkout-form");
const PARTS = ["delivery-choices", "payment-choices", "checkout-note"];
const WATCHED = new Set(["postal_code", "state", "delivery", "payment_method"]);
let latest = 0;
let guessed = ""; // the state that the PIN code told: another PIN code may tell another

function setBusy(isBusy) {
  const button = document.getElementById("place-order");
  // Nobody places an order whose total is just being found out.
  button.disabled = isBusy;
  document.getElementById("delivery-choices").setAttribute("aria-busy", String(isBusy));
}

async function ask() {
  const data = new FormData(form);
  data.set("update", "1");
  data.delete("coupon_typed"); // what is typed there waits for its own button
  if (data.get("state") === guessed) data.set("state", "");
  const response = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function describeFocus() {
  const { name, value } = document.activeElement ?? {};
  return WATCHED.has(name) && document.activeElement.type === "radio" ? { name, value } : null;
}

function show(page) {
  const focused = describeFocus();
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(document.adoptNode(fresh));
  }
  const sums = (from) => from.querySelector("#checkout-summary .summary");
  sums(document).replaceWith(document.adoptNode(sums(page)));
  document.getElementById("place-order").textContent = page.getElementById("place-order").textContent.trim();
  document.getElementById("new-total")?.remove();
  const state = form.elements.state;
  const told = page.querySelector("[name=state]").value;
  if (told && (!state.value || state.value === guessed)) state.value = guessed = told;
  if (focused) form.querySelector(`[name="${focused.name}"][value="${CSS.escape(focused.value)}"]`)?.focus();
}

async function update() {
  const turn = ++latest;
  setBusy(true);
  try {
    const page = await ask();
    if (turn === latest) show(page);
  } catch {
    // The shop compares the total when the order is placed, so nothing is lost.
  } finally {
    if (turn === latest) setBusy(false);
  }
}

form?.addEventListener("change", ({ target }) => {
  if (!WATCHED.has(target.name)) return;
  if (target.name === "state") guessed = "";
  if (target.name === "postal_code" && !/^[1-9][0-9]{5}$/.test(target.value.trim())) return;
  update();
});
/* The sixth digit completes a PIN code: no need to leave the field. */
form?.elements.postal_code.addEventListener("input", ({ target }) => {
  if (/^[1-9][0-9]{5}$/.test(target.value)) update();
});
