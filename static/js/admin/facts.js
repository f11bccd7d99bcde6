// Price, stock and other facts of a product, changed at once from the page editor. Saving the page never sends these inputs.

const SAVE_WITHIN = 15000;

function findPageId() {
  // A new page gets its address from its first autosave, so this is read when it is needed.
  return location.pathname.match(/\/pages\/(\d+)\/edit\//)?.[1];
}

function findToken() {
  if (window.wagtailConfig?.CSRF_TOKEN) return window.wagtailConfig.CSRF_TOKEN;
  const settings = document.querySelector("#wagtail-config");
  if (settings) return JSON.parse(settings.textContent).CSRF_TOKEN;
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
}

const field = (panel, name) => panel.querySelector(`[data-facts-field="${name}"]`);

function tell(panel, text, wrong = false) {
  const status = panel.querySelector("[data-facts-status]");
  status.textContent = text;
  status.classList.toggle("haat-facts__status--wrong", wrong);
}

function showFieldErrors(panel, errors = {}) {
  for (const place of panel.querySelectorAll("[data-facts-error]")) {
    const problems = errors[place.dataset.factsError] ?? [];
    place.textContent = problems.join(" ");
    place.hidden = !problems.length;
    field(panel, place.dataset.factsError).setAttribute("aria-invalid", String(problems.length > 0));
  }
}

// Of these, only what the editor changed is sent: what a colleague changed meanwhile stays.
const MAY_BE_MISSING = ["tax_class", "hsn_code", "weight_grams", "low_stock_threshold"];

function findChanged(panel) {
  const changed = MAY_BE_MISSING.map((name) => [name, field(panel, name)]).filter(
    ([, input]) => input.value !== input.dataset.factsShown || input.validity.badInput,
  );
  return Object.fromEntries(changed.map(([name, input]) => [name, input.value]));
}

function showFacts(panel, data) {
  panel.dataset.seen = data.inventory;
  for (const name of ["unit_price", "inventory", ...MAY_BE_MISSING]) {
    const input = field(panel, name);
    input.value = data[name];
    input.dataset.factsShown = data[name];
  }
}

async function send(panel, pageId) {
  const answer = await fetch(panel.dataset.url.replace("/0/", `/${pageId}/`), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": findToken() },
    body: JSON.stringify({
      unit_price: field(panel, "unit_price").value,
      inventory: field(panel, "inventory").value,
      seen: panel.dataset.seen,
      ...findChanged(panel),
    }),
  });
  return { answer, data: await answer.json() };
}

function show(panel, { answer, data }) {
  if (answer.ok) {
    showFacts(panel, data);
    return tell(panel, data.message);
  }
  showFieldErrors(panel, data.fields);
  if (answer.status !== 409) return tell(panel, data.error, true);
  panel.dataset.seen = data.inventory;
  return tell(panel, `${data.error} ${panel.dataset.current.replace("{n}", data.inventory)}`, true);
}

async function waitUntil(isTrue, end) {
  while (!isTrue() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
}

// A new page has no number before its first draft: ask Wagtail to save it now, and wait for the address.
// The slug follows the title a moment later, and without it Wagtail refuses the draft.
async function savePage(panel) {
  const form = panel.closest("form");
  const { title, slug } = form.elements;
  if (!title.value) return undefined;
  const end = Date.now() + SAVE_WITHIN;
  await waitUntil(() => slug.value, end);
  form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true }));
  await waitUntil(findPageId, end);
  return findPageId();
}

// The page's number, once it has one; says what to do where it cannot have one yet.
async function ensurePage(panel) {
  const pageId = findPageId() ?? (await savePage(panel));
  if (!pageId) tell(panel, panel.dataset.early, true);
  return pageId;
}

async function apply(panel, button) {
  showFieldErrors(panel);
  button.disabled = true;
  try {
    const pageId = await ensurePage(panel);
    if (pageId) show(panel, await send(panel, pageId));
  } catch {
    tell(panel, panel.dataset.failed, true);
  } finally {
    button.disabled = false;
  }
}

// Sizes and colours: each is a product of its own, so adding one asks nothing of the draft.
const CHOICE = ["name", "own", "value", "unit_price", "inventory"];

function showChoices(panel, choices) {
  const rows = choices.map(({ choice, unit_price, inventory }) => {
    const row = document.createElement("tr");
    for (const text of [choice, `₹${unit_price}`, inventory]) row.insertCell().textContent = text;
    return row;
  });
  panel.querySelector("tbody").replaceChildren(...rows);
  for (const part of panel.querySelectorAll("[data-choices-first]")) part.hidden = true;
  panel.querySelector("table").hidden = false;
}

async function addChoice(panel, button) {
  showFieldErrors(panel);
  button.disabled = true;
  try {
    const pageId = await ensurePage(panel);
    if (!pageId) return;
    const body = Object.fromEntries(CHOICE.map((name) => [name, field(panel, name).value]));
    const answer = await fetch(panel.dataset.url.replace("/0/", `/${pageId}/`), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": findToken() },
      body: JSON.stringify(body),
    });
    const data = await answer.json();
    if (!answer.ok) {
      showFieldErrors(panel, data.fields);
      return tell(panel, data.error, true);
    }
    showChoices(panel, data.choices);
    field(panel, "value").value = "";
    tell(panel, data.message);
    field(panel, "value").focus();
  } catch {
    tell(panel, panel.dataset.failed, true);
  } finally {
    button.disabled = false;
  }
}

// Panels come and go with previews and new pages: one listener serves them all.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-facts-apply], [data-choices-add]");
  if (!button) return;
  const panel = button.closest("[data-facts]");
  if (button.matches("[data-choices-add]")) addChoice(panel, button);
  else apply(panel, button);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("input[data-facts-field]")) return;
  event.preventDefault(); // Enter in a field would save the page
  event.target.closest("[data-facts]").querySelector("[data-facts-apply], [data-choices-add]").click();
});
