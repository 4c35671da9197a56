// Finds scenarios by text, status and tag; opens, closes and prints them.
(() => {
  const form = document.querySelector(".acceptance .filter");
  const scenarios = [...document.querySelectorAll("details.scenario")];
  const setOpen = (open) => scenarios.forEach((each) => { each.open = open; });

  const matches = (scenario) => {
    const { text, status, tag } = form.elements;
    return (
      scenario.textContent.toLowerCase().includes(text.value.toLowerCase())
      && (!status.value || scenario.dataset.status === status.value)
      && (!tag.value || scenario.dataset.tags.split(" ").includes(tag.value))
    );
  };

  const filter = () => {
    for (const scenario of scenarios) scenario.hidden = !matches(scenario);
    for (const feature of document.querySelectorAll("section.feature")) {
      feature.hidden = !feature.querySelector("details.scenario:not([hidden])");
    }
    const shown = scenarios.filter((each) => !each.hidden).length;
    form.querySelector("output").value = `${shown} of ${scenarios.length} scenarios`;
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.elements.expand.addEventListener("click", () => setOpen(true));
  form.elements.collapse.addEventListener("click", () => setOpen(false));
  form.elements.print.addEventListener("click", () => { setOpen(true); window.print(); });
  filter();
})();
