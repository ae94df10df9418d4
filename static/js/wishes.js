// Says the wishes of a round as a sentence while they are being chosen, and keeps "never" and a rank apart.
function chosen(round) {
  const rows = [...round.querySelectorAll("li")].map((row) => ({
    rank: Number(row.querySelector("select").value),
    title: row.querySelector("[data-wish-title]").textContent.trim(),
  }));
  return rows.filter((row) => row.rank > 0).sort((a, b) => a.rank - b.rank);
}

function tell(round) {
  const summary = round.querySelector("[data-wishes-summary]");
  const wishes = chosen(round);
  summary.textContent = wishes.length
    ? `${summary.dataset.label} ${wishes.map((wish) => `${wish.rank}. ${wish.title}`).join(", ")}`
    : summary.dataset.none;
}

function settle(event) {
  const row = event.target.closest("li");
  const select = row.querySelector("select");
  const never = row.querySelector("input[type=checkbox]");
  if (!never) return;
  if (event.target === never && never.checked) select.selectedIndex = 0;
  if (event.target === select && Number(select.value) > 0) never.checked = false;
}

for (const round of document.querySelectorAll("[data-wishes]")) {
  round.addEventListener("change", (event) => {
    settle(event);
    tell(round);
  });
  tell(round);
}
