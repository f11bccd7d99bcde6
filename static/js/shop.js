// What every page shares: who is looking, menus that close, a quiet announcement.

const shown = (element, text) => {
  element.textContent = text;
  element.hidden = !text;
};

function showCount(count) {
  for (const badge of document.querySelectorAll("[data-cart-count]")) shown(badge, count ? String(count) : "");
}

async function showVisitor() {
  const answer = await fetch(document.body.dataset.summary, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const visitor = await answer.json();
  const { count, name } = visitor;
  showCount(count);
  for (const label of document.querySelectorAll("[data-account-name]")) shown(label, name ?? "");
  document.dispatchEvent(new CustomEvent("visitor:known", { detail: visitor }));
}

function closeMenusFromOutside() {
  const open = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });
  document.querySelector(".search-toggle")?.addEventListener("toggle", (event) => {
    if (event.target.open) event.target.querySelector("input").focus();
  });
}

function rememberAnnouncement() {
  const bar = document.querySelector("[data-announcement]");
  if (!bar) return;
  const key = "announcement-read";
  const text = bar.dataset.announcement;
  try {
    bar.hidden = localStorage.getItem(key) === text;
  } catch {
    return; // storage is switched off: the announcement stays
  }
  bar.querySelector("button").addEventListener("click", () => {
    bar.hidden = true;
    localStorage.setItem(key, text);
  });
}

document.addEventListener("cart:changed", (event) => showCount(event.detail.count));
// A page from the browser's memory shows the cart of then.
addEventListener("pageshow", (event) => event.persisted && showVisitor().catch(() => {}));

rememberAnnouncement();
closeMenusFromOutside();
showVisitor().catch(() => {}); // offline: the links still work
