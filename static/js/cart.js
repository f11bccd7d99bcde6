// Adding to the cart without leaving the page, and the buttons beside a quantity.

const dialog = document.querySelector("[data-added]");
const part = (name) => dialog.querySelector(`[data-added-${name}]`);

function confirmAdded(form, { message, cart_url: url }) {
  const variant = form.querySelector("[name=product_id]:checked")?.dataset.label;
  const quantity = form.elements.quantity.value;
  part("message").textContent = message;
  part("title").textContent = form.dataset.title;
  part("detail").textContent = [variant, `× ${quantity}`].filter(Boolean).join(" ");
  part("cart").href = url;
  part("picture").hidden = !form.dataset.picture;
  if (form.dataset.picture) part("picture").src = form.dataset.picture;
  dialog.showModal();
}

async function send(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.error ?? "", { cause: "refused" });
  return data;
}

function listenTo(form) {
  const problem = form.querySelector("[data-add-error]");
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    problem.hidden = true;
    try {
      const data = await send(form);
      document.dispatchEvent(new CustomEvent("cart:changed", { detail: data }));
      confirmAdded(form, data);
    } catch (error) {
      problem.textContent = (error.cause === "refused" && error.message) || form.dataset.failed;
      problem.hidden = false;
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  });
}

function markEnds(stepper) {
  const input = stepper.querySelector("input");
  const value = Number(input.value);
  for (const button of stepper.querySelectorAll("[data-step]")) {
    const next = value + Number(button.dataset.step);
    button.disabled = (input.min !== "" && next < Number(input.min)) || (input.max !== "" && next > Number(input.max));
  }
}

for (const form of document.querySelectorAll("[data-add-form]")) listenTo(form);
for (const stepper of document.querySelectorAll("[data-stepper]")) markEnds(stepper);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] [data-step]");
  if (!button) return;
  const stepper = button.closest("[data-stepper]");
  const input = stepper.querySelector("input");
  if (button.dataset.step > 0) input.stepUp();
  else input.stepDown();
  markEnds(stepper);
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("input", (event) => {
  const stepper = event.target.closest("[data-stepper]");
  if (stepper) markEnds(stepper);
});
dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close(); // outside the panel
});
