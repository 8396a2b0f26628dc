import { copyButtons } from "./copying";
import { searchHints } from "./hints";
import { unitSwitches } from "./units";

copyButtons(document);
unitSwitches(document);
for (const input of document.querySelectorAll<HTMLInputElement>("input[data-suggest]")) {
  searchHints(input);
}
