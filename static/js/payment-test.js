/* The guided payment page: the three calls of a payment as a client makes them, each answer told. */

const field = (id) => document.getElementById(id).value.trim();
const button = document.getElementById("payButton");
const status = document.getElementById("status");

function say(text) {
  status.textContent = text;
}

/* The answer's body; a refusal is an error with the API's own sentence. */
async function post(path, body) {
  const base = field("baseUrl").replace(/\/+$/, "");
  const response = await fetch(base + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `JWT ${field("jwtToken")}` },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status}: ${answer.error}`);
  return answer;
}

async function verify(reported) {
  const answer = await post("/payments/verify-payment/", {
    razorpay_order_id: reported.razorpay_order_id,
    razorpay_payment_id: reported.razorpay_payment_id,
    razorpay_signature: reported.razorpay_signature,
  });
  say(`${answer.message}: ${answer.order_status}`);
}

function open(order) {
  const { name, description, currency, amount, customer } = order;
  const payment = new window.Razorpay({
    key: order.razorpay_key,
    order_id: order.razorpay_order_id,
    amount,
    currency,
    name,
    description,
    prefill: customer,
    handler: (reported) => attempt(() => verify(reported)),
    modal: { ondismiss: () => say("The window was closed before anything was paid.") },
  });
  payment.on("payment.failed", ({ error }) => say(`The payment failed: ${error.description}`));
  payment.open();
}

async function attempt(step) {
  button.disabled = true;
  try {
    await step();
  } catch (error) {
    say(error.message);
  } finally {
    button.disabled = false;
  }
}

document.getElementById("paymentTest").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    say("Asking for a payment …");
    const order = await post("/payments/create-payment-intent/", { order_id: Number(field("orderId")) });
    say(`${order.description}: ${order.amount / 100} ${order.currency}`);
    open(order);
  });
});
