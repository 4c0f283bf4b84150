import { describe, expect, it } from "vitest";

import { csv } from "../src/canvas/csv";
import { diff } from "../src/canvas/diff";
import { counts, edgeShown, NO_FILTER, nodeShown, validOn } from "../src/canvas/filter";
import { entries } from "../src/canvas/menu";
import { beside, ring, spread } from "../src/canvas/place";
import { svg } from "../src/canvas/svg";
import type { CanvasEvent, EdgeItem, NodeItem } from "../src/canvas/types";

const node = (id: string, more: NodeItem["more"] = []): NodeItem => ({
  id, type: "Person", name: `名${id}`, code: "", degree: 1, official: false, pinned: false, more,
});
const edge = (id: string, source: string, target: string, other: Partial<EdgeItem> = {}): EdgeItem => ({
  id, type: "KIN", source, target, label: "亲属", symmetric: true, inferred: false, claim: "registry", confidence: 1, from: null, to: null, ...other,
});

describe("diff", () => {
  it("tells added, removed and changed apart and leaves the rest", () => {
    const before = [node("a"), node("b"), node("c")];
    const after = [node("a"), { ...node("b"), name: "改" }, node("d")];
    const found = diff(before, after);
    expect(found.added.map((one) => one.id)).toEqual(["d"]);
    expect(found.changed.map((one) => one.id)).toEqual(["b"]);
    expect(found.removed).toEqual(["c"]);
  });
});

describe("filter", () => {
  it("keeps a tie with open ends on any day and drops one that ended before", () => {
    expect(validOn({ from: null, to: null }, "2021-03-05")).toBe(true);
    expect(validOn({ from: "2010-01-01", to: "2021-03-04" }, "2021-03-05")).toBe(false);
    expect(validOn({ from: "2021-03-05", to: null }, "2021-03-05")).toBe(true);
  });
  it("hides by type, relation, claim and confidence", () => {
    expect(nodeShown(node("a"), { ...NO_FILTER, hiddenTypes: new Set(["Person"]) })).toBe(false);
    expect(edgeShown(edge("e", "a", "b", { confidence: 0.5 }), { ...NO_FILTER, minConfidence: 0.6 })).toBe(false);
    expect(edgeShown(edge("e", "a", "b", { claim: "alleged" }), { ...NO_FILTER, hiddenClaims: new Set(["alleged"]) })).toBe(false);
    expect(edgeShown(edge("e", "a", "b"), NO_FILTER)).toBe(true);
  });
  it("counts most frequent first", () => {
    expect(counts(["b", "a", "b"], (one) => one)).toEqual([["b", 2], ["a", 1]]);
  });
});

describe("place", () => {
  it("puts new nodes apart from each other and from the old ones", () => {
    const taken = [{ x: 0, y: 0 }, { x: 0, y: -110 }];
    const found = ring({ x: 0, y: 0 }, 25, taken);
    const all = [...taken, ...found];
    expect(found).toHaveLength(25);
    for (const [at, a] of all.entries()) for (const b of all.slice(at + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(61);
  });
  it("is right of everything when there is no anchor", () => {
    expect(beside([{ x: 5, y: 1 }, { x: 90, y: 7 }]).x).toBeGreaterThan(90);
  });
});

describe("menu", () => {
  it("offers expansions with counts, and a path when one other node is selected", () => {
    const sent: CanvasEvent[] = [];
    const options = {
      node: node("a", [{ relation: "KIN", count: 3 }]), selected: ["b"], word: (key: string) => key,
      send: (event: CanvasEvent) => void sent.push(event), dim: () => undefined,
    };
    const found = entries(options);
    expect(found[0]).toMatchObject({ note: "3" });
    found[0]!.run();
    found.find((one) => one.text === "path_from_selected")!.run();
    expect(sent).toEqual([{ kind: "expand", id: "a", relation: "KIN" }, { kind: "path", a: "b", b: "a" }]);
  });
});

describe("exports", () => {
  it("writes a row per element and disarms formulas", () => {
    const text = csv([{ ...node("a"), name: '=HYPERLINK("x")' }], [edge("e", "a", "a")]);
    expect(text.trim().split("\r\n")).toHaveLength(3);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
  });
  it("draws every node and parallel edge and escapes markup", () => {
    const at = new Map([["a", { x: 0, y: 0 }], ["b", { x: 200, y: 0 }]]);
    const text = svg([{ ...node("a"), name: "<script>&" }, node("b")], [edge("e", "a", "b"), edge("f", "b", "a"), edge("g", "a", "b")], at);
    expect(text.match(/<circle/g)).toHaveLength(2);
    const lines = text.match(/d="M[^"]*Q[^"]*"/g)!;
    expect(new Set(lines).size).toBe(3);
    expect(text).not.toContain("<script>");
    expect(text).toContain("&lt;script&gt;&amp;");
  });
});

describe("spread", () => {
  const wide = [{ x: 0, y: 0 }, { x: 400, y: 100 }];
  it("stretches the axis on which the stage has room to spare", () => {
    expect(spread(wide, 400, 200)).toEqual({ x: 1, y: 2 });
    expect(spread(wide.map((one) => ({ x: one.y, y: one.x })), 200, 100).x).toBeGreaterThan(2);
  });
  it("never shrinks, never stretches beyond measure, and leaves a line alone", () => {
    expect(spread([{ x: 0, y: 0 }, { x: 4000, y: 1 }], 100, 100)).toEqual({ x: 1, y: 2.2 });
    expect(spread([{ x: 0, y: 0 }, { x: 9, y: 0 }], 100, 100)).toEqual({ x: 1, y: 1 });
    expect(spread([], 100, 100)).toEqual({ x: 1, y: 1 });
  });
});
