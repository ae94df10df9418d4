// The board by mouse and keyboard. The form alone does the same: choose a name, a workshop, a button.
const form = document.querySelector("[data-board]");
const select = form?.querySelector("select");
const labels = new Map([...(select?.options ?? [])].map((option) => [option, option.textContent]));
const seats = [...(form?.querySelectorAll("[data-seat]") ?? [])];
let moving = null;

function choose(seat) {
  const name = form.querySelector("[data-chosen]");
  name.textContent = seat ? seat.querySelector(".seat__name").textContent : name.dataset.nobody;
  const wishes = seat?.dataset.wishes.split(" ").filter(Boolean) ?? [];
  for (const [option, label] of labels) {
    const rank = wishes.indexOf(option.value) + 1;
    option.textContent = rank ? `${label}, ${select.dataset.wish.replace("#", rank)}` : label;
  }
  if (seat?.dataset.here) select.value = seat.dataset.here;
}

function columnOf(target) {
  const column = target.closest("[data-column]");
  if (!moving || !column || column.contains(moving)) return null;
  return [...select.options].some((option) => option.value === column.dataset.column) ? column : null;
}

function mark(column) {
  for (const one of form.querySelectorAll(".is-target")) one.classList.remove("is-target");
  column?.classList.add("is-target");
}

form?.addEventListener("change", (event) => {
  if (event.target.name === "registration") choose(event.target.closest("[data-seat]"));
});

for (const seat of seats) seat.draggable = true;

form?.addEventListener("dragstart", (event) => {
  moving = event.target.closest?.("[data-seat]");
  if (!moving) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", moving.dataset.seat);
  moving.classList.add("is-moving");
});

form?.addEventListener("dragover", (event) => {
  const column = columnOf(event.target);
  mark(column);
  if (column) event.preventDefault();
});

form?.addEventListener("drop", (event) => {
  const column = columnOf(event.target);
  if (!column) return;
  event.preventDefault();
  moving.querySelector("input").checked = true;
  choose(moving);
  select.value = column.dataset.column;
  form.requestSubmit(form.querySelector(`[name=deed][value=${form.dataset.board}]`));
});

form?.addEventListener("dragend", () => {
  mark(null);
  moving?.classList.remove("is-moving");
  moving = null;
});

// The filter hides names at once; without script its button asks the server.
const filter = document.querySelector("[data-filter]");
filter?.addEventListener("input", () => {
  const wanted = filter.value.trim().toLocaleLowerCase();
  for (const seat of seats) {
    seat.hidden = !seat.querySelector(".seat__name").textContent.toLocaleLowerCase().includes(wanted);
  }
});

if (form) choose(form.querySelector("input[name=registration]:checked")?.closest("[data-seat]"));
