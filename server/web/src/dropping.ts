/** A form with one file: takes a file that is dropped on it, and says that it is being read until the answer comes. */
export function dropForm(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const status = form.querySelector<HTMLElement>("[data-status]");
  if (!input) return;
  const over = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    form.classList.toggle("over", inside);
  };
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer?.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    if (status && (event.submitter as HTMLButtonElement | null)?.value !== "json") {
      status.textContent = form.dataset["busy"] ?? "";
      form.setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", () => {
    form.removeAttribute("aria-busy");
    if (status) status.textContent = "";
  });
}
