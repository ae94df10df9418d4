// Marks what is on now and draws the line of the present time; the times stand in the page, so a kept page stays right.
// Without it nothing is marked, which is never wrong.
const programme = document.querySelector("[data-now]");
const link = document.querySelector("[data-now-link]");
const MINUTE = 60_000;

const line = document.createElement("p");
line.id = "now";
line.className = "now";
const clock = document.createElement("time");
line.append(`${programme?.dataset.now} `, clock);

// What has a beginning and an end: in the list the slots, in the table its cells.
const spans = [...(programme?.querySelectorAll(".slot") ?? [])].map((slot) => {
  const [from, until] = [...slot.querySelector(".slot__time").querySelectorAll("time")].map((one) => Date.parse(one.dateTime));
  return { element: slot, from, until };
});
for (const cell of programme?.querySelectorAll("[data-from]") ?? []) {
  spans.push({ element: cell, from: Date.parse(cell.dataset.from), until: Date.parse(cell.dataset.until) });
}
const rows = [...(programme?.querySelectorAll(".rooms__time time") ?? [])].map((one) => ({
  element: one.closest("th"), from: Date.parse(one.dateTime), until: Date.parse(one.dataset.until),
}));

const zone = { timeZone: programme?.dataset.zone };
const dayOf = (instant) => new Intl.DateTimeFormat("en-CA", zone).format(instant);
const timeOf = (instant) => new Intl.DateTimeFormat("de", { hour: "2-digit", minute: "2-digit", ...zone }).format(instant);

const days = new Set(spans.map((one) => dayOf(one.from)));

function settle() {
  const now = Date.now();
  for (const one of spans) one.element.classList.toggle("is-now", one.from <= now && now < one.until);
  const first = Math.min(...spans.map((one) => one.from));
  const last = Math.max(...spans.map((one) => one.until));
  const isToday = first - 60 * MINUTE <= now && now < last && days.has(dayOf(now));
  if (link) link.hidden = !isToday;
  line.remove();
  if (!isToday) return;
  clock.dateTime = new Date(now).toISOString();
  clock.textContent = timeOf(now);
  const row = rows.find((one) => one.from <= now && now < one.until);
  if (row) return row.element.append(line);
  // In the list the line stands above what comes next on this day, or above what is on.
  const slots = spans.filter((one) => one.element.matches(".slot"));
  const next = slots.find((one) => one.from <= now && now < one.until) ?? slots.find((one) => one.from > now);
  next?.element.before(line);
}

if (spans.length) {
  settle();
  setInterval(settle, MINUTE / 2);
}
