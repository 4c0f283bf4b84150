/** Entry of the canvas component: finds the live board of its element, or makes one. */
import type { FrontendRendererArgs } from "@streamlit/component-v2-lib";

import { Board } from "./board";
import type { CanvasData, CanvasEvent, Selection } from "./types";

type State = { event: CanvasEvent & { nonce: number }; selection: Selection };

const boards = new WeakMap<HTMLElement | ShadowRoot, Board>();
let nonce = 0;

export default function render(args: FrontendRendererArgs<State, CanvasData>): () => void {
  const { data, parentElement, setStateValue, setTriggerValue } = args;
  const outlet = {
    // Two equal events in a row are two events: the number tells them apart.
    send: (event: CanvasEvent) => setTriggerValue("event", { ...event, nonce: ++nonce }),
    select: (selection: Selection) => setStateValue("selection", selection),
  };
  let board = boards.get(parentElement);
  if (board === undefined) {
    board = new Board(parentElement, outlet);
    boards.set(parentElement, board);
  }
  board.update(data, outlet);
  const mine = board;
  return () => {
    // Streamlit may call this between two renders of the same element: only an element that has left the page is over.
    setTimeout(() => {
      const host = parentElement instanceof ShadowRoot ? parentElement.host : parentElement;
      if (!host.isConnected) {
        mine.destroy();
        boards.delete(parentElement);
      }
    }, 500);
  };
}
