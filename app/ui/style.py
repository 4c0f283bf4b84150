"""The look of the pages: fonts that every office PC has, and quiet states; nothing is fetched."""

STYLE = """<style>
html, body, [class*="css"], .stApp, .stMarkdown, button, input, textarea, select {
  font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Noto Sans SC", sans-serif;
}
.block-container { padding-top: 2.6rem; padding-bottom: 2rem; padding-left: 2.6rem; padding-right: 2.6rem; }
.sw-state { display: inline-block; padding: 0 .5rem; border-radius: 4px; font-size: .85rem; border: 1px solid; }
.sw-open { color: #9a3412; border-color: #fdba74; background: #fff7ed; }
.sw-undetermined, .sw-incomplete { color: #475569; border-color: #cbd5e1; background: #f8fafc; }
.sw-cleared { color: #166534; border-color: #86efac; background: #f0fdf4; }
.sw-six { border-left: 3px solid #cbd5e1; padding-left: .8rem; line-height: 1.75; }
.sw-six b { color: #334155; margin-right: .6rem; }
.sw-quote { background: #f8fafc; border: 1px solid #e2e8f0; border-radius: 4px; padding: .5rem .7rem; }
.sw-quote { white-space: pre-wrap; word-break: break-all; }
.sw-quote mark { background: #fde68a; padding: 0 1px; }
.sw-foot { color: #64748b; font-size: .85rem; }
</style>"""
