// Hides what is asked for certain answers only until it is asked; the server judges the same way when the form arrives.
const named = (form, name) => [...form.elements].filter((field) => field.name === name);

function answers(form, name) {
  return named(form, name)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => (field.type === "checkbox" && field.value === "y" ? "yes" : field.value))
    .filter((value) => value.trim());
}

function settle(form) {
  for (const one of form.querySelectorAll("[data-show-if]")) {
    const name = one.dataset.showIf;
    const wanted = (one.dataset.showValues || "").split(" ").filter(Boolean);
    const isAsked = !named(form, name)[0]?.closest("[data-show-if]")?.hidden;
    const given = isAsked ? answers(form, name) : [];
    const other = isAsked && !wanted.length ? answers(form, `${name}_other`) : [];
    one.hidden = wanted.length ? !wanted.some((value) => given.includes(value)) : !given.concat(other).length;
  }
}

for (const form of new Set([...document.querySelectorAll("[data-show-if]")].map((one) => one.closest("form")))) {
  for (const words of form.querySelectorAll("[data-condition]")) words.hidden = true; // it is asked when it is seen
  form.addEventListener("change", () => settle(form));
  form.addEventListener("input", () => settle(form));
  settle(form);
}
