// Saves a section a moment after the last key, so that nobody has to press a button; without it each section has its own.
const PAUSE = 1200;

function watch(form) {
  const state = form.querySelector("[data-state]");
  const seen = form.querySelector('input[type="hidden"][name$="-seen"]');
  let timer, running, isDirty = false;

  async function save() {
    clearTimeout(timer);
    if (!isDirty || running) return;
    isDirty = false;
    running = fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
    try {
      const answer = await running;
      const said = await answer.json();
      state.textContent = said.told;
      state.classList.toggle("is-wrong", !answer.ok);
      if (answer.ok) seen.value = said.seen;
    } catch {
      isDirty = true;
      state.textContent = form.dataset.failed || "";
      state.classList.add("is-wrong");
    }
    running = undefined;
    if (isDirty) timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", () => {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("change", save);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isDirty = false;
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
}

for (const form of document.querySelectorAll("form[data-saving]")) watch(form);
for (const words of document.querySelectorAll("[data-saving-told]")) words.hidden = false;
