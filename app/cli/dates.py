"""Days on the command line, in the forms that registers use."""

import datetime

import click

from graph.errors import BadUse
from nlp.dates import parse_date


class Day(click.ParamType[datetime.date]):
    """A whole day; a month or a year alone is refused."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Read a day.

        Raises:
            BadUse: It is none.
        """
        if isinstance(value, datetime.date):
            return value
        found = parse_date(str(value))
        if found is None or found.precision != "day":
            zh = f"日期不能识别:{value};请写成 2021-03-05"
            raise BadUse(zh=zh, en=f"not a date: {value}; write it as 2021-03-05")
        return found.earliest


DAY = Day()
