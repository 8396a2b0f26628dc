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
  for (const money of document.querySelectorAll<HTMLDataElement>("data.money")) {
    money.textContent = format(money.value, unit);
  }
  const name = document.body.dataset[unit] ?? "";
  for (const label of document.querySelectorAll(".unit")) {
    label.textContent = name;
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-unit]")) {
    button.setAttribute("aria-pressed", String(button.dataset["unit"] === unit));
  }
}

/** Shows the switch between 元 and 万元 and remembers the choice in this browser alone. */
export function unitSwitches(root: ParentNode): void {
  const switches = root.querySelectorAll<HTMLFieldSetElement>(".unit-switch");
  for (const fieldset of switches) {
    fieldset.hidden = false;
    fieldset.addEventListener("click", (event) => {
      const unit = (event.target as HTMLElement).dataset["unit"];
      if (unit === "yuan" || unit === "wan") {
        localStorage.setItem(KEY, unit);
        show(unit);
      }
    });
  }
  if (switches.length > 0 && localStorage.getItem(KEY) === "wan") {
    show("wan");
  }
}
