/* The order page's payment: one window at a time, and a sentence for everything that can happen to it. */

const POLL_EVERY = 3000;
const POLL_FOR = 120_000;
const button = document.getElementById("pay-button");
const region = document.getElementById("payment-status");
const token = document.querySelector("#order input[name=csrfmiddlewaretoken]");

function word(name) {
  return document.querySelector(`#payment-words [data-word="${name}"]`).textContent.trim();
}

/* Kinds are those of the notices: info, success, warning, danger. */
function say(kind, text) {
  const notice = document.createElement("p");
  notice.className = `notice notice--${kind}`;
  notice.textContent = text;
  region.replaceChildren(notice);
}

/* The button keeps its words and its focus: disabled by aria, so that a screen reader stays where it is. */
function setBusy(isBusy) {
  button.setAttribute("aria-disabled", String(isBusy));
  button.toggleAttribute("data-busy", isBusy);
}

function isBusy() {
  return button.getAttribute("aria-disabled") === "true";
}

function release(kind, text) {
  say(kind, text);
  setBusy(false);
}

/* The answer's JSON with `ok`. Throws where the shop was not reached, or did not answer in JSON. */
async function post(url, data) {
  const response = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.value },
    body: JSON.stringify(data),
  });
  return { ok: response.ok, ...(await response.json()) };
}

async function pay() {
  if (isBusy()) return;
  if (typeof window.Razorpay !== "function") return say("danger", word("missing"));
  setBusy(true);
  say("info", word("opening"));
  try {
    const answer = await post(button.dataset.startUrl, {});
    if (answer.ok) openWindow(answer);
    else refuse(answer);
  } catch {
    release("danger", word("offline"));
  }
}

/* Where the order changed meanwhile (paid, ended), its page tells best. */
function refuse({ error, redirect }) {
  if (redirect) {
    say("info", error);
    setTimeout(() => show(redirect), 1500);
  } else {
    release("danger", error || word("offline"));
  }
}

function openWindow({ ok, ...options }) {
  let isFinished = false;
  let failure = "";
  const payment = new window.Razorpay({
    ...options,
    name: button.dataset.shopName,
    theme: { color: button.dataset.colour },
    handler(response) {
      isFinished = true;
      verify(response);
    },
    modal: {
      ondismiss() {
        if (isFinished) return;
        release(failure ? "danger" : "warning", failure || word("closed"));
      },
    },
  });
  payment.on("payment.failed", ({ error }) => {
    failure = error?.description ? `${error.description} ${word("failed-again")}` : word("failed");
    say("danger", failure);
  });
  say("info", word("open"));
  payment.open();
}

/* Money may have moved: from here on the button never comes back by itself, except where the shop refuses. */
async function verify(response) {
  say("info", word("checking"));
  try {
    const answer = await post(button.dataset.verifyUrl, {
      razorpay_order_id: response.razorpay_order_id,
      razorpay_payment_id: response.razorpay_payment_id,
      razorpay_signature: response.razorpay_signature,
    });
    if (answer.ok) follow(answer);
    else if (answer.redirect) refuse(answer);
    else retryVerify(response, answer.error);
  } catch {
    retryVerify(response, "");
  }
}

function follow({ status, message, redirect }) {
  say(status === "paid" ? "success" : "info", message);
  if (status === "paid" || status === "refunded") setTimeout(() => show(redirect), 1200);
  else if (status === "pending") wait();
}

/* The webhook reports the payment even where this browser could not: asking for the order's state goes on meanwhile. */
function retryVerify(response, error) {
  say("warning", error || word("unconfirmed"));
  offer(word("again"), () => verify(response));
  wait();
}

let round = 0;

/* Ask until the order has moved on. A later round ends an earlier one. */
async function wait() {
  const mine = ++round;
  const end = Date.now() + POLL_FOR;
  while (Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
    if (mine !== round) return;
    const status = await askStatus();
    if (status && status !== "placed") return location.reload();
  }
  say("info", word("slow"));
  offer(word("reload"), () => location.reload());
}

async function askStatus() {
  try {
    const response = await fetch(button.dataset.statusUrl, { headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).status : "";
  } catch {
    return "";
  }
}

function offer(words, act) {
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button";
  again.textContent = words;
  again.addEventListener("click", act, { once: true });
  region.append(again);
}

/* The order's page is mostly this one: an address that differs by nothing would not load again. */
function show(address) {
  if (!address || new URL(address, location.href).pathname === location.pathname) location.reload();
  else location.assign(address);
}

button?.addEventListener("click", pay);

function startCountdown() {
  const label = document.getElementById("time-left");
  const end = Date.parse(label?.dataset.expires);
  if (!end) return;
  const tick = () => {
    const minutes = Math.ceil((end - Date.now()) / 60_000);
    const { many, one, over } = label.dataset;
    label.textContent = minutes > 2 ? many.replace("{minutes}", minutes) : minutes > 0 ? one : over;
    if (minutes <= 0) clearInterval(timer);
  };
  const timer = setInterval(tick, 10_000);
  tick();
}

startCountdown();
// A page that comes back out of the browser's own cache may show an order that was paid meanwhile.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
