/** Which elements the reader's filter shows. */
import type { EdgeItem, Filter, NodeItem } from "./types";

export const NO_FILTER: Filter = {
  hiddenTypes: new Set(),
  hiddenRelations: new Set(),
  hiddenClaims: new Set(),
  minConfidence: 0,
  asOf: null,
};

/** True when a tie held on a day; an open end holds, whatever the day. */
export function validOn(edge: Pick<EdgeItem, "from" | "to">, day: string | null): boolean {
  if (day === null) return true;
  return (edge.from === null || edge.from <= day) && (edge.to === null || day <= edge.to);
}

export function nodeShown(node: Pick<NodeItem, "type">, filter: Filter): boolean {
  return !filter.hiddenTypes.has(node.type);
}

export function edgeShown(edge: EdgeItem, filter: Filter): boolean {
  return (
    !filter.hiddenRelations.has(edge.type) &&
    !filter.hiddenClaims.has(edge.claim) &&
    edge.confidence >= filter.minConfidence &&
    validOn(edge, filter.asOf)
  );
}

/** Count elements by a key, most frequent first, ties by name: the rows of the legend. */
export function counts<T>(items: readonly T[], key: (item: T) => string): [string, number][] {
  const found = new Map<string, number>();
  for (const item of items) found.set(key(item), (found.get(key(item)) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
