/** The canvas as SVG, drawn from positions and looks: text stays text, so Chinese prints sharp at any size. */
import { CLAIMS, FONT, iconPath, look } from "./look";
import type { EdgeItem, NodeItem, Point } from "./types";

const RADIUS = 19;
const MARGIN = 70;

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function short(text: string, most = 16): string {
  const points = [...text];
  return points.length > most ? points.slice(0, most - 1).join("") + "…" : text;
}

function node(item: NodeItem, at: Point): string {
  const { color } = look(item.type);
  const ring = item.official ? ` stroke="#d4a017" stroke-width="3"` : "";
  return (
    `<g transform="translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})"><circle r="${RADIUS}" fill="${color}"${ring}/>` +
    `<path transform="translate(-11 -11) scale(.92)" d="${iconPath(item.type)}" fill="none" stroke="#fff" stroke-width="1.8"/>` +
    `<text y="${RADIUS + 14}" font-size="12" text-anchor="middle" fill="#111827">${escape(short(item.name))}</text></g>`
  );
}

function edge(item: EdgeItem, a: Point, b: Point, bend: number): string {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const from = { x: a.x + ux * RADIUS, y: a.y + uy * RADIUS };
  const to = { x: b.x - ux * (RADIUS + 5), y: b.y - uy * (RADIUS + 5) };
  const middle = { x: (from.x + to.x) / 2 - uy * bend, y: (from.y + to.y) / 2 + ux * bend };
  const color = CLAIMS[item.claim] ?? "#475569";
  const dash = item.claim === "refuted" ? ` stroke-dasharray="2 4"` : item.inferred ? ` stroke-dasharray="6 4"` : "";
  const arrow = item.symmetric ? "" : ` marker-end="url(#arrow)"`;
  const point = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return (
    `<path d="M${point(from)}Q${point(middle)} ${point(to)}" fill="none" stroke="${color}" stroke-width="1.6"${dash}${arrow}/>` +
    `<text x="${((from.x + to.x) / 2 - (uy * bend) / 2).toFixed(1)}" y="${((from.y + to.y) / 2 + (ux * bend) / 2 - 3).toFixed(1)}" ` +
    `font-size="10" text-anchor="middle" fill="#374151" stroke="#fff" stroke-width="3" paint-order="stroke">${escape(item.label)}</text>`
  );
}

/** Draw nodes and edges; an edge whose ends are not given is left out. */
export function svg(nodes: readonly NodeItem[], edges: readonly EdgeItem[], at: ReadonlyMap<string, Point>): string {
  const points = nodes.flatMap((one) => at.get(one.id) ?? []);
  const [xs, ys] = [points.map((one) => one.x), points.map((one) => one.y)];
  const [left, top] = [Math.min(0, ...xs) - MARGIN, Math.min(0, ...ys) - MARGIN];
  const [width, height] = [Math.max(0, ...xs) + MARGIN - left, Math.max(0, ...ys) + MARGIN - top];
  const pairs = new Map<string, number>();
  const lines = edges.flatMap((one) => {
    const [a, b] = [at.get(one.source), at.get(one.target)];
    if (a === undefined || b === undefined) return [];
    const pair = [one.source, one.target].sort().join("\u0000");
    const nth = pairs.get(pair) ?? 0;
    pairs.set(pair, nth + 1);
    // Parallel ties alternate to both sides; the side is that of the ordered pair, whichever way the arrow points.
    const side = (one.source < one.target ? 1 : -1) * (nth % 2 === 0 ? 1 : -1);
    return [edge(one, a, b, side * Math.ceil(nth / 2) * 44)];
  });
  const marker =
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" ` +
    `orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#475569"/></marker></defs>`;
  const drawn = nodes.flatMap((one) => {
    const point = at.get(one.id);
    return point === undefined ? [] : [node(one, point)];
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="${escape(FONT)}"><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#fff"/>` +
    `${marker}${lines.join("")}${drawn.join("")}</svg>\n`
  );
}
