/** The page: a form, a table, and a button for more. */
import { ask, connect, grouped, type Page } from "./asking.ts";

const SERVER = new URLSearchParams(location.search).get("server") ?? "http://localhost:8000/";
const client = connect(SERVER);
const form = document.querySelector<HTMLFormElement>("#ask")!;
const found = document.querySelector<HTMLElement>("#found")!;
const table = document.querySelector<HTMLTableElement>("table")!;
const rows = document.querySelector<HTMLTableSectionElement>("#rows")!;
const more = document.querySelector<HTMLButtonElement>("#more")!;
let next: string | null = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  rows.replaceChildren();
  void show(null);
});
more.addEventListener("click", () => void show(next));

async function show(after: string | null): Promise<void> {
  try {
    const page = await ask(client, String(new FormData(form).get("text")), after);
    found.textContent = page
      ? `${page.document.label}：${page.document.citedBy.totalCount} 个项目`
      : "没有这份文件";
    if (page) append(page);
    table.hidden = !page;
    next = page?.next ?? null;
    more.hidden = next === null;
  } catch (error) {
    found.textContent = String(error);
  }
}

function append(page: Page): void {
  for (const { iri, name, fiscalYear, department, budget } of page.rows) {
    const row = rows.insertRow();
    const link = document.createElement("a");
    link.href = iri;
    link.textContent = name;
    row.insertCell().append(link);
    row.insertCell().textContent = fiscalYear === null ? "" : `${fiscalYear}`;
    row.insertCell().textContent = department?.name ?? "";
    row.insertCell().textContent = budget.total?.yuan ? grouped(budget.total.yuan) : "";
  }
}
