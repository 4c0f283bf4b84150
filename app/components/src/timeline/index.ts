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
  // A short period keeps its words: they run on beyond its bar instead of being cut off.
  style.textContent = css + ".vis-item .vis-item-overflow{overflow:visible}" + '.vis-timeline{font-family:"Noto Sans CJK SC","Microsoft YaHei","PingFang SC",sans-serif;font-size:12px}';
  const box = document.createElement("div");
  parent.append(style, box);
  const items: Live["items"] = new DataSet();
  const groups: Live["groups"] = new DataSet();
  const options = { maxHeight: `${height}px`, minHeight: "140px", showCurrentTime: false, stack: true, zoomMin: 86_400_000, orientation: "top", showTooltips: false };
  return { timeline: new Timeline(box, items as never, groups as never, options as never), items, groups, shown: "" };
}

/** Show all events with room for the words of the last ones, which the library's own fit cuts off. */
function frame(timeline: Timeline, events: readonly Event[]): void {
  const days = events.flatMap((event) => [event.start, event.end ?? event.start]).map((day) => new Date(day).getTime());
  if (days.length === 0) return;
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const room = Math.max(last - first, 86_400_000 * 30) * 0.14;
  timeline.setWindow(new Date(first - room), new Date(last + room), { animation: false });
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
    frame(one.timeline, data.events);
  }
  one.timeline.off("select");
  one.timeline.on("select", (picked: { items: string[] }) => {
    if (picked.items[0] !== undefined) setTriggerValue("picked", picked.items[0]);
  });
}
