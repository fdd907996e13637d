"""What a request asks for, read strictly: bytes that are no UTF-8 are an error, not a different question."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import g, request

from musubi.errors import BadParameter, BadRequest
from musubi.server.negotiation import language_of
from musubi.server.words import LANGUAGES

_MOST_FIELDS = 1_000


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an address or a form, in order."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, encoded: bytes) -> Fields:
        """The fields of `application/x-www-form-urlencoded` bytes. Raises: BadRequest, if they are no UTF-8.

        Source: SPARQL 1.1 Protocol, section 2.1; WHATWG URL, section 5.1.
        """
        try:
            # Given bytes, some versions of Python refuse values beyond ASCII; Latin-1 keeps each byte as it is.
            text = encoded.decode("latin-1")
            pairs = parse_qsl(text, keep_blank_values=True, encoding="latin-1", max_num_fields=_MOST_FIELDS)
            return cls(tuple((_utf8(name), _utf8(value)) for name, value in pairs))
        except UnicodeDecodeError as error:
            raise BadRequest(f"a field is not UTF-8: {error.object[:40]!r}") from None
        except ValueError:
            raise BadRequest(f"more than {_MOST_FIELDS} fields were given") from None

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a field, in order."""
        return tuple(value for known, value in self.pairs if known == name)

    def one(self, name: str) -> str | None:
        """The value of a field, or None. Raises: BadParameter, if it is given more than once."""
        values = self.all(name)
        if len(values) > 1:
            raise BadParameter(f"{name} is given {len(values)} times")
        return values[0] if values else None

    def given(self) -> dict[str, str]:
        """The fields that are not empty, as a form sends those that nobody filled in.

        Raises: BadParameter, if one is given more than once.
        """
        values = {name: self.one(name) for name, _ in self.pairs}
        return {name: value for name, value in values.items() if value}


def _utf8(text: str) -> str:
    return text.encode("latin-1").decode("utf-8")


def address_fields() -> Fields:
    """The fields of the address. Raises: BadRequest."""
    return Fields.read(request.query_string)


def language() -> str:
    """The language that is asked for: by `?language=`, else by the header Accept-Language.

    Raises: BadParameter, if `?language=` is another one than those there are.
    """
    if "language" not in g:
        g.language = _language()
    return str(g.language)


def chosen_language() -> str | None:
    """The language that the address says, so that links from here have to keep it; None where it says none."""
    try:
        asked = address_fields().one("language")
    except BadRequest:
        return None
    return asked if asked in LANGUAGES else None


def language_for_a_problem() -> str:
    """The language to say in that something is wrong, even where the language itself is."""
    try:
        return language()
    except BadRequest:
        return language_of(request.headers.get("Accept-Language"), LANGUAGES)


def _language() -> str:
    asked = address_fields().one("language")
    if not asked:
        return language_of(request.headers.get("Accept-Language"), LANGUAGES)
    if asked not in LANGUAGES:
        raise BadParameter(f"language: {asked!r} is not one of {', '.join(LANGUAGES)}", allowed=LANGUAGES)
    return asked
