"""Buttons: what travels in 64 bytes comes back as it was, and nothing else is taken for one."""

from dataclasses import fields
from enum import StrEnum
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.buttons import CODES, MOST_BYTES, VERSION, Agree, Button, OpenEvent, unpack
from handlers.registration import COLUMNS
from handlers.routing import Routes
from storage.ids import EventId

ROUTES = Routes(COLUMNS)
_NUMBER = st.integers(0, 999_999)
_WORD = st.from_regex(r"[A-Za-z0-9_-]{0,22}", fullmatch=True)


def value_of(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any field's annotation
    if hint is bool:
        return st.booleans()
    if hint is str:
        return _WORD
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return _NUMBER


def any_of(kind: type[Button]) -> st.SearchStrategy[Button]:
    hints = get_type_hints(kind)
    named: list[str] = [field.name for field in fields(kind)]  # type: ignore[arg-type]  # every button is a dataclass
    return st.builds(kind, **{name: value_of(hints[name]) for name in named})


BUTTONS = st.sampled_from(sorted(CODES, key=lambda kind: kind.__name__)).flatmap(any_of)


@given(BUTTONS)
def test_button_comes_back_as_it_was_and_fits(button: Button) -> None:
    data = button.pack()

    assert unpack(data) == button
    assert 1 <= len(data.encode()) <= MOST_BYTES


@given(BUTTONS, st.data())
def test_f57_mutated_button_is_none_or_exactly_what_another_packs_to(
    button: Button, data: st.DataObject
) -> None:
    packed = button.pack()
    at = data.draw(st.integers(0, len(packed)))
    cut = data.draw(st.integers(0, 3))
    mutated = packed[:at] + data.draw(st.text(max_size=3)) + packed[at + cut :]

    read = unpack(mutated)

    assert read is None or read.pack() == mutated


@given(st.text(max_size=80))
def test_f57_arbitrary_text_never_raises(text: str) -> None:
    read = unpack(text)

    assert read is None or read.pack() == text


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "1",
        "ev:1",
        "2ev:1",
        "11ev:1",
        "1ev",
        "1ev:",
        "1ev:-1",
        "1ev:+1",
        "1ev:01",
        "1ev: 1",
        "1ev:1:",
        "1ev:1:2",
        "1ev:1e3",
        "1ev:٣",
        "1ev:²",
        "1ev:9999999999999999999",
        "1dk:1:2",
        "1dk:1:true",
        "1ra:1:perhaps:0",
        "1zz:1",
    ],
)
def test_f57_what_no_button_packs_to_is_none(data: str) -> None:
    assert unpack(data) is None


def test_button_past_64_bytes_is_refused_when_packed() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Agree("fr", "x" * 64).pack()


def test_every_button_has_a_code_of_its_own_and_a_route() -> None:
    assert len(set(CODES.values())) == len(CODES)
    assert set(ROUTES.taps) == set(CODES)
    assert OpenEvent(EventId(7)).pack() == f"{VERSION}ev:7"
