// Ticks everybody on the page at once; without it each person is ticked alone, or all that the filter shows are meant.
for (const head of document.querySelectorAll("[data-choose-all]")) {
  const boxes = [...document.querySelectorAll('input[name="chosen"]')];
  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "choose__box";
  all.setAttribute("aria-label", head.dataset.chooseAll);
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  const settle = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  boxes.forEach((box) => box.addEventListener("change", settle));
  settle();
  head.replaceChildren(all);
}
