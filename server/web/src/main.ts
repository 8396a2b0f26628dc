import { copyButtons } from "./copying";
import { dropForm } from "./dropping";
import { searchHints } from "./hints";
import { unitSwitches } from "./units";

copyButtons(document);
unitSwitches(document);
for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  searchHints(input);
}
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-drop]")) {
  dropForm(form);
}
const charts = document.querySelectorAll<HTMLElement>("figure[data-chart]");
if (charts.length > 0) {
  void import("./charts").then(({ drawFigure }) => charts.forEach(drawFigure));
}
