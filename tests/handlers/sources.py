"""What the source of the house says of itself, for tests that hold the locales against it."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def trees(floor: str) -> tuple[ast.Module, ...]:
    """Parse every module of a floor."""
    folder = Path(str(files(floor)))
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))


def calls(floor: str, *names: str) -> Iterator[ast.Call]:
    """Give every call, on a floor, of a function or method of one of these names."""
    for tree in trees(floor):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in names:
                yield node


def called(node: ast.Call) -> str:
    """Give the last name of what is called."""
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def texts(node: ast.expr) -> list[str]:
    """Give the texts that an expression may be: itself, or both arms of a choice."""
    arms = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [
        arm.value for arm in arms if isinstance(arm, ast.Constant) and isinstance(arm.value, str)
    ]


def literals(floor: str) -> set[str]:
    """Give every text that is written out on a floor."""
    return {
        node.value
        for tree in trees(floor)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def beginnings(floor: str) -> set[str]:
    """Give what the f-strings of a floor begin with."""
    return {
        node.values[0].value
        for tree in trees(floor)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and isinstance(node.values[0].value, str)
    }
