"""Starting the explorer: one Streamlit server on this machine that calls nobody."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from app.services.accounts import has_accounts
from app.services.context import Context
from graph.errors import BadUse, ShenwaError

PORT = 8501
_FREE_TRIES = 50
# In a folder of its own: beside `pages/`, Streamlit would open those files by themselves, without their frame.
EXPLORER = Path(__file__).parents[1] / "start" / "explorer.py"
SERVED = EXPLORER.with_name("served.py")


class NoLogin(ShenwaError):
    """The explorer was to listen where others reach it, and nobody would have to log in."""

    zh = (
        "还没有账户,无人需要登录,不能在 {address} 上提供服务:同一网络中的任何人都能打开;"
        "请先用 users add 新增账户;只供本机使用请去掉 --address,确要如此请加 --allow-no-login"
    )
    en = (
        "there is no account, so nobody would have to log in, and the explorer may not listen on {address}, where "
        "anybody on the network reaches it; make accounts with users add, "
        "leave --address out for this machine only, or add --allow-no-login"
    )


def is_loopback(address: str) -> bool:
    """Tell whether an address is reached from this machine only."""
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def free_port(address: str, first: int) -> int:
    """Return the first port from `first` on that nobody listens on.

    Raises:
        BadUse: None of the next ones is free.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for port in range(first, first + _FREE_TRIES):
        with socket.socket(family) as probe:
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return port
    raise BadUse(zh=f"{address} 上从 {first} 起没有可用端口", en=f"no free port on {address} from {first} on")


def command(address: str, port: int, *, headless: bool) -> Sequence[str]:
    """Return the command that serves the explorer; every switch that would call outside is off."""
    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": str(headless).lower(),
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": address,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "global.developmentMode": "false",
    }
    switches = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(SERVED), *switches]


def serve(context: Context, address: str, port: int | None, *, allow_no_login: bool, headless: bool) -> int:
    """Serve the explorer until it is stopped; return the server's exit code.

    Args:
        context: Names the workspace.
        address: To listen on.
        port: Of that address; the first free one from `PORT` on when None.
        allow_no_login: Listen elsewhere than on loopback although nobody has to log in.
        headless: Do not open a browser.

    Raises:
        NoLogin: The address is reached by others, and there is no account.
    """
    if not is_loopback(address) and not allow_no_login and not has_accounts(context):
        raise NoLogin(address=address)
    chosen = port or free_port(address, PORT)
    context.say(context.text(f"浏览器地址:http://{address}:{chosen}", f"open http://{address}:{chosen}"))
    environment = {**os.environ, "SHENWA_HOME": str(context.workspace.path), "SHENWA_LANG": context.lang}
    with subprocess.Popen(command(address, chosen, headless=headless), env=environment) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0
