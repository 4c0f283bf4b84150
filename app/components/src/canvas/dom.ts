/** Small helpers for building the parts around the canvas; text always goes through `textContent`. */

type Attributes = Record<string, string>;

/** Make an element with a class, text and attributes. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K, className = "", text = "", attributes: Attributes = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Make a button that calls a function. */
export function button(text: string, title: string, run: () => void): HTMLButtonElement {
  const element = make("button", "tool", text, { type: "button", title, "aria-label": title });
  element.addEventListener("click", run);
  return element;
}

/** Offer bytes or text to the reader as a file; nothing leaves the machine. */
export function download(name: string, content: Blob): void {
  const link = make("a", "", "", { download: name, href: URL.createObjectURL(content) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const CSS = `
:host, .shenwa { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Noto Sans SC", sans-serif; font-size: 13px; color: #111827; }
.shenwa { position: relative; border: 1px solid #d1d5db; border-radius: 6px; background: #fff; overflow: hidden; }
.shenwa .bar { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 5px 8px; border-bottom: 1px solid #e5e7eb; background: #f8fafc; }
.shenwa .tool { border: 1px solid #cbd5e1; border-radius: 4px; background: #fff; padding: 2px 9px; cursor: pointer; font: inherit; }
.shenwa .tool:hover:not(:disabled), .shenwa .tool:focus-visible { background: #e0ecf9; outline: 2px solid #2f6db5; }
.shenwa .tool:disabled { color: #9ca3af; cursor: default; }
.shenwa .note { margin-left: auto; color: #475569; }
.shenwa .stage, .shenwa .surface { position: relative; }
.shenwa .legend { position: absolute; left: 8px; bottom: 8px; max-height: 70%; overflow: auto; background: rgba(255,255,255,.93); border: 1px solid #e5e7eb; border-radius: 6px; padding: 4px 6px; }
.shenwa .legend button { display: flex; gap: 6px; align-items: center; width: 100%; border: 0; background: none; font: inherit; font-size: 12px; cursor: pointer; padding: 1px 2px; text-align: left; }
.shenwa .legend button[aria-pressed="false"] { opacity: .4; text-decoration: line-through; }
.shenwa .swatch { width: 11px; height: 11px; border-radius: 3px; display: inline-block; flex: none; }
.shenwa .line { width: 18px; height: 0; border-top: 3px solid; display: inline-block; flex: none; }
.shenwa .menu { position: absolute; z-index: 5; min-width: 170px; max-height: 340px; overflow: auto; background: #fff; border: 1px solid #94a3b8; border-radius: 6px; box-shadow: 0 6px 20px rgba(15,23,42,.18); padding: 4px; }
.shenwa .menu .head { padding: 3px 8px; color: #64748b; font-size: 12px; }
.shenwa .menu button { display: flex; justify-content: space-between; gap: 14px; width: 100%; border: 0; background: none; font: inherit; text-align: left; padding: 4px 8px; border-radius: 4px; cursor: pointer; }
.shenwa .menu button:hover, .shenwa .menu button:focus-visible { background: #e0ecf9; outline: none; }
.shenwa label { display: inline-flex; gap: 4px; align-items: center; color: #475569; }
.shenwa input { font: inherit; }
.shenwa .empty { position: absolute; inset: 0; display: grid; place-items: center; color: #64748b; pointer-events: none; }
`;
