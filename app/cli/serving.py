"""`shenwa app`."""

import click

from app.services.context import Context
from app.services.serving import serve


@click.command("app")
@click.option("--address", default="127.0.0.1", show_default=True, help="监听地址 / address to listen on")
@click.option("--port", type=click.IntRange(1, 65535), help="端口,默认从 8501 起 / port, from 8501 on")
@click.option("--allow-no-login", is_flag=True, help="无登录也对外提供 / listen for others without any login")
@click.option("--headless", is_flag=True, help="不打开浏览器 / do not open a browser")
@click.pass_obj
def app(context: Context, address: str, port: int | None, allow_no_login: bool, headless: bool) -> int:
    """打开图形界面 / open the explorer in a browser."""
    return serve(context, address, port, allow_no_login=allow_no_login, headless=headless)
