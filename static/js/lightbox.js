// Opens the pictures of a gallery large in a dialog; without it the link leads to the picture itself.
const words = document.documentElement.lang === "de"
  ? { close: "Schließen", previous: "Vorheriges Bild", next: "Nächstes Bild" }
  : { close: "Close", previous: "Previous picture", next: "Next picture" };

function button(label, sign, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", action);
  return made;
}

function lightbox(gallery) {
  const links = [...gallery.querySelectorAll("a")];
  const dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  const bar = document.createElement("div");
  bar.className = "lightbox__bar";
  const image = document.createElement("img");
  const caption = document.createElement("figcaption");
  let shown = 0;

  function show(index) {
    shown = (index + links.length) % links.length;
    const link = links[shown];
    image.alt = link.querySelector("img").alt;
    image.src = link.href;
    const words = link.closest("figure").querySelector("figcaption");
    caption.textContent = words ? words.textContent.trim() : "";
  }

  bar.append(
    button(words.previous, "←", () => show(shown - 1)),
    button(words.next, "→", () => show(shown + 1)),
    button(words.close, "×", () => dialog.close()),
  );
  dialog.append(bar, image, caption);
  dialog.setAttribute("aria-label", gallery.dataset.label ?? words.next);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(shown - 1);
    if (event.key === "ArrowRight") show(shown + 1);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    image.removeAttribute("src");
    links[shown].focus();
  });
  document.body.append(dialog);

  links.forEach((link, index) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      dialog.showModal();
    });
  });
}

document.querySelectorAll("[data-lightbox]").forEach(lightbox);
