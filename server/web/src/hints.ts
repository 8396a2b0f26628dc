interface Match {
  kind: string;
  label: string;
  note: string | null;
  href: string;
}

interface Found {
  number: string | null;
  matches: Match[];
}

const WAIT_MS = 160;
const LEAST = 2;

/** Live hints below a search box: a list box driven by the arrow keys; Enter without a choice submits the form. */
export function searchHints(input: HTMLInputElement): void {
  const list = document.createElement("ul");
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

  const options = () => [...list.children] as HTMLElement[];
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
    input.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
  };
  const show = ({ matches }: Found) => {
    list.replaceChildren(
      ...matches.map((match, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.dataset["href"] = match.href;
        const label = document.createElement("span");
        label.textContent = match.label;
        option.append(label);
        if (match.note) {
          const note = document.createElement("span");
          note.className = "note";
          note.textContent = match.note;
          option.append(note);
        }
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          location.assign(match.href);
        });
        return option;
      }),
    );
    chosen = -1;
    list.hidden = matches.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    asked?.abort();
    const words = input.value.trim();
    if (words.length < LEAST) {
      close();
      return;
    }
    asked = new AbortController();
    const address = new URL(input.dataset["suggest"] ?? "", location.href);
    address.searchParams.set("q", words);
    address.searchParams.set("format", "json");
    const language = new URLSearchParams(location.search).get("lang");
    if (language) address.searchParams.set("lang", language);
    try {
      const response = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
      if (response.ok) show((await response.json()) as Found);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", close);
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
