// Opens the pictures of a gallery large in a dialog; without it the link leads to the picture itself.
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
    image.src = link.dataset.large || link.href;
    const found = link.closest("figure").querySelector("figcaption");
    caption.textContent = [...(found?.childNodes ?? [])].map((part) => part.textContent.trim()).filter(Boolean).join(" · ");
  }

  bar.append(
    button(gallery.dataset.previous, "←", () => show(shown - 1)),
    button(gallery.dataset.next, "→", () => show(shown + 1)),
    button(gallery.dataset.close, "×", () => dialog.close()),
  );
  dialog.append(bar, image, caption);
  dialog.setAttribute("aria-label", gallery.dataset.label);
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
