// Dragging a name into another column fills in the form behind the name and sends it; the form alone does the same.
const board = document.querySelector("[data-board]");
let moving = null;

function columnOf(target) {
  const column = target.closest("[data-column]");
  if (!moving || !column || column.contains(moving)) return null;
  const select = moving.querySelector("select");
  return [...select.options].some((option) => option.value === column.dataset.column) ? column : null;
}

function mark(column) {
  for (const one of board.querySelectorAll(".is-target")) one.classList.remove("is-target");
  column?.classList.add("is-target");
}

for (const seat of board?.querySelectorAll("[data-seat]") ?? []) seat.draggable = true;

board?.addEventListener("dragstart", (event) => {
  moving = event.target.closest?.("[data-seat]");
  if (!moving) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", moving.dataset.seat);
  moving.classList.add("is-moving");
});

board?.addEventListener("dragover", (event) => {
  const column = columnOf(event.target);
  mark(column);
  if (column) event.preventDefault();
});

board?.addEventListener("drop", (event) => {
  const column = columnOf(event.target);
  if (!column) return;
  event.preventDefault();
  const form = moving.querySelector("form");
  form.querySelector("select").value = column.dataset.column;
  form.requestSubmit(form.querySelector(`[name=deed][value=${board.dataset.board}]`));
});

board?.addEventListener("dragend", () => {
  mark(null);
  moving?.classList.remove("is-moving");
  moving = null;
});
