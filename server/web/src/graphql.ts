/** The query page of /graphql: puts an example into the form, and shows the answer below it instead of leaving. */
const form = document.querySelector<HTMLFormElement>("form[data-graphql]");
const output = document.querySelector<HTMLElement>("#graphql-result");

if (form && output) {
  const query = form.elements.namedItem("query") as HTMLTextAreaElement;
  const variables = form.elements.namedItem("variables") as HTMLTextAreaElement;
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-example]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      query.value = document.getElementById(button.dataset["example"] ?? "")?.textContent?.trim() ?? "";
      variables.value = "";
      query.focus();
    });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    output.setAttribute("aria-busy", "true");
    try {
      const given = variables.value.trim();
      const body = JSON.stringify({ query: query.value, variables: given ? JSON.parse(given) : null });
      const headers = { "Content-Type": "application/json", Accept: "application/json" };
      const response = await fetch(form.action, { method: "POST", headers, body });
      output.textContent = JSON.stringify(await response.json(), null, 2);
    } catch (error) {
      output.textContent = String(error);
    }
    output.removeAttribute("aria-busy");
  });
}
