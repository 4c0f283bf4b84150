/** What Python sends to the canvas and what the canvas sends back. */

export interface NodeItem {
  id: string;
  type: string;
  name: string;
  code: string;
  degree: number;
  official: boolean;
  pinned: boolean;
  /** Ties that are not on the canvas, by relation; what the right-click menu offers. */
  more: { relation: string; count: number }[];
}

export interface EdgeItem {
  id: string;
  type: string;
  source: string;
  target: string;
  label: string;
  symmetric: boolean;
  inferred: boolean;
  claim: string;
  confidence: number;
  /** ISO days; null is open. */
  from: string | null;
  to: string | null;
}

export interface Point {
  x: number;
  y: number;
}

export interface CanvasData {
  nodes: NodeItem[];
  edges: EdgeItem[];
  positions: Record<string, Point>;
  /** Raised by Python when it sets positions itself (undo); otherwise the canvas keeps its own. */
  revision: number;
  /** How many entities the view stands for, when not all are shown. */
  total: number;
  /** Words in the reader's language: node types, relations, claims and commands, by key. */
  words: Record<string, string>;
  canUndo: boolean;
  height: number;
}

export type CanvasEvent =
  | { kind: "expand"; id: string; relation: string }
  | { kind: "open"; id: string }
  | { kind: "hide"; ids: string[] }
  | { kind: "keep"; ids: string[] }
  | { kind: "path"; a: string; b: string }
  | { kind: "pin"; ids: string[]; pinned: boolean }
  | { kind: "moved"; positions: Record<string, Point> }
  | { kind: "undo" };

export interface Selection {
  nodes: string[];
  edges: string[];
}

/** What the reader wants to see of what is on the canvas; kept in the browser, nothing is removed by it. */
export interface Filter {
  hiddenTypes: ReadonlySet<string>;
  hiddenRelations: ReadonlySet<string>;
  hiddenClaims: ReadonlySet<string>;
  minConfidence: number;
  asOf: string | null;
}
