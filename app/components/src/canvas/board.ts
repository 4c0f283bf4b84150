/** One live Cytoscape instance and the parts around it; reruns of the page change elements, never the instance. */
import cytoscape, { type Core, type EventObject } from "cytoscape";
import fcose from "cytoscape-fcose";

import { diff } from "./diff";
import { button, CSS, download, make } from "./dom";
import { csv } from "./csv";
import { edgeShown, nodeShown, NO_FILTER } from "./filter";
import { fillLegend, type Part } from "./legend";
import { stylesheet } from "./look";
import { menu } from "./menu";
import { beside, ring, spread } from "./place";
import { svg } from "./svg";
import type { CanvasData, CanvasEvent, EdgeItem, Filter, NodeItem, Point, Selection } from "./types";

cytoscape.use(fcose);

export interface Outlet {
  send: (event: CanvasEvent) => void;
  select: (selection: Selection) => void;
}

const LAYOUT = { name: "fcose", quality: "default", animate: false, randomize: true, nodeSeparation: 140, idealEdgeLength: 170, nodeRepulsion: 16_000, gravity: 0.15, packComponents: true } as const;

export class Board {
  private readonly root = make("div", "shenwa");
  private readonly bar = make("div", "bar", "", { role: "toolbar" });
  private readonly stage = make("div", "stage");
  private readonly surface = make("div", "surface");
  private readonly legend = make("div", "legend");
  private readonly note = make("span", "note");
  private readonly empty = make("div", "empty");
  private readonly cy: Core;
  private data: CanvasData | null = null;
  private filter: Filter = NO_FILTER;
  private outlet: Outlet;
  private menuBox: HTMLElement | null = null;
  private buttons: Record<string, HTMLButtonElement> = {};
  private sendTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parent: HTMLElement | ShadowRoot, outlet: Outlet) {
    this.outlet = outlet;
    this.surface.style.height = "600px";
    this.stage.append(this.surface, this.legend, this.empty);
    this.root.append(make("style", "", CSS), this.bar, this.stage);
    parent.append(this.root);
    this.cy = cytoscape({
      container: this.surface, style: stylesheet(), minZoom: 0.08, maxZoom: 4, boxSelectionEnabled: true, selectionType: "single",
    });
    this.listen();
    // For tests that drive a real browser: they look at positions, never change them.
    (this.root as HTMLElement & { board?: Board }).board = this;
  }

  get core(): Core {
    return this.cy;
  }

  /** Show new data: elements by difference, words, budgets. */
  update(data: CanvasData, outlet: Outlet): void {
    this.outlet = outlet;
    const before = this.data;
    this.data = data;
    this.surface.style.height = `${data.height}px`;
    if (before === null) this.fillBar();
    this.buttons["undo"]!.disabled = !data.canUndo;
    const opened = this.apply(before, data);
    if (before !== null && before.revision !== data.revision) this.setPositions(data.positions);
    this.refresh();
    // After the legend has its rows: its width counts. Whoever was added out of sight is brought into it.
    if (opened || this.outOfSight(before, data)) this.frame();
  }

  destroy(): void {
    clearTimeout(this.sendTimer);
    this.cy.destroy();
    this.root.remove();
  }

  private word = (key: string): string => this.data?.words[key] ?? key.split(".").at(-1) ?? key;

  /** Bring the elements to the new data; true when the canvas was empty before. */
  private apply(before: CanvasData | null, data: CanvasData): boolean {
    const nodes = diff(before?.nodes ?? [], data.nodes);
    const edges = diff(before?.edges ?? [], data.edges);
    const fresh = this.cy.nodes().empty();
    this.cy.batch(() => {
      for (const id of [...edges.removed, ...nodes.removed]) this.cy.getElementById(id).remove();
      for (const item of [...nodes.changed, ...edges.changed]) this.cy.getElementById(item.id).data({ ...item });
      const places = this.places(nodes.added, data, fresh);
      for (const item of nodes.added) this.cy.add({ group: "nodes", data: { ...item }, position: { ...places.get(item.id)! } });
      for (const item of edges.added) this.cy.add({ group: "edges", data: { ...item } });
    });
    const opened = fresh && nodes.added.length > 0;
    if (opened) this.settle(data);
    else if (nodes.added.length > 0) this.reportPositions(nodes.added.map((one) => one.id));
    return opened;
  }

  /** Lay out what has no saved place when the canvas opens; afterwards only new nodes are placed. */
  private settle(data: CanvasData): void {
    const unplaced = data.nodes.filter((one) => data.positions[one.id] === undefined);
    if (unplaced.length === data.nodes.length && data.nodes.length > 1) {
      this.cy.layout({ ...LAYOUT, padding: 40 } as cytoscape.LayoutOptions).run();
      this.useTheStage();
    }
    if (unplaced.length > 0) this.reportPositions(unplaced.map((one) => one.id));
  }

  /** The layout knows no window: spread it along the axis on which the stage has room to spare, so that names stay legible. */
  private useTheStage(): void {
    const at = this.cy.nodes().map((one) => one.position());
    const scale = spread(at, this.cy.width() - this.legend.offsetWidth, this.cy.height());
    this.cy.nodes().positions((one) => ({ x: one.position().x * scale.x, y: one.position().y * scale.y }));
  }

  private outOfSight(before: CanvasData | null, data: CanvasData): boolean {
    const old = new Set(before?.nodes.map((one) => one.id));
    return data.nodes.some((one) => {
      if (old.has(one.id)) return false;
      const at = this.cy.getElementById(one.id).renderedPosition();
      return at.x < this.legend.offsetWidth || at.y < 0 || at.x > this.cy.width() || at.y > this.cy.height();
    });
  }

  /** Fit what is shown into the part of the stage that the legend leaves free. */
  private frame(): void {
    const box = this.cy.elements(":visible").boundingBox();
    const margin = 30;
    const left = this.legend.offsetWidth + margin;
    const width = this.cy.width() - left - margin;
    const zoom = Math.min(width / Math.max(box.w, 1), (this.cy.height() - 2 * margin) / Math.max(box.h, 1), 1.2);
    this.cy.zoom(zoom);
    this.cy.pan({
      x: left + (width - box.w * zoom) / 2 - box.x1 * zoom,
      y: (this.cy.height() - box.h * zoom) / 2 - box.y1 * zoom,
    });
  }

  private places(added: readonly NodeItem[], data: CanvasData, fresh: boolean): Map<string, Point> {
    const found = new Map<string, Point>();
    const taken = this.cy.nodes().map((one) => ({ ...one.position() }));
    const waiting: NodeItem[] = [];
    for (const item of added) {
      const saved = data.positions[item.id];
      if (saved === undefined) waiting.push(item);
      else {
        found.set(item.id, saved);
        taken.push(saved);
      }
    }
    const groups = new Map<string, NodeItem[]>();
    for (const item of waiting) {
      const anchor = this.anchor(item.id, data.edges, found) ?? "";
      groups.set(anchor, [...(groups.get(anchor) ?? []), item]);
    }
    for (const [anchor, items] of groups) {
      const node = this.cy.getElementById(anchor);
      const centre = found.get(anchor) ?? (anchor && node.nonempty() ? { ...node.position() } : fresh ? { x: 0, y: 0 } : beside(taken));
      ring(centre, items.length, taken).forEach((point, at) => {
        found.set(items[at]!.id, point);
        taken.push(point);
      });
    }
    return found;
  }

  private anchor(id: string, edges: readonly EdgeItem[], placed: ReadonlyMap<string, Point>): string | null {
    for (const edge of edges) {
      const other = edge.source === id ? edge.target : edge.target === id ? edge.source : null;
      if (other !== null && (placed.has(other) || this.cy.getElementById(other).nonempty())) return other;
    }
    return null;
  }

  private setPositions(positions: Record<string, Point>): void {
    for (const [id, point] of Object.entries(positions)) this.cy.getElementById(id).position({ ...point });
  }

  private reportPositions(ids: readonly string[]): void {
    const positions: Record<string, Point> = {};
    for (const id of ids) {
      const node = this.cy.getElementById(id);
      if (node.nonempty()) positions[id] = { x: Math.round(node.position("x")), y: Math.round(node.position("y")) };
    }
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => this.outlet.send({ kind: "moved", positions }), 150);
  }

  private refresh(): void {
    const data = this.data!;
    this.cy.batch(() => {
      for (const one of data.nodes) this.cy.getElementById(one.id).toggleClass("off", !nodeShown(one, this.filter));
      for (const one of data.edges) this.cy.getElementById(one.id).toggleClass("off", !edgeShown(one, this.filter));
    });
    fillLegend(this.legend, data.nodes, data.edges, this.filter, this.word, (part, key) => this.flip(part, key));
    const shown = data.nodes.filter((one) => nodeShown(one, this.filter)).length;
    const text = this.word(data.total > data.nodes.length ? "showing_of" : "showing");
    this.note.textContent = text.replace("{shown}", String(shown)).replace("{total}", String(data.total));
    this.empty.textContent = data.nodes.length === 0 ? this.word("nothing") : "";
  }

  private flip(part: Part, key: string): void {
    const hidden = new Set(this.filter[part]);
    if (!hidden.delete(key)) hidden.add(key);
    this.filter = { ...this.filter, [part]: hidden };
    this.refresh();
  }

  private fillBar(): void {
    const tool = (key: string, run: () => void): HTMLButtonElement => (this.buttons[key] = button(this.word(key), this.word(key), run));
    const day = make("input", "", "", { type: "date", "aria-label": this.word("as_of") });
    day.addEventListener("change", () => this.setFilter({ asOf: day.value || null }));
    const label = make("label", "", this.word("as_of"));
    label.append(day);
    const floor = make("input", "", "", { type: "range", min: "0", max: "1", step: "0.1", value: "0", "aria-label": this.word("confidence") });
    floor.addEventListener("input", () => this.setFilter({ minConfidence: Number(floor.value) }));
    const confidence = make("label", "", this.word("confidence"));
    confidence.append(floor);
    this.bar.append(
      tool("undo", () => this.outlet.send({ kind: "undo" })),
      tool("fit", () => this.frame()),
      tool("show_all", () => this.showAll()),
      tool("png", () => void this.png()),
      tool("svg", () => download("shenwa.svg", new Blob([this.svg()], { type: "image/svg+xml" }))),
      tool("csv", () => download("shenwa.csv", new Blob([this.csv()], { type: "text/csv" }))),
      label, confidence, this.note,
    );
  }

  private setFilter(part: Partial<Filter>): void {
    this.filter = { ...this.filter, ...part };
    this.refresh();
  }

  private showAll(): void {
    this.cy.elements().removeClass("dim");
    this.filter = NO_FILTER;
    this.refresh();
  }

  private visible(): { nodes: NodeItem[]; edges: EdgeItem[] } {
    const nodes = this.data!.nodes.filter((one) => nodeShown(one, this.filter));
    const ids = new Set(nodes.map((one) => one.id));
    const edges = this.data!.edges.filter((one) => edgeShown(one, this.filter) && ids.has(one.source) && ids.has(one.target));
    return { nodes, edges };
  }

  private csv(): string {
    const { nodes, edges } = this.visible();
    return csv(nodes, edges);
  }

  private svg(): string {
    const { nodes, edges } = this.visible();
    return svg(nodes, edges, new Map(nodes.map((one) => [one.id, this.cy.getElementById(one.id).position()])));
  }

  private async png(): Promise<void> {
    const image = await this.cy.png({ full: true, scale: 2, bg: "#ffffff", output: "blob-promise" });
    download("shenwa.png", image);
  }

  private dim(id: string): void {
    const near = this.cy.getElementById(id).closedNeighborhood();
    this.cy.elements().addClass("dim");
    near.removeClass("dim");
  }

  private listen(): void {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    this.cy.on("select unselect", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.outlet.select(this.selection()), 60);
    });
    this.cy.on("dragfree", "node", (event: EventObject) => {
      const moved = event.target.selected() ? this.cy.nodes(":selected") : event.target;
      this.reportPositions(moved.map((one: cytoscape.NodeSingular) => one.id()));
    });
    this.cy.on("cxttap", "node", (event: EventObject) => this.openMenu(event));
    this.cy.on("dbltap", "node", (event: EventObject) => this.outlet.send({ kind: "open", id: event.target.id() }));
    this.cy.on("tap", () => this.closeMenu());
    this.cy.on("tap", (event: EventObject) => {
      if (event.target === this.cy) this.cy.elements().removeClass("dim");
    });
    this.surface.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  private selection(): Selection {
    return {
      nodes: this.cy.nodes(":selected").map((one) => one.id()),
      edges: this.cy.edges(":selected").map((one) => one.id()),
    };
  }

  private openMenu(event: EventObject): void {
    this.closeMenu();
    const id: string = event.target.id();
    const node = this.data?.nodes.find((one) => one.id === id);
    if (node === undefined) return;
    const box = menu(
      { node, selected: this.selection().nodes, word: this.word, send: (one) => this.outlet.send(one), dim: (one) => this.dim(one) },
      () => this.closeMenu(),
    );
    const at = event.renderedPosition;
    box.style.left = `${Math.max(0, Math.min(at.x, this.cy.width() - 190))}px`;
    box.style.top = `${Math.max(0, Math.min(at.y, this.cy.height() - 240))}px`;
    this.stage.append(box);
    this.menuBox = box;
    box.querySelector("button")?.focus();
  }

  private closeMenu(): void {
    this.menuBox?.remove();
    this.menuBox = null;
  }
}
