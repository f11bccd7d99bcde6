// Hearts: who likes what comes with the private summary, because the page itself is the same for everybody.

const buttons = () => document.querySelectorAll("[data-like]");

function mark(button, liked) {
  button.setAttribute("aria-pressed", String(liked));
}

document.addEventListener("visitor:known", ({ detail }) => {
  const liked = new Set(detail.likes);
  for (const button of buttons()) mark(button, liked.has(Number(button.dataset.productId)));
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-like]");
  if (!button || button.dataset.busy) return;
  const liked = button.getAttribute("aria-pressed") !== "true";
  button.dataset.busy = "1";
  mark(button, liked);
  try {
    const answer = await fetch(button.dataset.like, { method: "POST", body: new URLSearchParams({ liked }), headers: { Accept: "application/json" } });
    const data = await answer.json();
    if (data.sign_in) location.href = data.sign_in;
    else if (!answer.ok) throw new Error(answer.status);
  } catch {
    mark(button, !liked); // offline: it says what is true
  } finally {
    delete button.dataset.busy;
  }
});
