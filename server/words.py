"""The words of the interface, in both languages, from words.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml

LANGUAGES = ("en", "ja")
"""The languages of the interface; the first is given to those who ask for neither."""


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by `section.name` and language."""

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls) -> Words:
        """The words that the package carries."""
        sections = yaml.safe_load(files("musubi.server").joinpath("words.yaml").read_text(encoding="utf-8"))
        return cls({f"{section}.{name}": pair for section, words in sections.items() for name, pair in words.items()})

    def text(self, key: str, language: str, /, **values: object) -> str:
        """The text of a key, with values put in. Raises KeyError, if there is no such text or value."""
        return self.texts[key][language].format(**values)

    def known(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self.texts

    def counted(self, key: str, language: str, number: int, /, **values: object) -> str:
        """The text `key-0`, `key-1` or `key-n` that fits a number; `key-n` where the others are not there."""
        exact = f"{key}-{number}"
        return self.text(exact if self.known(exact) else f"{key}-n", language, **values)
