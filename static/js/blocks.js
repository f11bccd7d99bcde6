// Blocks that move: promotions that count down and go, videos that load when they are played.

const SECOND = 1000;

function split(milliseconds) {
  const seconds = Math.floor(milliseconds / SECOND);
  return { d: Math.floor(seconds / 86400), h: Math.floor(seconds / 3600) % 24, m: Math.floor(seconds / 60) % 60, s: seconds % 60 };
}

function countDown(promotion) {
  const words = promotion.querySelector("[data-countdown]");
  const left = Date.parse(promotion.dataset.promotion) - Date.now();
  if (left <= 0) {
    promotion.closest("section").hidden = true; // what is kept by then has it no more
    return;
  }
  const parts = split(left);
  const day = parts.d > 0;
  if (words) {
    const pattern = day ? words.dataset.days : words.dataset.hours;
    words.textContent = pattern.replace(/\{(\w)\}/g, (_, name) => parts[name]);
  }
  setTimeout(() => countDown(promotion), day ? Math.min(left, (parts.s + 1) * SECOND) : left % SECOND || SECOND);
}

function play(link) {
  const frame = document.createElement("iframe");
  frame.src = link.dataset.video;
  frame.title = link.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin";
  link.parentElement.replaceChildren(frame);
  frame.focus();
}

for (const promotion of document.querySelectorAll("[data-promotion]")) countDown(promotion);
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-video]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  play(link);
});
