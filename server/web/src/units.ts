type Unit = "yuan" | "wan";
const KEY = "fundtrace.unit";

/** `220000` → `220,000.00` yuan or `22.00` 万元, by moving the point in the text: no rounding, no floats. */
export function format(value: string, unit: Unit): string {
  const sign = value.startsWith("-") ? "-" : "";
  let [whole = "0", decimals = ""] = value.replace("-", "").split(".");
  if (unit === "wan") {
    const padded = whole.padStart(5, "0");
    decimals = padded.slice(-4) + decimals;
    whole = padded.slice(0, -4);
  }
  decimals = decimals.replace(/0+$/, "").padEnd(2, "0");
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals}`;
}

function show(unit: Unit): void {
  for (const money of document.querySelectorAll(".money")) {
    const yuan = money.getAttribute("value") ?? money.getAttribute("data-yuan") ?? "";
    money.textContent = format(yuan, unit);
  }
  const name = document.body.dataset[unit] ?? "";
  for (const label of document.querySelectorAll(".unit")) {
    label.textContent = name;
  }
  for (const choice of document.querySelectorAll<HTMLElement>("[data-unit]")) {
    if (choice.dataset["unit"] === unit) choice.setAttribute("aria-current", "true");
    else choice.removeAttribute("aria-current");
  }
}

/** Changes between 元 and 万元 in place, and remembers the choice in this browser alone; what the address says goes before. */
export function unitSwitches(root: ParentNode): void {
  const switches = root.querySelectorAll<HTMLElement>(".unit-switch");
  const named = new URLSearchParams(location.search).has("unit");
  for (const group of switches) {
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const unit = (event.target as HTMLElement).dataset["unit"];
      if (unit !== "yuan" && unit !== "wan") return;
      localStorage.setItem(KEY, unit);
      if (named) return;
      event.preventDefault();
      show(unit);
    });
  }
  if (switches.length > 0 && !named && localStorage.getItem(KEY) === "wan") {
    show("wan");
  }
}
