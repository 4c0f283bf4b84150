/** Where new nodes go, so that no old node has to move. */
import type { Point } from "./types";

const FIRST_RING = 110;
const RING_STEP = 80;
const CLEARANCE = 62;

function free(point: Point, taken: readonly Point[]): boolean {
  return taken.every((other) => Math.hypot(other.x - point.x, other.y - point.y) >= CLEARANCE);
}

/**
 * Find free places on rings around an anchor.
 *
 * @param anchor Centre of the rings.
 * @param count How many places.
 * @param taken Places of the nodes that are there.
 * @returns One place per new node; deterministic.
 */
export function ring(anchor: Point, count: number, taken: readonly Point[]): Point[] {
  const all = [...taken];
  const found: Point[] = [];
  for (let at = 0; found.length < count; at += 1) {
    const radius = FIRST_RING + at * RING_STEP;
    const places = Math.max(6, Math.floor((2 * Math.PI * radius) / CLEARANCE));
    // Each ring is turned a little, so that labels of neighbouring rings do not lie on one line.
    const turn = at * 0.35 - Math.PI / 2;
    for (let place = 0; place < places && found.length < count; place += 1) {
      const angle = turn + (place * 2 * Math.PI) / places;
      const point = { x: anchor.x + radius * Math.cos(angle), y: anchor.y + radius * Math.sin(angle) };
      if (free(point, all)) {
        all.push(point);
        found.push(point);
      }
    }
  }
  return found;
}

/** Return a place right of everything, for nodes that hang on nothing shown. */
export function beside(taken: readonly Point[]): Point {
  if (taken.length === 0) return { x: 0, y: 0 };
  const right = Math.max(...taken.map((point) => point.x));
  const top = Math.min(...taken.map((point) => point.y));
  return { x: right + 2 * FIRST_RING, y: top };
}

const MOST_SPREAD = 2.2;

/**
 * Say how far to stretch points so that their box has nearly the shape of a stage; neither axis ever shrinks.
 *
 * @returns Factors of at least 1, of which one is 1.
 */
export function spread(points: readonly Point[], width: number, height: number): Point {
  const size = (values: number[]): number => Math.max(...values) - Math.min(...values);
  const across = size(points.map((point) => point.x));
  const down = size(points.map((point) => point.y));
  if (!(across > 0 && down > 0 && width > 0 && height > 0)) return { x: 1, y: 1 };
  const wanted = (across / down) * (height / width);
  return wanted > 1 ? { x: 1, y: Math.min(wanted, MOST_SPREAD) } : { x: Math.min(1 / wanted, MOST_SPREAD), y: 1 };
}
