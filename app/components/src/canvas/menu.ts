/** The right-click menu: what can be done with a node, in the reader's language. */
import { button, make } from "./dom";
import type { CanvasEvent, NodeItem } from "./types";

export type Word = (key: string) => string;

export interface MenuOptions {
  node: NodeItem;
  selected: readonly string[];
  word: Word;
  send: (event: CanvasEvent) => void;
  dim: (id: string) => void;
}

type Entry = { text: string; note: string; run: () => void };

/** List the entries for a node; expansions come first, each with how many ties it would add. */
export function entries(options: MenuOptions): Entry[] {
  const { node, selected, word, send, dim } = options;
  const together = selected.includes(node.id) ? [...selected] : [node.id];
  const found: Entry[] = node.more.map(({ relation, count }) => ({
    text: `${word("expand")} ${word(`relation.${relation}`)}`,
    note: String(count),
    run: () => send({ kind: "expand", id: node.id, relation }),
  }));
  found.push({ text: word("open"), note: "", run: () => send({ kind: "open", id: node.id }) });
  const other = selected.filter((id) => id !== node.id);
  if (other.length === 1 && other[0] !== undefined) {
    const from = other[0];
    found.push({ text: word("path_from_selected"), note: "", run: () => send({ kind: "path", a: from, b: node.id }) });
  }
  found.push({ text: word("dim_others"), note: "", run: () => dim(node.id) });
  const pinned = !node.pinned;
  found.push({ text: word(pinned ? "pin" : "unpin"), note: "", run: () => send({ kind: "pin", ids: together, pinned }) });
  found.push({ text: word("hide"), note: together.length > 1 ? String(together.length) : "", run: () => send({ kind: "hide", ids: together }) });
  if (together.length > 1) found.push({ text: word("keep_only"), note: "", run: () => send({ kind: "keep", ids: together }) });
  return found;
}

/** Build the menu; arrow keys move, Escape closes. */
export function menu(options: MenuOptions, close: () => void): HTMLElement {
  const box = make("div", "menu", "", { role: "menu", "aria-label": options.node.name });
  box.append(make("div", "head", options.node.name));
  for (const entry of entries(options)) {
    const item = button(entry.text, entry.text, () => {
      close();
      entry.run();
    });
    item.className = "";
    item.setAttribute("role", "menuitem");
    item.append(make("span", "count", entry.note));
    box.append(item);
  }
  box.addEventListener("keydown", (event) => {
    const items = [...box.querySelectorAll("button")];
    const at = items.indexOf(event.target as HTMLButtonElement);
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") items[(at + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return box;
}
