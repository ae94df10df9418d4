// Hides what is asked for certain answers only until it is asked; the server judges the same way when the form arrives.
function answers(form, name) {
  const found = form.elements.namedItem(name);
  const fields = !found ? [] : found instanceof RadioNodeList ? [...found] : [found];
  return fields
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => (field.type === "checkbox" && field.value === "y" ? "yes" : field.value))
    .filter((value) => value.trim());
}

function settle(form) {
  for (const one of form.querySelectorAll("[data-show-if]")) {
    const name = one.dataset.showIf;
    const wanted = (one.dataset.showValues || "").split(" ").filter(Boolean);
    const parent = form.elements.namedItem(name);
    const field = parent instanceof RadioNodeList ? parent[0] : parent;
    const given = field?.closest("[data-show-if]")?.hidden ? [] : answers(form, name);
    const other = wanted.length ? [] : answers(form, `${name}_other`);
    one.hidden = wanted.length ? !wanted.some((value) => given.includes(value)) : !given.concat(other).length;
  }
}

for (const form of new Set([...document.querySelectorAll("[data-show-if]")].map((one) => one.closest("form")))) {
  form.addEventListener("change", () => settle(form));
  form.addEventListener("input", () => settle(form));
  settle(form);
}
