"""Answers that come after their window was closed are worth nothing: Qt has deleted what they would be shown in."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

P = ParamSpec("P")
S = TypeVar("S", bound=QObject)


def while_alive(method: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """For methods that are called back later: does nothing once Qt has deleted their object."""

    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if isValid(self):
            method(self, *args, **kwargs)

    update_wrapper(call, method)
    return call
