// The shop's look: the picker beside each colour, and looks that fill the form in.

const tell = (input) => {
  for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
};

document.addEventListener("input", (event) => {
  const place = event.target.closest?.("[data-colour]");
  if (!place) return;
  const picker = place.querySelector("[data-colour-picker]");
  const text = place.querySelector("input:not([data-colour-picker])");
  if (event.target === picker) {
    text.value = picker.value;
    tell(text);
  } else if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value;
});

document.addEventListener("click", (event) => {
  const look = event.target.closest?.("[data-look]");
  if (!look) return;
  const form = look.closest("form");
  for (const { name, value } of look.attributes) {
    const input = name.startsWith("data-look-") && form.elements[name.slice("data-look-".length)];
    if (!input) continue;
    input.value = value;
    tell(input);
  }
});
