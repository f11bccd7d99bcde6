// The table of products: choosing rows, changing a price or a stock in place, folds, pages that follow a running job.

const results = () => document.querySelector("#listing-results");
const bar = document.querySelector("#haat-bulk");
const LAST_REASON = "haat-reason";
const ANSWER_WITHIN = 15000;
const POLL_EVERY = 1000;

function findToken() {
  if (window.wagtailConfig?.CSRF_TOKEN) return window.wagtailConfig.CSRF_TOKEN;
  const settings = document.querySelector("#wagtail-config");
  return settings ? JSON.parse(settings.textContent).CSRF_TOKEN : "";
}

/* Choosing rows */

const boxes = () => [...document.querySelectorAll("[data-choose]")];
const countMatching = () => Number(document.querySelector("[data-count]")?.dataset.count ?? 0);

function showChosen() {
  if (!bar) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  const everything = bar.querySelector("[data-all]").value === "1";
  bar.hidden = !chosen.length;
  bar.querySelector("[data-chosen-count]").textContent = everything ? countMatching() : chosen.length;
  const offer = bar.querySelector("[data-choose-all]");
  offer.hidden = everything || chosen.length < all.length || countMatching() <= all.length;
  offer.textContent = offer.dataset.words.replace("{n}", countMatching());
  const head = document.querySelector("[data-choose-page]");
  if (head) {
    head.checked = all.length > 0 && chosen.length === all.length;
    head.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
}

function choose(everything, checked) {
  for (const box of boxes()) box.checked = checked;
  bar.querySelector("[data-all]").value = everything ? "1" : "";
  showChosen();
}

/* One price or stock */

let opened = null;

function openDialog(cell) {
  const dialog = document.querySelector(`#haat-${cell.dataset.fact}`);
  opened = { cell, seen: cell.dataset.value };
  dialog.querySelector("form").reset();
  dialog.querySelector("[data-title]").textContent = cell.dataset.title;
  dialog.querySelector("[data-now]").textContent = cell.textContent;
  dialog.querySelector('[name="reason"]').value = sessionStorage.getItem(LAST_REASON) ?? "";
  const input = dialog.querySelector('[name="unit_price"], [name="pieces"]');
  if (cell.dataset.fact === "price") input.value = cell.dataset.value;
  showProblems(dialog, {});
  dialog.showModal();
  input.focus();
  input.select();
}

function showProblems(dialog, fields, problem = "") {
  for (const place of dialog.querySelectorAll("[data-error]")) {
    place.textContent = (fields[place.dataset.error] ?? []).join(" ");
    place.hidden = !place.textContent;
    dialog.querySelector(`[name="${place.dataset.error}"]`).setAttribute("aria-invalid", String(!place.hidden));
  }
  const place = dialog.querySelector("[data-problem]");
  place.textContent = problem;
  place.hidden = !problem;
}

function showFigure({ value, text, sale, level }) {
  const { cell } = opened;
  opened.seen = value;
  cell.dataset.value = value;
  cell.textContent = text;
  if (level !== undefined && cell.dataset.fact === "stock") {
    cell.classList.toggle("haat-cell--out", level === "out");
    cell.classList.toggle("haat-cell--low", level === "low");
  }
  const saleCell = cell.closest("tr")?.querySelector("[data-sale-of]");
  if (saleCell && sale !== undefined) saleCell.textContent = sale;
}

async function save(form) {
  const dialog = form.closest("dialog");
  const problem = dialog.querySelector("[data-problem]");
  const button = form.querySelector('[type="submit"]');
  button.disabled = true;
  try {
    const answer = await fetch(opened.cell.dataset.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": findToken() },
      body: JSON.stringify({ ...Object.fromEntries(new FormData(form)), seen: opened.seen }),
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    const data = await answer.json();
    if (answer.ok) {
      sessionStorage.setItem(LAST_REASON, form.elements.reason.value);
      showFigure(data);
      dialog.close();
      opened.cell.classList.add("haat-cell--saved");
      opened.cell.focus();
    } else if (answer.status === 409) {
      showFigure(data);
      dialog.querySelector("[data-now]").textContent = data.text;
      showProblems(dialog, {}, `${data.error} ${problem.dataset.again}`);
    } else {
      showProblems(dialog, data.fields ?? {}, data.error ?? "");
      dialog.querySelector('[aria-invalid="true"]')?.focus();
    }
  } catch {
    showProblems(dialog, {}, problem.dataset.failed);
  } finally {
    button.disabled = false;
  }
}

/* A page that follows a job in the background */

async function follow() {
  const place = document.querySelector("[data-poll]");
  if (!place) return;
  try {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(place.id);
    if (answer.ok && fresh) place.replaceWith(document.adoptNode(fresh));
  } catch {
    // The next time, then.
  }
  setTimeout(follow, POLL_EVERY);
}

document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-fact]");
  if (cell) openDialog(cell);
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-choose-all]")) choose(true, true);
  if (event.target.closest("[data-choose-none]")) choose(false, false);
  for (const fold of document.querySelectorAll("[data-fold][open]")) {
    if (!fold.contains(event.target)) fold.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const fold = event.key === "Escape" && event.target.closest("[data-fold][open]");
  if (fold) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choose-page]")) choose(false, event.target.checked);
  if (event.target.matches("[data-choose]")) {
    bar.querySelector("[data-all]").value = "";
    showChosen();
  }
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-fact-form]")) return;
  event.preventDefault();
  save(event.target);
});

if (results()) new MutationObserver(() => choose(false, false)).observe(results(), { childList: true });
showChosen();
if (document.querySelector("[data-poll]")) setTimeout(follow, POLL_EVERY);
