// Adds a copy button to an address that can also be selected by hand.
for (const box of document.querySelectorAll("[data-copy]")) {
  const button = box.querySelector("button");
  const field = box.querySelector("input");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    box.querySelector("[role=status]").textContent = box.dataset.done;
  });
}
