/* The window's head: whose shop this is, in its colour, and how long the window stays. */

const find = (id) => document.getElementById(id);

export function describeShop(options) {
  find("shop-name").textContent = options.name || "Checkout";
  find("description").textContent = options.description || "";
  find("description").hidden = !options.description;
  applyTheme(options.theme?.color);
  if (typeof options.image === "string" && /^(https?:|data:image\/)/.test(options.image)) showLogo(options.image);
}

function showLogo(address) {
  const logo = find("logo");
  logo.addEventListener("load", () => (logo.hidden = false));
  logo.src = address;
}

function applyTheme(color) {
  const match = /^#([0-9a-f]{6})$/i.exec(expandColor(color));
  if (!match) return;
  const channels = match[1].match(/../g).map((pair) => linearize(parseInt(pair, 16) / 255));
  const luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
  const root = document.documentElement.style;
  root.setProperty("--accent", match[0]);
  // Whichever of the two stands out more against the accent.
  root.setProperty("--accent-ink", luminance > 0.179 ? "#111827" : "#ffffff");
}

function expandColor(color) {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color || "");
  return short ? `#${short[1].repeat(2)}${short[2].repeat(2)}${short[3].repeat(2)}` : color || "";
}

function linearize(channel) {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

export function startCountdown(timeout) {
  const seconds = Number(timeout);
  if (!(seconds > 0)) return;
  const end = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    find("countdown").textContent = `Closes in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  };
  tick();
  find("countdown").hidden = false;
  setInterval(tick, 1000);
}
