// The board of rooms and times by pointer and by keyboard. Every move is one form that is sent; without script each card
// has a page with the same form.
const plan = document.querySelector("[data-plan]");
const form = document.querySelector("[data-plan-form]");
const live = document.querySelector("[data-plan-live]");
const wide = matchMedia("(min-width: 48em)");
const STEP = 5;
const JUMP = 15;
const LEAST = 5;
const columns = [...(plan?.querySelectorAll("[data-column]") ?? [])];
const cards = [...(plan?.querySelectorAll("[data-card]") ?? [])];
const begin = Date.parse(plan?.dataset.begin ?? "");
const total = Number(plan?.dataset.minutes);
const format = (language, more) =>
  plan && new Intl.DateTimeFormat(language, { timeZone: plan.dataset.zone, hour: "2-digit", minute: "2-digit", ...more });
const clock = format("en-GB");
const typed = format("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" }); // 2027-03-11 10:30, as the form takes it
let moving = null; // {card, top, length, column, from: the same before}

const at = (minutes) => clock.format(new Date(begin + minutes * 60000));
const span = (move) => `${at(move.top)}–${at(move.top + move.length)}`;
const words = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
const nameOf = (column) => column?.querySelector("h3").textContent.trim() ?? "";

function stateOf(card) {
  return {
    card,
    top: Number(card.dataset.top),
    length: Number(card.dataset.length),
    column: card.closest("[data-column]"),
  };
}

// What is at the same time: in the room, or with the same people.
function meets(move) {
  const mine = new Set(move.card.dataset.people.split(" ").filter(Boolean));
  const found = { room: [], people: [] };
  if ("cancelled" in move.card.dataset || "round" in move.card.dataset) return found;
  for (const card of cards) {
    if (card === move.card || "cancelled" in card.dataset || "round" in card.dataset) continue;
    const other = stateOf(card);
    if (other.top >= move.top + move.length || other.top + other.length <= move.top) continue;
    if (other.column === move.column && move.column?.dataset.column) found.room.push(card.dataset.title);
    if (card.dataset.people.split(" ").some((uid) => mine.has(uid))) found.people.push(card.dataset.title);
  }
  return found;
}

function show(move, isMoving) {
  const { card } = move;
  const list = move.column?.querySelector(".plan__body");
  if (list && card.parentElement !== list) list.append(card);
  const shift = isMoving || move.top !== Number(card.dataset.top) || move.length !== Number(card.dataset.length);
  for (const [name, value] of [["--at", Math.max(move.top, 0)], ["--for", move.length]]) {
    if (shift) card.style.setProperty(name, value);
    else card.style.removeProperty(name);
  }
  card.dataset.now = span(move);
  card.classList.toggle("is-moving", isMoving);
}

function tell(move) {
  const { room, people } = meets(move);
  move.card.classList.toggle("is-clashing", room.length + people.length > 0);
  const said = [words(plan.dataset.moved, { title: move.card.dataset.title, time: span(move), room: nameOf(move.column) })];
  if (room.length) said.push(words(plan.dataset.clash, { others: room.join("”, “") }));
  if (people.length) said.push(words(plan.dataset.person, { others: people.join("”, “") }));
  if (!room.length && !people.length) said.push(plan.dataset.free);
  live.textContent = [...said, plan.dataset.unstored].join(" ");
}

function start(card) {
  if (moving?.card === card) return;
  if (moving) cancel();
  const state = stateOf(card);
  moving = { ...state, from: { ...state, next: card.nextSibling } };
}

function isMoved() {
  return ["top", "length", "column"].some((name) => moving[name] !== moving.from[name]);
}

function cancel() {
  const { card, from } = moving;
  moving = null;
  from.column?.querySelector(".plan__body").insertBefore(card, from.next);
  show(from, false);
  card.classList.remove("is-clashing");
  live.textContent = words(plan.dataset.back, { title: card.dataset.title });
}

function store() {
  const { card, top, length, column } = moving;
  form.action = card.querySelector("[data-grip]").href;
  const instant = new Date(begin + top * 60000);
  const where = { instant: instant.toISOString(), starts_at: typed.format(instant) };
  const values = { ...where, length, room: column?.dataset.column ?? "", seen: card.dataset.seen };
  for (const [name, value] of Object.entries(values)) form.querySelector(`[name=${name}]`).value = value;
  form.submit();
}

function move(change) {
  const wanted = { ...moving, ...change };
  const isInside = wanted.length >= LEAST && wanted.top >= 0 && wanted.top < total && wanted.column === (wanted.column ?? moving.column);
  if (!isInside) {
    live.textContent = plan.dataset.limit;
    return;
  }
  const focused = document.activeElement;
  Object.assign(moving, change);
  show(moving, true);
  if (focused !== document.activeElement) focused.focus({ preventScroll: true });
  tell(moving);
}

function beside(step) {
  if (!moving.column) return {};
  const column = columns[columns.indexOf(moving.column) + step];
  return column ? { column } : { top: -1 };
}

const KEYS = {
  ArrowUp: (event) => ({ top: moving.top - (event.shiftKey ? STEP : JUMP) }),
  ArrowDown: (event) => ({ top: moving.top + (event.shiftKey ? STEP : JUMP) }),
  ArrowLeft: () => beside(-1),
  ArrowRight: () => beside(1),
  "+": () => ({ length: moving.length + STEP }),
  "-": () => ({ length: moving.length - STEP }),
};

function onKey(event) {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || !wide.matches || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = grip.closest("[data-card]");
  if (event.key in KEYS) {
    event.preventDefault();
    start(card);
    move(KEYS[event.key](event));
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  } else if (event.key === "Escape" && moving) {
    event.preventDefault();
    cancel();
    grip.focus();
  } else if (event.key === "Enter" && moving?.card === card && isMoved()) {
    event.preventDefault();
    store();
  }
}

// Pointers: the whole card with a mouse, its handle by touch, the lower edge for the length.
function onDown(event) {
  const card = event.target.closest?.("[data-card]");
  const isHandle = event.target.closest("[data-grip], [data-edge]");
  if (!card || !wide.matches || event.button !== 0 || (event.pointerType !== "mouse" && !isHandle)) return;
  if (event.target.closest("a") && !isHandle && event.pointerType !== "mouse") return;
  const edge = event.target.closest("[data-edge]");
  const box = plan.querySelector(".plan__body").getBoundingClientRect();
  const first = { x: event.clientX, y: event.clientY, scroll: plan.parentElement.scrollTop };
  const perMinute = box.height / total;
  let isDragging = false;

  const onMove = (moved) => {
    const by = moved.clientY - first.y + plan.parentElement.scrollTop - first.scroll;
    if (!isDragging && Math.hypot(moved.clientX - first.x, moved.clientY - first.y) < 6) return;
    if (!isDragging) {
      start(card);
      getSelection().removeAllRanges();
      isDragging = true;
    }
    moved.preventDefault();
    const minutes = Math.round(by / perMinute / STEP) * STEP;
    if (edge) {
      move({ length: Math.max(moving.from.length + minutes, LEAST) });
      return;
    }
    const column = moving.column && columns.find((one) => {
      const { left, right } = one.getBoundingClientRect();
      return moved.clientX >= left && moved.clientX < right;
    });
    move({ top: Math.max(moving.from.top + minutes, 0), ...(column ? { column } : {}) });
  };
  const onEnd = (ended) => {
    document.removeEventListener("pointermove", onMove);
    document.removeEventListener("pointerup", onEnd);
    document.removeEventListener("pointercancel", onEnd);
    if (!isDragging) return;
    addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    if (ended.type === "pointerup" && isMoved()) store();
    else cancel();
  };
  if (event.pointerType !== "mouse" || edge) event.preventDefault();
  document.addEventListener("pointermove", onMove);
  document.addEventListener("pointerup", onEnd);
  document.addEventListener("pointercancel", onEnd);
}

if (plan) {
  plan.classList.add("is-live");
  document.querySelector("[data-plan-help]").hidden = !wide.matches;
  wide.addEventListener("change", () => { document.querySelector("[data-plan-help]").hidden = !wide.matches; });
  plan.addEventListener("keydown", onKey);
  plan.addEventListener("pointerdown", onDown);
  plan.addEventListener("dragstart", (event) => event.preventDefault()); // links would be dragged as addresses
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && moving) cancel(); });
  const stored = location.hash.startsWith("#card-") ? document.getElementById(location.hash.slice(1)) : null;
  const focus = () => stored?.querySelector("[data-grip]").focus();
  addEventListener("load", () => setTimeout(focus)); // the browser goes to the card first, and takes the focus away
}
