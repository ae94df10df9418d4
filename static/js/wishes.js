// Says the wishes of a round as a sentence while they are being chosen, keeps "never" and a rank apart, and lets the
// order be dragged. The fields with the ranks are what is sent; without this script they are all there is.
function rows(round) {
  return [...round.querySelectorAll("li.wishes__one")].map((row) => ({
    select: row.querySelector("select"),
    rank: Number(row.querySelector("select").value),
    title: row.querySelector("[data-wish-title]").textContent.trim(),
  }));
}

function chosen(round) {
  return rows(round).filter((row) => row.rank > 0).sort((a, b) => a.rank - b.rank);
}

function tell(round) {
  const summary = round.querySelector("[data-wishes-summary]");
  const wishes = chosen(round);
  const words = summary.dataset;
  if (round.querySelector("[data-absent]").checked) {
    summary.textContent = words.absentWords;
    draw(round, []);
    return;
  }
  summary.textContent = wishes.length
    ? `${words.label} ${wishes.map((wish) => `${wish.rank}. ${wish.title}`).join(", ")}`
    : words.none;
  draw(round, wishes);
}

function settle(event) {
  const row = event.target.closest("li.wishes__one");
  if (!row) return;
  const select = row.querySelector("select");
  const never = row.querySelector("input[type=checkbox]");
  if (!never) return;
  if (event.target === never && never.checked) select.selectedIndex = 0;
  if (event.target === select && Number(select.value) > 0) never.checked = false;
}

// Writes an order into the fields, first wish first.
function store(round, wishes) {
  wishes.forEach((wish, place) => (wish.select.value = String(place + 1)));
  tell(round);
}

function step(label, sign, isOff, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "wish-order__step";
  button.textContent = sign;
  button.setAttribute("aria-label", label);
  button.disabled = isOff;
  button.addEventListener("click", act);
  return button;
}

function moved(wishes, from, to) {
  const found = [...wishes];
  found.splice(to, 0, ...found.splice(from, 1));
  return found;
}

function draw(round, wishes) {
  round.querySelector(".wish-order")?.remove();
  if (wishes.length < 2) return;
  const words = round.querySelector("[data-wishes-summary]").dataset;
  const list = document.createElement("ol");
  list.className = "wish-order";
  list.setAttribute("aria-label", words.order);
  wishes.forEach((wish, place) => {
    const one = document.createElement("li");
    one.className = "wish-order__one";
    const grip = document.createElement("span");
    grip.className = "wish-order__grip check";
    grip.textContent = "⠿";
    grip.setAttribute("aria-hidden", "true");
    const title = document.createElement("span");
    title.textContent = `${place + 1}. ${wish.title}`;
    const steps = document.createElement("span");
    const go = (to, sign) => () => {
      store(round, moved(wishes, place, to));
      const again = round.querySelectorAll(".wish-order__one")[to].querySelectorAll("button");
      (again[sign].disabled ? again[1 - sign] : again[sign]).focus();
    };
    steps.append(
      step(words.up.replace("*", wish.title), "↑", place === 0, go(place - 1, 0)),
      step(words.down.replace("*", wish.title), "↓", place === wishes.length - 1, go(place + 1, 1)),
    );
    one.append(grip, title, steps);
    grip.addEventListener("pointerdown", (event) => drag(event, round, list, one, wishes));
    list.append(one);
  });
  round.append(list);
}

// Follows the pointer: the line dragged changes places with its neighbours, and its order is kept when it is let go.
function drag(event, round, list, one, wishes) {
  event.preventDefault();
  const before = [...list.children];
  const ended = new AbortController();
  one.classList.add("is-moving");
  const follow = (move) => {
    const after = [...list.children].find((other) => {
      const box = other.getBoundingClientRect();
      return other !== one && move.clientY < box.top + box.height / 2;
    });
    if (after !== one.nextElementSibling) list.insertBefore(one, after ?? null);
  };
  const drop = () => {
    ended.abort();
    store(round, [...list.children].map((line) => wishes[before.indexOf(line)]));
  };
  // On the window, since a line that changes places would lose a captured pointer.
  window.addEventListener("pointermove", follow, { signal: ended.signal });
  window.addEventListener("pointerup", drop, { signal: ended.signal });
  window.addEventListener("pointercancel", drop, { signal: ended.signal });
}

for (const round of document.querySelectorAll("[data-wishes]")) {
  round.addEventListener("change", (event) => {
    settle(event);
    tell(round);
  });
  tell(round);
}
