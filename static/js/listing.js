// Lists that change in place: a filter, a sorting or another page is fetched and put where the old one stood.
// The address follows, so that it can be shared and the back button works. Without this script the form sends itself.

let running;

const area = () => document.querySelector("[data-listing-area]");

function addressOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") fields.append(name, value);
  const query = fields.toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

async function show(url, { keep = true, top = false } = {}) {
  running?.abort();
  running = new AbortController();
  const old = area();
  const filtersOpen = old.querySelector("#filters")?.open;
  const focused = document.activeElement?.id;
  old.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: running.signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-listing-area]");
    if (!fresh) throw new Error("no list");
    const status = old.querySelector("[role=status]");
    const freshStatus = fresh.querySelector("[role=status]");
    if (fresh.querySelector("#filters")) fresh.querySelector("#filters").open = Boolean(filtersOpen);
    old.replaceChildren(...fresh.childNodes);
    // A region that stays is read out when its text changes; a new one is not.
    if (status && freshStatus) {
      freshStatus.replaceWith(status);
      status.textContent = freshStatus.textContent;
    }
    document.title = page.title;
    if (keep) history.pushState({ listing: true }, "", url);
    if (top) old.scrollIntoView({ block: "start" });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") location.href = url;
  } finally {
    old.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-listing]")) return;
  event.preventDefault();
  event.target.querySelector("#filters").open = false;
  show(addressOf(event.target));
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-listing]");
  if (!form) return;
  // Of stars one choice is enough.
  if (target.matches("[data-single]") && target.checked)
    for (const other of form.querySelectorAll("[data-single]")) if (other.name === target.name && other !== target) other.checked = false;
  show(addressOf(form));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-listing-area] .pagination a, [data-in-place]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.href, { top: Boolean(link.closest(".pagination")) });
});

if (area()) {
  history.replaceState({ listing: true }, "");
  addEventListener("popstate", (event) => event.state?.listing && show(location.href, { keep: false }));
}
