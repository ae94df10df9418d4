// Choosing the focus of a portrait: a click on the picture sets the two fields, and a mark shows where they point.
for (const form of document.querySelectorAll("[data-focus]")) {
  const image = form.querySelector("img");
  const [across, down] = form.querySelectorAll("input[type=number]");
  const mark = document.createElement("span");
  mark.className = "portrait-desk__mark";
  image.parentElement.append(mark);
  image.classList.add("is-clickable");

  const show = () => {
    mark.style.left = `${across.value || 50}%`;
    mark.style.top = `${down.value || 50}%`;
  };
  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    across.value = Math.round((100 * (event.clientX - box.left)) / box.width);
    down.value = Math.round((100 * (event.clientY - box.top)) / box.height);
    show();
  });
  form.addEventListener("input", show);
  show();
}
