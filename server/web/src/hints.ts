interface Match {
  kind: string;
  group: string;
  label: string;
  note: string | null;
  href: string;
}

interface Found {
  number: string | null;
  matches: Match[];
}

const WAIT_MS = 140;
const LEAST = 2;

/** Live hints below a search box: a combobox with its list grouped by kind. Enter without a choice submits the form. */
export function searchHints(input: HTMLInputElement): void {
  const list = document.createElement("div");
  list.id = `${input.id}-hints`;
  list.className = "hints";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset["suggestions"] ?? "");
  list.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-autocomplete", "list");
  input.after(list);

  let timer = 0;
  let asked: AbortController | undefined;
  let chosen = -1;

  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (next: number) => {
    const all = options();
    if (all.length === 0) return;
    chosen = (next + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    all[chosen]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
  };
  const option = (at: number, label: string, note: string | null, href: string) => {
    const made = element("div", "hint-option");
    made.id = `${list.id}-${at}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dataset["href"] = href;
    made.append(element("span", "label", label));
    if (note) made.append(element("span", "note", note));
    made.addEventListener("mousedown", (event) => {
      event.preventDefault();
      location.assign(href);
    });
    return made;
  };
  const show = ({ matches }: Found, words: string) => {
    const groups = new Map<string, Match[]>();
    for (const match of matches) groups.set(match.group, [...(groups.get(match.group) ?? []), match]);
    let at = 0;
    const parts: HTMLElement[] = [];
    for (const [name, members] of groups) {
      const group = element("div", "hint-group");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", name);
      const heading = element("span", "hint-kind", name);
      heading.setAttribute("aria-hidden", "true");
      group.append(heading);
      for (const match of members) group.append(option(at++, match.label, match.note, match.href));
      parts.push(group);
    }
    const all = address(input);
    all.searchParams.set("q", words);
    parts.push(option(at, `${input.dataset["all"] ?? ""} “${words}”`, null, all.pathname + all.search));
    list.replaceChildren(...parts);
    chosen = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    asked?.abort();
    const words = input.value.trim();
    if (words.length < LEAST) {
      close();
      return;
    }
    asked = new AbortController();
    const place = address(input);
    place.searchParams.set("q", words);
    place.searchParams.set("format", "json");
    try {
      const response = await fetch(place, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (response.ok && document.activeElement === input) show((await response.json()) as Found, words);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked?.abort();
    close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen < 0 && event.key === "ArrowUp" ? -1 : chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen]?.dataset["href"] ?? "");
    }
  });
}

function address(input: HTMLInputElement): URL {
  const place = new URL(input.dataset["suggest"] ?? "", location.href);
  const language = new URLSearchParams(location.search).get("lang");
  if (language) place.searchParams.set("lang", language);
  return place;
}

function element(name: "div" | "span", kind: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}
