/** Entry of the timeline component: dated events in lanes, by vis-timeline; a click tells Python which. */
import type { FrontendRendererArgs } from "@streamlit/component-v2-lib";
import { DataSet } from "vis-data";
import { Timeline } from "vis-timeline";
import css from "vis-timeline/styles/vis-timeline-graph2d.min.css?inline";

interface Event {
  id: string;
  lane: string;
  text: string;
  start: string;
  end: string | null;
}
interface TimelineData {
  events: Event[];
  lanes: { id: string; text: string }[];
  height: number;
}
type State = { picked: string };

interface Live {
  timeline: Timeline;
  items: DataSet<{ id: string; group: string; content: HTMLElement; start: string; end?: string; type: string }>;
  groups: DataSet<{ id: string; content: HTMLElement }>;
  shown: string;
}

const live = new WeakMap<HTMLElement | ShadowRoot, Live>();

/** Text as an element, so that names with markup in them stay text. */
function text(value: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = value;
  return element;
}

function start(parent: HTMLElement | ShadowRoot, height: number): Live {
  const style = document.createElement("style");
  style.textContent = css + '.vis-timeline{font-family:"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;font-size:12px}';
  const box = document.createElement("div");
  parent.append(style, box);
  const items: Live["items"] = new DataSet();
  const groups: Live["groups"] = new DataSet();
  const options = { height: `${height}px`, stack: true, zoomMin: 86_400_000, orientation: "top", showTooltips: false };
  return { timeline: new Timeline(box, items as never, groups as never, options as never), items, groups, shown: "" };
}

export default function render(args: FrontendRendererArgs<State, TimelineData>): void {
  const { data, parentElement, setTriggerValue } = args;
  let one = live.get(parentElement);
  if (one === undefined) {
    one = start(parentElement, data.height);
    live.set(parentElement, one);
  }
  const content = JSON.stringify(data);
  if (content !== one.shown) {
    one.shown = content;
    one.groups.clear();
    one.groups.add(data.lanes.map((lane) => ({ id: lane.id, content: text(lane.text) })));
    one.items.clear();
    one.items.add(
      data.events.map((event) => ({
        id: event.id, group: event.lane, content: text(event.text), start: event.start,
        type: event.end === null ? "box" : "range", ...(event.end === null ? {} : { end: event.end }),
      })),
    );
    one.timeline.fit({ animation: false });
  }
  one.timeline.off("select");
  one.timeline.on("select", (picked: { items: string[] }) => {
    if (picked.items[0] !== undefined) setTriggerValue("picked", picked.items[0]);
  });
}
