"""What `shenwa app` serves: the explorer behind its gate. `streamlit run` finds `app` by its name and class."""

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.starlette import App

from app.services.context import Context
from app.services.serving import EXPLORER
from app.ui.gate import LOGIN, Gate, login_route
from graph.settings import read_settings
from graph.workspace import Workspace

_SETTINGS = read_settings()
_CONTEXT = Context(Workspace(_SETTINGS.home), _SETTINGS, _SETTINGS.lang, wait=False)

app = App(
    EXPLORER,
    routes=[Route(LOGIN, login_route(_CONTEXT), methods=["GET", "POST"])],
    middleware=[Middleware(Gate, context=_CONTEXT)],
)
