/** What has to change so that the canvas shows the new elements; everything else stays where it is. */

export interface Identified {
  id: string;
}

export interface Diff<T extends Identified> {
  added: T[];
  removed: string[];
  changed: T[];
}

/** Compare elements by id and content. */
export function diff<T extends Identified>(before: readonly T[], after: readonly T[]): Diff<T> {
  const old = new Map(before.map((item) => [item.id, JSON.stringify(item)]));
  const kept = new Set(after.map((item) => item.id));
  const added: T[] = [];
  const changed: T[] = [];
  for (const item of after) {
    const text = old.get(item.id);
    if (text === undefined) added.push(item);
    else if (text !== JSON.stringify(item)) changed.push(item);
  }
  return { added, changed, removed: [...old.keys()].filter((id) => !kept.has(id)) };
}
