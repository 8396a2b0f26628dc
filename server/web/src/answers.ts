import { bars, line, type Point } from "./charts";
import type { Help } from "./editor";

interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term>[] };
}

const MOST = 500;
const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9";
const NUMBER = /#(decimal|integer|double|float|int|long|gYear|nonNegativeInteger)$/;

/** Asks a query and shows its answer as table, chart and raw text; a refusal as the server words it. */
export async function answer(output: HTMLElement, address: string, query: string, help: Promise<Help>): Promise<void> {
  const say = output.dataset as Record<string, string>;
  output.setAttribute("aria-busy", "true");
  output.replaceChildren(made("p", "note", say["running"]));
  try {
    const place = new URL(address, location.href);
    place.search = "";
    const body = new URLSearchParams({ query });
    const response = await fetch(place, { method: "POST", headers: { Accept: ACCEPT }, body });
    const text = await response.text();
    if (!response.ok) output.replaceChildren(refusal(text, response.status));
    else if ((response.headers.get("Content-Type") ?? "").includes("json"))
      output.replaceChildren(...shown(JSON.parse(text) as Results, text, say, await help));
    else output.replaceChildren(raw(text));
  } catch (error) {
    output.replaceChildren(made("p", "wrong", String(error)));
  }
  output.removeAttribute("aria-busy");
}

function refusal(text: string, status: number): HTMLElement {
  let said = `${status}`;
  try {
    const { message } = (JSON.parse(text) as { error: { message: Record<string, string> } }).error;
    said = message[document.documentElement.lang.slice(0, 2)] ?? said;
  } catch {
    said = `${status} ${text.slice(0, 300)}`;
  }
  const note = made("p", "wrong", said);
  note.setAttribute("role", "alert");
  return note;
}

function shown(found: Results, text: string, say: Record<string, string>, help: Help): HTMLElement[] {
  const pretty = JSON.stringify(JSON.parse(text), null, 1);
  if (!found.results) return [made("p", "verdict", String(found.boolean ?? "")), raw(pretty)];
  const names = found.head.vars ?? [];
  const rows = found.results.bindings;
  const cut = rows.length > MOST ? ` · ${say["cut"]}` : "";
  const count = made("p", "note", `${rows.length.toLocaleString("en")} ${say["rows"]}${cut}`);
  count.setAttribute("role", "status");
  if (rows.length === 0) return [count, made("p", "empty", say["empty"])];
  const faces: [string, () => HTMLElement][] = [
    [say["table"] ?? "", () => table(names, rows.slice(0, MOST), help)],
    [say["chart"] ?? "", () => chart(names, rows, say)],
    [say["raw"] ?? "", () => raw(pretty)],
  ];
  const place = made("div", "face");
  const choices = made("div", "faces");
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", say["face"] ?? "");
  const buttons = faces.map(([name, make]) => {
    const button = made("button", "", name) as HTMLButtonElement;
    button.type = "button";
    button.addEventListener("click", () => {
      buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
      place.replaceChildren(make());
    });
    return button;
  });
  choices.append(...buttons);
  buttons[0]?.click();
  return [count, choices, place];
}

function table(names: string[], rows: Record<string, Term>[], help: Help): HTMLElement {
  const made_table = made("table", "figures result");
  const head = made_table.appendChild(document.createElement("thead")).insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = name;
    if (rows.some((row) => isNumber(row[name]))) cell.className = "amount";
    head.append(cell);
  }
  const body = made_table.appendChild(document.createElement("tbody"));
  for (const row of rows) {
    const line_of = body.insertRow();
    for (const name of names) {
      const cell = line_of.insertCell();
      const term = row[name];
      if (!term) cell.append(made("span", "absent", "—"));
      else cell.append(value(term, help));
      if (isNumber(term)) cell.className = "amount";
    }
  }
  return scrolled(made_table);
}

function value(term: Term, { base, namespace }: Help): Node {
  if (term.type !== "uri") return document.createTextNode(term.value);
  const link = document.createElement("a");
  const root = (document.querySelector<HTMLFormElement>("form[data-sparql]")?.dataset["root"] ?? "").replace(/\/$/, "");
  if (term.value.startsWith(`${base}id/`)) {
    link.href = `${root}/page/${term.value.slice(base.length + 3)}`;
    link.textContent = decoded(term.value.slice(base.length + 3));
  } else if (term.value.startsWith(namespace)) {
    link.href = `${root}/ontology/${term.value.slice(namespace.length)}.html`;
    link.textContent = `ft:${term.value.slice(namespace.length)}`;
  } else if (/^https?:/.test(term.value)) {
    link.href = term.value;
    link.textContent = term.value;
  } else return document.createTextNode(term.value);
  return link;
}

function chart(names: string[], rows: Record<string, Term>[], say: Record<string, string>): HTMLElement {
  const numbers = names.filter((name) => rows.some((row) => isNumber(row[name]) && !/gYear$/.test(row[name]?.datatype ?? "")));
  const labels = names.filter((name) => !numbers.includes(name));
  const place = made("div", "charted");
  const [first] = numbers;
  if (!first) return made("p", "empty", say["no_chart"]);
  const years = labels.find((name) => /gYear$/.test(rows[0]?.[name]?.datatype ?? ""));
  const across = choice(labels.length > 0 ? labels : names, labels.find((name) => rows[0]?.[name]?.type === "literal") ?? labels[0] ?? first);
  const exact = numbers.find((name) => rows.some((row) => /#decimal$/.test(row[name]?.datatype ?? "")));
  const up = choice(numbers, exact ?? numbers.at(-1) ?? first);
  const draw = () => {
    const points: Point[] = rows.flatMap((row) => {
      const measured = row[up.value];
      if (!measured || Number.isNaN(Number(measured.value))) return [];
      return [{ label: decoded(row[across.value]?.value ?? "—"), value: Number(measured.value), shown: measured.value }];
    });
    const title = `${up.value} / ${across.value}`;
    place.replaceChildren(across.value === years ? line(points, title) : bars(points, title));
  };
  across.addEventListener("change", draw);
  up.addEventListener("change", draw);
  draw();
  const whole = made("div", "");
  const pick = made("p", "axes");
  pick.append(up, " / ", across);
  whole.append(pick, place);
  return whole;
}

function choice(names: string[], chosen: string): HTMLSelectElement {
  const select = document.createElement("select");
  select.setAttribute("aria-label", chosen);
  select.append(...names.map((name) => new Option(name, name, name === chosen, name === chosen)));
  return select;
}

function raw(text: string): HTMLElement {
  const pre = made("pre", "", text);
  pre.tabIndex = 0;
  return pre;
}

function scrolled(inside: HTMLElement): HTMLElement {
  const outside = made("div", "scroll");
  outside.tabIndex = 0;
  outside.setAttribute("role", "group");
  outside.setAttribute("aria-labelledby", "result");
  outside.append(inside);
  return outside;
}

function isNumber(term: Term | undefined): boolean {
  return NUMBER.test(term?.datatype ?? "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function made(name: string, kind: string, text = ""): HTMLElement {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
}
