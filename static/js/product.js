// The product page: the chosen variant's facts, the bar on phones, sharing, what was looked at before.

const form = document.querySelector("[data-add-form]");

function showChoice(radio) {
  const facts = document.querySelector(`template[data-facts="${radio.value}"]`).content;
  for (const place of document.querySelectorAll("[data-price]"))
    place.replaceChildren(facts.querySelector(".price").cloneNode(true));
  const stock = facts.querySelector(".stock");
  form.querySelector("[data-stock]").replaceChildren(...(stock ? [stock.cloneNode(true)] : []));
  const soldOut = "unavailable" in radio.dataset;
  for (const button of document.querySelectorAll("[data-add-button]")) {
    button.disabled = soldOut;
    button.textContent = soldOut ? form.dataset.soldOut : form.dataset.add;
  }
  form.querySelector("[data-add-error]").hidden = true;
  showWatch(radio.value, soldOut);
  form.elements.quantity.removeAttribute("max");
}

const watch = document.querySelector("[data-watch]");

function showWatch(product, soldOut) {
  watch.hidden = !soldOut;
  watch.elements.product_id.value = product;
  watch.querySelector("[data-watch-result]").textContent = "";
}

function sendWatch() {
  const result = watch.querySelector("[data-watch-result]");
  watch.addEventListener("submit", async (event) => {
    event.preventDefault();
    watch.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(watch.action, { method: "POST", body: new URLSearchParams(new FormData(watch)), headers: { Accept: "application/json" } });
      const { message, error } = await answer.json();
      result.textContent = message ?? error;
      result.className = answer.ok ? "watch__done" : "field__error";
    } catch {
      result.textContent = watch.dataset.failed;
      result.className = "field__error";
    } finally {
      watch.removeAttribute("aria-busy");
    }
  });
}

function followVariants() {
  for (const radio of form.querySelectorAll("[name=product_id][type=radio]"))
    radio.addEventListener("change", () => {
      showChoice(radio);
      history.replaceState(null, "", radio.dataset.url);
    });
  // A reload keeps what was chosen; let the facts agree with it.
  const chosen = form.querySelector("[name=product_id]:checked");
  if (chosen && !chosen.defaultChecked) showChoice(chosen);
}

function showBarBelow() {
  const bar = document.querySelector("[data-buy-bar]");
  const button = form.querySelector("[data-add-button]");
  new IntersectionObserver(([entry]) => {
    bar.hidden = entry.isIntersecting;
  }).observe(button);
}

function turnPictures() {
  const list = document.querySelector(".gallery__list");
  const thumbs = [...document.querySelectorAll(".gallery__thumb")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  thumbs.forEach((thumb, index) =>
    thumb.addEventListener("click", (event) => {
      event.preventDefault();
      list.scrollTo({ left: index * list.clientWidth, behavior: calm ? "instant" : "smooth" });
    }),
  );
  list?.addEventListener("scroll", () => {
    const shown = Math.round(list.scrollLeft / list.clientWidth);
    thumbs.forEach((thumb, index) => index === shown ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current"));
  });
}

function offerSharing() {
  const button = document.querySelector("[data-share]");
  const label = button.querySelector("[data-share-label]");
  button.addEventListener("click", async () => {
    const url = location.href;
    try {
      if (navigator.share) await navigator.share({ title: document.title, url });
      else {
        await navigator.clipboard.writeText(url);
        label.textContent = button.dataset.done;
      }
    } catch {
      // the visitor closed the sheet, or the browser keeps its clipboard to itself
    }
  });
}

function tile({ url, title, picture }) {
  const link = Object.assign(document.createElement("a"), { className: "tile", href: url });
  const face = Object.assign(document.createElement("img"), { className: "picture", src: picture, alt: "", width: 136, height: 136, loading: "lazy" });
  const name = Object.assign(document.createElement("span"), { className: "tile__title", textContent: title });
  link.append(face, name);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function rememberViewed() {
  const key = "viewed";
  const section = document.querySelector("[data-viewed]");
  const title = document.querySelector("[data-product]").dataset.product;
  const here = { url: location.pathname, title, picture: document.querySelector(".gallery img")?.getAttribute("src") };
  try {
    const before = JSON.parse(localStorage.getItem(key) ?? "[]").filter((seen) => seen.url !== here.url);
    section.querySelector("ul").append(...before.slice(0, 8).map(tile));
    section.hidden = before.length < 2;
    if (here.picture) localStorage.setItem(key, JSON.stringify([here, ...before].slice(0, 9)));
  } catch {
    section.hidden = true; // storage is off or not ours to read
  }
}

if (watch) sendWatch();
if (form) {
  followVariants();
  showBarBelow();
}
turnPictures();
offerSharing();
rememberViewed();
