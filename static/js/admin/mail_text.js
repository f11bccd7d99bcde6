// The preview of a mail follows what is typed.
(() => {
  const form = document.getElementById("mail-text");
  const show = (id) => document.getElementById(id);
  const problems = show("preview-problems");
  let timer;
  let asked = 0;

  async function refresh() {
    const turn = ++asked;
    let response;
    let answer;
    try {
      response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) });
      answer = await response.json();
    } catch {
      return; // The next letter asks again.
    }
    if (turn !== asked) return;
    problems.hidden = response.ok;
    problems.textContent = response.ok ? "" : answer.problems.join(" ");
    if (!response.ok) return;
    show("preview-subject").textContent = answer.subject;
    show("preview-html").srcdoc = answer.html;
    show("preview-text").textContent = answer.text;
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 400);
  });
})();
