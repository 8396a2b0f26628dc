/** Small charts as SVG, drawn from figures that the page also says in a table. */
const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDE = 720;
const NARROW = 360;
const MOST = 20;

export interface Point {
  label: string;
  value: number;
  /** The value as people read it. */
  shown: string;
}

/** Bars from the largest to the smallest, each with its label above it, so that long names fit narrow windows. */
export function bars(points: readonly Point[], title: string): SVGSVGElement {
  const shown = [...points].sort((one, other) => other.value - one.value).slice(0, MOST);
  const largest = Math.max(...shown.map((point) => Math.abs(point.value)), 1e-9);
  const step = 40;
  const wide = width();
  const chart = picture(shown.length * step + 4, title);
  shown.forEach((point, at) => {
    const y = at * step;
    chart.append(text(cut(point.label, wide / 20), 0, y + 15, "label"), text(point.shown, wide, y + 15, "value"));
    const length = Math.max((Math.abs(point.value) / largest) * wide, 1);
    chart.append(shape("rect", { class: "bar", x: 0, y: y + 21, width: length, height: 9 }));
  });
  return chart;
}

/** A line through points in their order, each with its value. */
export function line(points: readonly Point[], title: string): SVGSVGElement {
  const height = 240;
  const wide = width();
  const [top, bottom, side] = [34, 34, 60];
  const chart = picture(height, title);
  const largest = Math.max(...points.map((point) => point.value), 1e-9);
  const step = points.length > 1 ? (wide - 2 * side) / (points.length - 1) : 0;
  const places = points.map((point, at) => ({
    ...point,
    x: points.length > 1 ? side + at * step : wide / 2,
    y: height - bottom - (point.value / largest) * (height - top - bottom),
  }));
  chart.append(shape("line", { class: "axis", x1: 0, x2: wide, y1: height - bottom, y2: height - bottom }));
  chart.append(shape("polyline", { class: "line", points: places.map(({ x, y }) => `${x},${y}`).join(" ") }));
  for (const { x, y, label, shown } of places) {
    chart.append(shape("circle", { class: "dot", cx: x, cy: y, r: 4 }));
    chart.append(text(shown, x, y - 10, "middle"), text(cut(label, 10), x, height - 12, "middle soft"));
  }
  return chart;
}

/** Puts the picture that a figure asks for before its table, which stays for readers of another kind. */
export function drawFigure(figure: HTMLElement): void {
  const points: Point[] = [...figure.querySelectorAll<HTMLTableRowElement>("tbody tr")].map((row) => ({
    label: row.querySelector("th")?.textContent ?? "",
    value: Number(row.dataset["value"] ?? 0),
    shown: row.querySelector(".amount")?.textContent ?? "",
  }));
  if (points.length < 2) return;
  const title = figure.querySelector("figcaption")?.textContent ?? "";
  figure.querySelector("table")?.before(line(points, title));
  figure.classList.add("drawn");
}

/** The same letters in narrow windows: a narrower picture, not a smaller one. */
function width(): number {
  return window.innerWidth < 640 ? NARROW : WIDE;
}

function picture(height: number, title: string): SVGSVGElement {
  const chart = document.createElementNS(NAMESPACE, "svg");
  chart.setAttribute("class", "chart");
  chart.setAttribute("viewBox", `0 0 ${width()} ${height}`);
  chart.setAttribute("role", "img");
  chart.setAttribute("aria-label", title);
  return chart;
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function text(content: string, x: number, y: number, kind: string): SVGElement {
  const made = shape("text", { x, y, class: kind });
  made.textContent = content;
  return made;
}

function cut(label: string, length: number): string {
  const characters = [...label];
  return characters.length > length ? `${characters.slice(0, length).join("")}…` : label;
}
