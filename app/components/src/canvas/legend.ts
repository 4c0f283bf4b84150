/** The legend: types, relations and claims on the canvas with their counts; a click hides or shows one. */
import { button, make } from "./dom";
import { counts } from "./filter";
import { CLAIMS, look } from "./look";
import type { Word } from "./menu";
import type { EdgeItem, Filter, NodeItem } from "./types";

export type Part = "hiddenTypes" | "hiddenRelations" | "hiddenClaims";

function row(mark: HTMLElement, text: string, hidden: boolean, flip: () => void): HTMLElement {
  const item = button("", text, flip);
  item.className = "";
  item.setAttribute("aria-pressed", String(!hidden));
  item.append(mark, make("span", "", text));
  return item;
}

function swatch(color: string): HTMLElement {
  const mark = make("span", "swatch");
  mark.style.background = color;
  return mark;
}

function line(color: string): HTMLElement {
  const mark = make("span", "line");
  mark.style.borderColor = color;
  return mark;
}

/** Fill the legend anew. */
export function fillLegend(
  box: HTMLElement, nodes: readonly NodeItem[], edges: readonly EdgeItem[], filter: Filter, word: Word,
  flip: (part: Part, key: string) => void,
): void {
  const rows: HTMLElement[] = [];
  for (const [type, count] of counts(nodes, (one) => one.type)) {
    const text = `${word(`type.${type}`)} ${count}`;
    rows.push(row(swatch(look(type).color), text, filter.hiddenTypes.has(type), () => flip("hiddenTypes", type)));
  }
  for (const [relation, count] of counts(edges, (one) => one.type)) {
    const text = `${word(`relation.${relation}`)} ${count}`;
    rows.push(row(line("#94a3b8"), text, filter.hiddenRelations.has(relation), () => flip("hiddenRelations", relation)));
  }
  const claims = counts(edges, (one) => one.claim);
  if (claims.length > 1) {
    for (const [claim, count] of claims) {
      const text = `${word(`claim.${claim}`)} ${count}`;
      rows.push(row(line(CLAIMS[claim] ?? "#475569"), text, filter.hiddenClaims.has(claim), () => flip("hiddenClaims", claim)));
    }
  }
  // Replacing equal rows would swallow a click that is just being made.
  const told = rows.map((one) => `${one.textContent}${one.getAttribute("aria-pressed")}`).join("\n");
  if (box.dataset["told"] === told) return;
  box.dataset["told"] = told;
  box.replaceChildren(...rows);
  box.hidden = rows.length === 0;
}
