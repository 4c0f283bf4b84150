/** Colours, shapes and icons: type by shape and colour, stated by a solid line, inferred by a dashed one, claim by colour. */
import type { StylesheetJson } from "cytoscape";

export interface Look {
  color: string;
  shape: string;
  icon: string;
}

/** Icon strokes on a 24 x 24 field. */
const ICONS: Record<string, string> = {
  person: "M12 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8M4 21c0-5 4-7 8-7s8 2 8 7",
  building: "M4 21V5l8-3l8 3v16M9 21v-5h6v5M8 8h2M14 8h2M8 12h2M14 12h2",
  agency: "M3 10L12 3l9 7M5 10v9M10 10v9M14 10v9M19 10v9M3 21h18",
  paper: "M6 2h9l4 4v16H6zM9 10h7M9 14h7M9 18h4",
  gavel: "M4 21h10M9 13l6-6M7 11l5 5M12 4l6 6M13 12l8 8",
  coin: "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18M8 8l4 5l4-5M12 13v5M9 13h6M9 16h6",
  card: "M2 6h20v12H2zM2 10h20M5 15h4",
  gift: "M3 9h18v12H3zM12 9v12M3 13h18M12 9c-5 0-6-6-2-6c2 0 2 4 2 6c0-2 0-6 2-6c4 0 3 6-2 6",
  folder: "M2 6h7l2 2h11v12H2z",
  flag: "M5 22V3M5 4h13l-3 4l3 4H5",
  phone: "M7 2h10v20H7zM10 18h4",
  key: "M8 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8M12 12h10M18 12v4M21 12v3",
  dot: "M12 8a4 4 0 1 1 0 8a4 4 0 1 1 0-8",
};

export const LOOKS: Record<string, Look> = {
  Person: { color: "#2f6db5", shape: "ellipse", icon: "person" },
  Company: { color: "#b8651b", shape: "round-rectangle", icon: "building" },
  Agency: { color: "#8a2b2b", shape: "round-hexagon", icon: "agency" },
  Post: { color: "#8a2b2b", shape: "ellipse", icon: "dot" },
  Tender: { color: "#5f7a1f", shape: "round-tag", icon: "gavel" },
  Contract: { color: "#3c7a3f", shape: "round-rectangle", icon: "paper" },
  Payment: { color: "#1f7f7a", shape: "round-diamond", icon: "coin" },
  Account: { color: "#4a6572", shape: "barrel", icon: "card" },
  Programme: { color: "#7a5ca8", shape: "round-tag", icon: "flag" },
  Benefit: { color: "#7a5ca8", shape: "round-diamond", icon: "gift" },
  Asset: { color: "#8c6d1f", shape: "round-rectangle", icon: "key" },
  Lease: { color: "#8c6d1f", shape: "round-tag", icon: "paper" },
  Permit: { color: "#3c7a3f", shape: "round-tag", icon: "paper" },
  Lead: { color: "#a8456b", shape: "round-tag", icon: "flag" },
  Case: { color: "#a8456b", shape: "round-rectangle", icon: "folder" },
  Document: { color: "#6b6b6b", shape: "round-rectangle", icon: "paper" },
  Medium: { color: "#555e8f", shape: "ellipse", icon: "phone" },
};
export const OTHER: Look = { color: "#6b6b6b", shape: "ellipse", icon: "dot" };

export const CLAIMS: Record<string, string> = {
  adjudicated: "#14532d",
  found: "#166534",
  registry: "#475569",
  self: "#0f766e",
  witness: "#b45309",
  alleged: "#c2410c",
  hearsay: "#d97706",
  refuted: "#9ca3af",
};

export function look(type: string): Look {
  return LOOKS[type] ?? OTHER;
}

export function iconPath(type: string): string {
  return ICONS[look(type).icon] ?? "";
}

function iconImage(type: string): string {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="48" height="48" fill="none" ` +
    `stroke="white" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="${iconPath(type)}"/></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

export const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Noto Sans SC", sans-serif';

function typeRules(): StylesheetJson {
  return Object.entries(LOOKS).map(([type, one]) => ({
    selector: `node[type = "${type}"]`,
    style: { "background-color": one.color, shape: one.shape, "background-image": iconImage(type) },
  })) as StylesheetJson;
}

function claimRules(): StylesheetJson {
  return Object.entries(CLAIMS).map(([claim, color]) => ({
    selector: `edge[claim = "${claim}"]`,
    style: { "line-color": color, "target-arrow-color": color },
  })) as StylesheetJson;
}

/** The whole style sheet of the canvas. */
export function stylesheet(): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        "background-color": OTHER.color,
        "background-fit": "none",
        "background-width": "58%",
        "background-height": "58%",
        width: 38,
        height: 38,
        label: "data(name)",
        "font-family": FONT,
        "font-size": 12,
        "text-valign": "bottom",
        "text-margin-y": 5,
        "min-zoomed-font-size": 6,
        "text-wrap": "ellipsis",
        "text-max-width": "130px",
        "text-background-color": "#ffffff",
        "text-background-opacity": 0.85,
        "text-background-padding": "2px",
        color: "#111827",
        "border-width": 0,
      },
    },
    ...typeRules(),
    { selector: "node[?official]", style: { "border-width": 3, "border-color": "#d4a017" } },
    { selector: "node[?pinned]", style: { "underlay-color": "#334155", "underlay-opacity": 0.25, "underlay-padding": 6 } },
    {
      selector: "edge",
      style: {
        width: 1.6,
        "curve-style": "bezier",
        "control-point-step-size": 46,
        "line-color": "#475569",
        "target-arrow-color": "#475569",
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        label: "data(label)",
        "font-family": FONT,
        "font-size": 10,
        color: "#374151",
        "text-rotation": "autorotate",
        "min-zoomed-font-size": 8,
        "text-background-color": "#ffffff",
        "text-background-opacity": 0.9,
        "text-background-padding": "1px",
      },
    },
    ...claimRules(),
    { selector: "edge[?symmetric]", style: { "target-arrow-shape": "none" } },
    { selector: "edge[?inferred]", style: { "line-style": "dashed" } },
    { selector: 'edge[claim = "refuted"]', style: { "line-style": "dotted" } },
    { selector: ".dim", style: { opacity: 0.14 } },
    { selector: ".off", style: { display: "none" } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": "#dc2626" } },
    { selector: "edge:selected", style: { width: 3.5, "line-color": "#dc2626", "target-arrow-color": "#dc2626" } },
  ] as StylesheetJson;
}
