/** The rows of what is shown, as CSV that a spreadsheet opens with Chinese intact. */
import type { EdgeItem, NodeItem } from "./types";

function cell(value: string | number | boolean | null): string {
  const text = value === null ? "" : String(value);
  // A cell that starts like a formula would be run by a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Return nodes and edges as one table, the kind in its first column, with a byte order mark. */
export function csv(nodes: readonly NodeItem[], edges: readonly EdgeItem[]): string {
  const rows: (string | number | boolean | null)[][] = [
    ["kind", "id", "type", "name", "code", "source", "target", "from", "to", "claim", "inferred"],
    ...nodes.map((one) => ["node", one.id, one.type, one.name, one.code, "", "", "", "", "", ""]),
    ...edges.map((one) => [
      "edge", one.id, one.type, one.label, "", one.source, one.target, one.from, one.to, one.claim, one.inferred,
    ]),
  ];
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
