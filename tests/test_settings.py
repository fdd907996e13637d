import dataclasses
from pathlib import Path

import pytest

from musubi.errors import BadParameter
from musubi.settings import PREFIX, Settings


def test_without_variables_every_setting_has_its_default() -> None:
    assert Settings.from_env({}) == Settings()


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("MUSUBI_BASE", "https://example.org/", "https://example.org/"),
        ("MUSUBI_DOCUMENTS", "texts", Path("texts")),
        ("MUSUBI_SEEDS", "/seeds", Path("/seeds")),
        ("MUSUBI_RELEASES", "out", Path("out")),
        ("MUSUBI_PORT", "80", 80),
        ("MUSUBI_QUERY_SECONDS", "0.5", 0.5),
    ],
)
def test_a_variable_gives_its_setting_in_its_type(variable: str, text: str, value: object) -> None:
    read = Settings.from_env({variable: text})
    assert getattr(read, variable.removeprefix(PREFIX).lower()) == value
    assert type(getattr(read, variable.removeprefix(PREFIX).lower())) is type(value)


def test_every_setting_can_be_given_as_a_variable() -> None:
    fields = dataclasses.fields(Settings)
    assert len(fields) >= 12
    for field in fields:
        variable = PREFIX + field.name.upper()
        assert Settings.from_env({variable: "7"}) != Settings(), variable


def test_other_variables_are_none_of_its_business() -> None:
    assert Settings.from_env({"PATH": "x", "NOT_MUSUBI_PORT": "x"}) == Settings()


@pytest.mark.parametrize("variable", ["MUSUBI_PORT", "MUSUBI_WORKERS", "MUSUBI_QUERY_SECONDS"])
def test_a_value_of_the_wrong_form_is_refused_by_name(variable: str) -> None:
    with pytest.raises(BadParameter, match=f"{variable}: 'many' is not of the expected form"):
        Settings.from_env({variable: "many"})


def test_a_variable_that_names_no_setting_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadParameter, match="MUSUBI_PROT names no setting") as caught:
        Settings.from_env({"MUSUBI_PROT": "1"})
    assert "MUSUBI_PORT" in caught.value.allowed


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]
