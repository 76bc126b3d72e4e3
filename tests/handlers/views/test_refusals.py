"""Every refusal of the community has words in every language."""

import ast
from collections.abc import Iterator

import pytest

from community import errors, events
from community.errors import (
    CommunityError,
    InvalidInputError,
    NoSeatsError,
    TooLateError,
)
from handlers import buttons
from handlers.views import refusals
from handlers.views.view import Key
from handlers.words import languages, words_for
from storage.errors import NotFoundError
from tests.handlers.sources import called, calls, texts, trees

FLOORS = ("community", "handlers")


def refused_inputs() -> set[tuple[str, str]]:
    """Collect every field and reason that is refused, from the source."""
    return {both for floor in FLOORS for function in functions(floor) for both in refused(function)}


def functions(floor: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for tree in trees(floor):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def refused(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, str]]:
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if called(node) == InvalidInputError.__name__:
            reasons = texts(node.args[1])
            assert reasons, f"a reason that is not written out: {ast.unparse(node)}"
            yield from (
                (field, reason) for field in fields(node.args[0], function) for reason in reasons
            )
        elif called(node) == "line":
            field = next(keyword.value for keyword in node.keywords if keyword.arg == "field")
            yield from (
                (one, reason) for one in fields(field, function) for reason in ("empty", "long")
            )


def fields(field: ast.expr, function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Give what a field may be: itself, or what the loop around it runs over."""
    if texts(field):
        return texts(field)
    assert isinstance(field, ast.Name), ast.unparse(field)
    if field.id in {argument.arg for argument in function.args.kwonlyargs}:
        return []  # texts.line, whose callers name the field
    loops = [
        node.iter
        for node in ast.walk(function)
        if isinstance(node, ast.For)
        and field.id in {one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)}
    ]
    assert loops, f"a field that is not written out: {ast.unparse(field)}"
    if ast.unparse(loops[0]).startswith("lacking("):
        return list(events.REQUIRED)
    return [
        text for part in ast.walk(loops[0]) if isinstance(part, ast.expr) for text in texts(part)
    ]


def late_reasons() -> set[str]:
    return {reason for call in calls("community", "TooLateError") for reason in texts(call.args[0])}


def examples() -> list[Exception]:
    return [
        *(InvalidInputError(field, reason) for field, reason in sorted(refused_inputs())),
        *(TooLateError(reason) for reason in sorted(late_reasons())),
        *(NoSeatsError(guests) for guests in (0, 1, 2)),
        *(refusal() for refusal in refusals.KEYS),
        NotFoundError("event", 1),
    ]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("error", examples(), ids=repr)
def test_text_of_every_refusal_is_worded(error: Exception, language: str) -> None:
    words = words_for(language)

    told = refusals.text(words, error)

    assert told.strip()
    assert len(told.splitlines()) <= 3


def test_examples_hold_every_refusal_of_the_community() -> None:
    of_the_community = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, CommunityError)
        and kind is not CommunityError
    }

    assert of_the_community == {type(one) for one in examples()} & of_the_community
    assert of_the_community


def test_examples_find_what_is_raised_in_loops_and_below() -> None:
    found = refused_inputs()

    assert {("title", "long"), ("starts", "lacking"), ("first_name", "empty")} <= found


def test_every_refused_input_has_a_message_and_every_message_a_refusal() -> None:
    raised = {
        f"refusal-input-{field}-{reason}".replace("_", "-") for field, reason in refused_inputs()
    }
    worded = {key for key in words_for("fr").keys if key.startswith("refusal-input-")}

    assert worded == raised


@pytest.mark.parametrize("language", languages())
def test_screen_gives_a_way_back(language: str) -> None:
    screen = refusals.screen(words_for(language), errors.GoneError())

    assert screen.rows == ((Key(words_for(language)("button-home"), buttons.Home()),),)


@pytest.mark.parametrize("language", languages())
def test_fault_tells_the_code(language: str) -> None:
    screen = refusals.fault(words_for(language), "BCDFGH")

    assert "BCDFGH" in screen.text
