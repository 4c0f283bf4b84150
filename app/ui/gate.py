"""The gate in front of the explorer: whoever is not logged in gets the login page and nothing else.

Streamlit cannot set a cookie that scripts in the page cannot read; so logging in is a plain form of this server, and
every request for anything else passes here first.
"""

import time
from collections.abc import Callable
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.services.accounts import LoginNeeded, enter, who
from app.services.context import Context
from app.ui.login import page
from graph.errors import Lang, ShenwaError

LOGIN = "/login"
_LARGEST = 4_096
# A page is some fifty files: who asks for them is looked up once in a while, not fifty times. The pages themselves
# look at every click.
_KNOWN_SECONDS = 3.0
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def cookie_name(context: Context) -> str:
    """Return the name of the cookie: one a workspace, because browsers send cookies to every port of a machine."""
    context.workspace.open_existing()
    return f"shenwa_{context.workspace.id[:8]}"


def inside(address: str | None) -> str:
    """Return where to go after the login: a page of this server, the first one when anything else was asked for."""
    found = address or "/"
    parts = urlsplit(found)
    safe = found.startswith("/") and not found.startswith("//") and "\\" not in found and found.isprintable()
    return found if safe and not parts.netloc and not found.startswith(LOGIN) else "/"


def _lang(request: Request, context: Context) -> Lang:
    asked = request.query_params.get("lang")
    return "en" if (asked or context.lang) == "en" else "zh"


def _own(request: Request) -> bool:
    """Tell whether a form was sent from a page of this server, as far as the browser says."""
    origin = request.headers.get("origin")
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    return origin is None or urlsplit(origin).netloc in hosts


def _shown(context: Context, request: Request, error: ShenwaError | None = None, name: str = "") -> HTMLResponse:
    lang = _lang(request, context)
    text = page(lang, inside(request.query_params.get("next")), error.sentence(lang) if error else "", name)
    return HTMLResponse(text, 200 if error is None else 403, _HEADERS)


def login_route(context: Context) -> Callable[[Request], "object"]:
    """Return the handler of the login page."""

    async def handle(request: Request) -> Response:
        if request.method != "POST":
            return _shown(context, request)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST:
                return PlainTextResponse("too large", 413)
        given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        name, password = (given.get(key, [""])[0] for key in ("name", "password"))
        try:
            if not _own(request):
                raise LoginNeeded
            token = await run_in_threadpool(enter, context, name, password)
        except ShenwaError as error:
            return _shown(context, request, error, name)
        response = RedirectResponse(inside(request.query_params.get("next")), 303, _HEADERS)
        secure = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
        response.set_cookie(cookie_name(context), token, httponly=True, samesite="lax", secure=secure)
        return response

    return handle


class Gate:
    """Middleware: lets through who is logged in, and everybody while there are no accounts."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self._app, self._context = app, context
        self._known: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] not in ("http", "websocket") or scope["path"] == LOGIN:
            await self._app(scope, receive, send)
            return
        try:
            await run_in_threadpool(self._look, self._token(scope))
        except LoginNeeded:
            await self._refuse(scope, receive, send)
        except ShenwaError as error:  # the casebook cannot be reached: nobody's login can be known
            await self._tell(error, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _token(self, scope: Scope) -> str:
        jar: SimpleCookie = SimpleCookie()
        for key, value in scope["headers"]:
            if key == b"cookie":
                jar.load(value.decode("latin-1"))
        try:
            found = jar.get(cookie_name(self._context))
        except ShenwaError:  # no workspace yet: nobody can have an account in it
            return ""
        return found.value if found is not None else ""

    def _look(self, token: str) -> None:
        at = time.monotonic()
        if self._known.get(token, 0.0) > at:
            return
        self._known.pop(token, None)
        who(self._context, token)
        self._known = {one: end for one, end in self._known.items() if end > at} | {token: at + _KNOWN_SECONDS}

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4401})
            return
        request = Request(scope)
        response: Response = PlainTextResponse("login needed", 401, _HEADERS)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            response = RedirectResponse(f"{LOGIN}?next={quote(there, safe='')}", 303, _HEADERS)
        await response(scope, receive, send)

    async def _tell(self, error: ShenwaError, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1011})
            return
        await PlainTextResponse(error.sentence(self._context.lang), 503, _HEADERS)(scope, receive, send)
