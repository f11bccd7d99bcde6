// A picture large, in a dialog: arrow keys and buttons turn, a press or Enter enlarges, Escape closes.
// Without this script the picture's link leads to the file.

const dialog = document.querySelector("[data-zoom-dialog]");
const links = [...document.querySelectorAll("[data-zoom]")];

function start() {
  const stage = dialog.querySelector("[data-zoom-stage]");
  const picture = dialog.querySelector("[data-zoom-picture]");
  const count = dialog.querySelector("[data-zoom-count]");
  let shown = 0;

  const enlarge = (wanted, event) => {
    stage.classList.toggle("zoom__stage--large", wanted);
    if (!wanted || !event?.clientX) return;
    const box = stage.getBoundingClientRect();
    // What was pressed comes to the middle.
    stage.scrollLeft = ((event.clientX - box.left) / box.width) * stage.scrollWidth - box.width / 2;
    stage.scrollTop = ((event.clientY - box.top) / box.height) * stage.scrollHeight - box.height / 2;
  };

  const show = (number) => {
    shown = (number + links.length) % links.length;
    picture.src = links[shown].href;
    picture.alt = links[shown].querySelector("img").alt;
    count.textContent = count.dataset.words.replace("%1", shown + 1).replace("%2", links.length);
    enlarge(false);
  };

  links.forEach((link, number) =>
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      show(number);
      dialog.showModal();
      stage.focus();
    }),
  );
  const toggle = (event) => enlarge(!stage.classList.contains("zoom__stage--large"), event);
  stage.addEventListener("click", toggle);
  dialog.addEventListener("keydown", (event) => {
    const large = stage.classList.contains("zoom__stage--large");
    if (event.key === "Enter" && event.target === stage) toggle();
    else if (!large && event.key === "ArrowRight") show(shown + 1);
    else if (!large && event.key === "ArrowLeft") show(shown - 1);
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-step]");
    if (button) show(shown + Number(button.dataset.zoomStep));
    if (event.target.closest("[data-zoom-close]") || event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => links[shown].focus({ preventScroll: true }));
}

if (dialog) start();
