"""The parameters of a run: defaults, what the user set, and the bounds of both."""

import math
from collections.abc import Mapping

from graph.errors import QueryError
from queries.saved import Parameter, ParameterValue, SavedQuery

_TRUE, _FALSE = {"true", "1", "yes", "是"}, {"false", "0", "no", "否"}


class BadParameter(QueryError):
    """A parameter is unknown, malformed or out of bounds."""

    zh = "查询 {query} 的参数 {name}:{zh}"
    en = "parameter {name} of query {query}: {en}"


def _read(text: str, parameter: Parameter) -> ParameterValue:
    if parameter.type == "string":
        return text
    if parameter.type == "boolean":
        if text.lower() in _TRUE | _FALSE:
            return text.lower() in _TRUE
        raise ValueError(text)
    return int(text) if parameter.type == "integer" else float(text)


def _within(value: ParameterValue, parameter: Parameter) -> bool:
    if isinstance(value, bool | str):
        return True
    low, high = parameter.minimum, parameter.maximum
    return math.isfinite(value) and (low is None or value >= low) and (high is None or value <= high)


def settle(saved: SavedQuery, given: Mapping[str, str]) -> dict[str, ParameterValue]:
    """Return the value of every parameter of a query.

    Args:
        saved: The query.
        given: Name -> text as the user wrote it.

    Raises:
        BadParameter: A name is unknown, or a text is not of the parameter's type or out of its bounds.
    """
    for name in given:
        if name not in saved.parameters:
            known = "、".join(saved.parameters) or "-"
            zh, en = f"没有这个参数;可用:{known}", f"unknown; there are: {known}"
            raise BadParameter(query=saved.id, name=name, zh=zh, en=en)
    settled = {}
    for name, parameter in saved.parameters.items():
        value = parameter.default
        if name in given:
            try:
                value = _read(given[name], parameter)
            except ValueError as error:
                zh, en = f"不是 {parameter.type}:{given[name]}", f"not of type {parameter.type}: {given[name]}"
                raise BadParameter(query=saved.id, name=name, zh=zh, en=en) from error
        if not _within(value, parameter):
            low, high = parameter.minimum, parameter.maximum
            zh, en = f"{value} 超出范围 {low} 至 {high}", f"{value} is outside {low} to {high}"
            raise BadParameter(query=saved.id, name=name, zh=zh, en=en)
        settled[name] = value
    return settled
