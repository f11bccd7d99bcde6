/* The payment window: asks for an instrument, walks through the bank's question, and reports to the page that opened it. */
import { describeShop, startCountdown } from "./appearance.js";
import { keepFocus } from "./focus.js";

const NAME = "razorpay-simulator";
const query = new URLSearchParams(location.search);
const keyId = query.get("key_id");
const orderId = query.get("order_id");
// The page that opened this window; messages go to it and are taken from it alone.
const host = query.get("origin");
const find = (id) => document.getElementById(id);

const ERROR_FIELDS = { number: "card-number", expiry: "card-expiry", cvv: "card-cvv", vpa: "upi-id" };
const VIEWS = ["loading", "methods", "otp", "bank", "failed", "done"];
const TABS = ["card", "upi", "netbanking"];
// Long enough to be seen, short enough to be no wait: milliseconds.
const SUCCESS_PAUSE = 350;

let options = {};
let order = null;
// The payment that waits for an answer, if there is one.
let openPayment = null;

function tell(type, detail = {}) {
  if (host && window.parent !== window) window.parent.postMessage({ from: NAME, type, ...detail }, host);
}

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.origin !== host) return;
  if (!event.data || event.data.from !== NAME || event.data.type !== "options") return;
  options = event.data.options;
  start();
});

async function call(path, body) {
  const request = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ key_id: keyId, order_id: orderId, ...body }),
  };
  const response = await fetch(path, request || {});
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.description);
  return answer;
}

async function start() {
  describeShop(options);
  startCountdown(options.timeout);
  try {
    order = await call(`preferences?${new URLSearchParams({ key_id: keyId, order_id: orderId })}`);
  } catch (error) {
    return showProblem(error.message);
  }
  find("amount").textContent = order.display_amount;
  find("bank-amount").textContent = order.display_amount;
  for (const button of document.querySelectorAll(".panel .pay")) button.textContent = `Pay ${order.display_amount}`;
  listBanks();
  if (order.status === "paid") return showProblem("This order is already paid. Nothing is left to pay.");
  prefill();
  show("methods");
  selectTab(TABS.includes(options.prefill?.method) ? options.prefill.method : "card");
}

function prefill() {
  if (options.prefill?.name) find("card-name").value = options.prefill.name;
}

function listBanks() {
  find("banks").replaceChildren(...Object.entries(order.banks).map(([code, name], index) => buildBank(code, name, index)));
}

function buildBank(code, name, index) {
  const label = document.createElement("label");
  const radio = document.createElement("input");
  const text = document.createElement("span");
  Object.assign(radio, { type: "radio", name: "bank", value: code, id: `bank-${code}`, defaultChecked: index === 0 });
  text.textContent = name;
  label.append(radio, text);
  return label;
}

function show(name) {
  for (const view of VIEWS) find(`view-${view}`).hidden = view !== name;
  find("body").scrollTop = 0;
}

function showProblem(message) {
  showFailure({ description: message, reason: "" }, false);
}

/* Tabs: arrow keys move and select, as in any tab list. */
function selectTab(name, { focus = true } = {}) {
  for (const tab of TABS) {
    const isChosen = tab === name;
    find(`tab-${tab}`).setAttribute("aria-selected", String(isChosen));
    find(`tab-${tab}`).tabIndex = isChosen ? 0 : -1;
    find(`panel-${tab}`).hidden = !isChosen;
  }
  if (focus) find(`tab-${name}`).focus();
}

function moveTab(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const index = TABS.findIndex((tab) => find(`tab-${tab}`) === event.currentTarget);
  selectTab(TABS[(index + step + TABS.length) % TABS.length]);
}

for (const tab of TABS) {
  find(`tab-${tab}`).addEventListener("click", () => selectTab(tab));
  find(`tab-${tab}`).addEventListener("keydown", moveTab);
  find(`panel-${tab}`).addEventListener("submit", pay);
}

async function pay(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const instrument = { method: form.dataset.method, ...Object.fromEntries(new FormData(form)) };
  clearErrors();
  await work(form, () => call("payments", { instrument, customer: describeCustomer() }));
}

function describeCustomer() {
  const { email = "", contact = "" } = options.prefill || {};
  return { email, contact, description: options.description || "" };
}

/* One call at a time: its buttons wait, and its answer decides what is shown next. */
async function work(area, send) {
  const buttons = area.querySelectorAll("button");
  area.setAttribute("aria-busy", "true");
  for (const button of buttons) button.disabled = true;
  try {
    follow(await send());
  } catch (error) {
    showFailure({ description: error.message, reason: "" }, canRetry());
  } finally {
    area.removeAttribute("aria-busy");
    for (const button of buttons) button.disabled = false;
  }
}

function follow(progress) {
  openPayment = ["otp", "bank"].includes(progress.next) ? progress.payment_id : null;
  ({ correct: showFieldError, otp: showOtp, bank: showBank, failed: fail, done: succeed })[progress.next](progress);
}

function showFieldError({ field, message }) {
  const input = find(ERROR_FIELDS[field]);
  if (!input) return showProblem(message);
  input.setAttribute("aria-invalid", "true");
  find(`${input.id}-error`).textContent = message;
  // After the buttons are enabled again, or the focus would not hold.
  setTimeout(() => input.focus());
}

function clearErrors() {
  for (const input of document.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const error of document.querySelectorAll(".error")) error.textContent = "";
}

function showOtp() {
  const digits = find("card-number").value.replace(/\D/g, "").slice(-4);
  find("otp-lead").textContent = `Sent by the bank of your card ending in ${digits}, to confirm ${order.display_amount}.`;
  find("otp").value = "";
  show("otp");
  find("otp").focus();
}

function showBank() {
  const chosen = document.querySelector("input[name=bank]:checked");
  find("bank-title").textContent = order.banks[chosen.value];
  show("bank");
  find("bank-title").focus();
}

find("otp-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const path = `payments/${openPayment}/answer`;
  work(event.currentTarget, () => call(path, { otp: find("otp").value }));
});

for (const button of document.querySelectorAll("[data-outcome]")) {
  const path = () => `payments/${openPayment}/answer`;
  button.addEventListener("click", () => {
    work(find("view-bank"), () => call(path(), { outcome: button.dataset.outcome }));
  });
}

function canRetry() {
  return options.retry !== false && options.retry?.enabled !== false;
}

function returnsToCallback() {
  return Boolean(options.callback_url) && options.redirect === true;
}

function fail({ error }) {
  tell("failed", { error });
  if (returnsToCallback()) return postToShop(spreadError(error));
  if (!canRetry()) return tell("dismissed");
  showFailure(error, true);
}

function showFailure(error, isRetryOffered) {
  find("failure").textContent = error.description;
  find("failure-reason").textContent = error.reason ? `Reason: ${error.reason}` : "";
  find("retry").hidden = !isRetryOffered;
  show("failed");
  (isRetryOffered ? find("retry") : find("close")).focus();
}

find("retry").addEventListener("click", () => {
  if (!order) return location.reload();
  show("methods");
  selectTab(TABS.find((tab) => find(`tab-${tab}`).getAttribute("aria-selected") === "true"));
});

function succeed({ response }) {
  show("done");
  setTimeout(() => (returnsToCallback() ? postToShop(response) : tell("succeeded", { response })), SUCCESS_PAUSE);
}

/* As Razorpay posts it: error[code], error[description] … with the ids as JSON in error[metadata]. */
function spreadError(error) {
  return Object.fromEntries(
    Object.entries(error).map(([name, value]) => [
      `error[${name}]`,
      value && typeof value === "object" ? JSON.stringify(value) : value || "",
    ]),
  );
}

/* The whole page leaves for the shop's address, in a form that comes from another site, as Razorpay's does. */
function postToShop(fields) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: options.callback_url, target: "_top" });
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

find("close").addEventListener("click", () => tell("dismissed"));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && options.modal?.escape !== false) tell("dismissed");
  if (event.key === "Tab") keepFocus(event);
});

document.addEventListener("click", (event) => {
  if (event.target === document.body && options.modal?.backdropclose === true) tell("dismissed");
});

/* A window that goes away at the bank's question has cancelled the payment, however it was closed. */
window.addEventListener("pagehide", () => {
  if (!openPayment) return;
  const body = JSON.stringify({ key_id: keyId, outcome: "cancelled" });
  navigator.sendBeacon(`payments/${openPayment}/answer`, new Blob([body], { type: "application/json" }));
});

find("fill-card").addEventListener("click", () => {
  find("card-number").value = "4111 1111 1111 1111";
  find("card-expiry").value = `12/${String((new Date().getFullYear() + 4) % 100).padStart(2, "0")}`;
  find("card-cvv").value = "123";
  document.querySelector("#panel-card .pay").focus();
});

find("card-number").addEventListener("input", (event) => {
  const digits = event.target.value.replace(/\D/g, "").slice(0, 16);
  event.target.value = digits.replace(/(.{4})(?=.)/g, "$1 ");
});

find("card-expiry").addEventListener("input", (event) => {
  if (event.inputType?.startsWith("delete")) return;
  event.target.value = event.target.value.replace(/^(\d{2})\/?(\d)/, "$1/$2");
});

tell("ready");
