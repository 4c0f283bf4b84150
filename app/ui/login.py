"""The login page: one form, no script, nothing from elsewhere."""

from html import escape
from urllib.parse import quote

from app.ui.words import Words
from graph.errors import Lang

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f4f6f8; color: #1f2933;
  font: 16px/1.6 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }}
main {{ width: 22rem; padding: 2rem; background: #fff; border: 1px solid #d5dbe1; border-radius: 8px }}
h1 {{ margin: 0 0 .25rem; font-size: 1.4rem }}
p {{ margin: 0 0 1rem; color: #52606d; font-size: .9rem }}
p.error {{ color: #9b1c1c; background: #fdecec; padding: .5rem .75rem; border-radius: 4px }}
label {{ display: block; margin-top: .75rem }}
input {{ box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; border: 1px solid #9aa5b1;
  border-radius: 4px }}
button {{ width: 100%; margin-top: 1.25rem; padding: .6rem; font: inherit; color: #fff; background: #1d4e89; border: 0;
  border-radius: 4px; cursor: pointer }}
a {{ color: #1d4e89; font-size: .85rem }}
</style></head><body><main>
<h1>{title}</h1><p>{what}</p>{error}
<form method="post" action="?{query}" autocomplete="off">
<label>{name_label}<input name="name" value="{name}" required maxlength="120" {focus_name}></label>
<label>{password_label}<input name="password" type="password" required maxlength="200" {focus_password}></label>
<button>{enter}</button></form>
<p style="margin:1rem 0 0"><a href="?{other}">{other_language}</a></p>
</main></body></html>
"""


def page(lang: Lang, goal: str, error: str, name: str) -> str:
    """Return the page.

    Args:
        lang: Its language.
        goal: Where to go afterwards, a path of this server.
        error: A sentence to show, or empty.
        name: What was typed as the name before.
    """
    words = Words(lang)
    other = "en" if lang == "zh" else "zh"
    after = f"next={quote(goal, safe='')}"
    facts = {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": words("login.title"),
        "what": words("login.what"),
        "error": f'<p class="error" role="alert">{escape(error)}</p>' if error else "",
        "query": escape(f"{after}&lang={lang}"),
        "other": escape(f"{after}&lang={other}"),
        "other_language": words("login.other_language"),
        "name_label": words("login.name"),
        "password_label": words("login.password"),
        "name": escape(name[:120]),
        "focus_name": "" if name else "autofocus",
        "focus_password": "autofocus" if name else "",
        "enter": words("login.enter"),
    }
    return _PAGE.format(**facts)
