import { answer } from "./answers";
import { sparqlEditor, type Help } from "./editor";

/** The SPARQL page: an editor in place of the plain box, saved questions to start from, and answers without leaving. */
const form = document.querySelector<HTMLFormElement>("form[data-sparql]");
const box = document.querySelector<HTMLTextAreaElement>("#query");
const output = document.querySelector<HTMLElement>("#sparql-answer");

if (form && box && output) {
  const helped: Promise<Help> = fetch(form.dataset["help"] ?? "").then((response) => response.json() as Promise<Help>);
  const fromAddress = new URLSearchParams(location.hash.slice(1)).get("query");
  const editor = sparqlEditor(box, fromAddress ?? box.value.trim(), helped, () => form.requestSubmit());

  void helped.then(({ questions }) => {
    const choice = document.querySelector<HTMLSelectElement>("#examples");
    if (!choice) return;
    const groups = new Map<string, HTMLOptGroupElement>();
    for (const { id, title, folder } of questions) {
      const group = groups.get(folder) ?? Object.assign(document.createElement("optgroup"), { label: folder });
      groups.set(folder, group);
      group.append(new Option(title, id));
    }
    choice.append(...groups.values());
    choice.disabled = false;
    choice.addEventListener("change", () => {
      const found = questions.find(({ id }) => id === choice.value);
      if (found) editor.write(found.query);
    });
  });

  form.addEventListener("submit", (event) => {
    box.value = editor.read();
    if ((event.submitter as HTMLElement | null)?.hasAttribute("data-download")) return;
    event.preventDefault();
    history.replaceState(null, "", `#${new URLSearchParams({ query: box.value })}`);
    void answer(output, form.action, box.value, helped);
  });
}
