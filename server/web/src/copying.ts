/** Shows the copy buttons, which are of no use without a script, and copies the text they name. */
export function copyButtons(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    const label = button.textContent ?? "";
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset["copy"] ?? "")?.textContent ?? "";
      await navigator.clipboard.writeText(text.trim());
      button.textContent = document.body.dataset["copied"] ?? label;
      setTimeout(() => (button.textContent = label), 1600);
    });
  }
}
