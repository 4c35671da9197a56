// Fields of a form, and what is wrong with them, shown where it is.

function parts(form, name) {
  const field = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  return { field, error: field?.querySelector(".error"), inputs: field?.querySelectorAll("input") ?? [] };
}

// Takes all complaints back.
export function clearErrors(form) {
  for (const error of form.querySelectorAll(".error")) error.textContent = "";
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

// Shows each broken rule at its field, and leads to the first; those of no field are left out.
export function showErrors(form, errors) {
  clearErrors(form);
  let first = null;
  for (const { pointer, detail } of errors) {
    const { error, inputs } = parts(form, pointer.replace(/^\//, ""));
    if (!error) continue;
    error.textContent = error.textContent ? `${error.textContent}; ${detail}` : detail;
    for (const input of inputs) input.setAttribute("aria-invalid", "true");
    first ??= inputs[0];
  }
  first?.focus();
}

// What is filled in: a field that is left empty is left out, as one that nobody answered.
export function filledIn(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
}
