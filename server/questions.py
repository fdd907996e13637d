"""Canned questions as addresses: a form with its answer for people, the answer alone for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from flask import Blueprint, Response, json, request

from musubi.errors import BadParameter
from musubi.server import asked
from musubi.server.ask import answer, rows
from musubi.server.bind import iri_of
from musubi.server.entity import Known, things
from musubi.server.labels import labels
from musubi.server.media import HTML, JSON, RESULTS
from musubi.server.negotiation import Choice, chosen, chosen_by_suffix
from musubi.server.page import html
from musubi.server.question import Question, found
from musubi.server.reply import replied
from musubi.server.sheet import MOST_ROWS, Sheet, sheet
from musubi.server.site import site

blueprint = Blueprint("questions", __name__)

_OFFERED = (*RESULTS, HTML)
# Spreadsheet programs open these; everything else is looked at.
_SAVED = frozenset({"csv", "tsv"})


@blueprint.get("/queries")
def listing() -> Response:
    """All questions."""
    choice, language = chosen(request.headers.get("Accept"), (HTML, JSON)), asked.language()
    if choice.representation is JSON:
        return replied(choice, language, _as_json)
    return replied(choice, language, lambda: html("questions.html", language, questions=site().questions.values()))


@blueprint.get("/queries/<name>")
def question(name: str) -> Response:
    """One question, answered."""
    stem, dot, suffix = name.rpartition(".")
    one = found(dict(site().questions), stem if dot else name)
    choice = chosen_by_suffix(suffix, _OFFERED) if dot else chosen(request.headers.get("Accept"), _OFFERED)
    values = asked.address_fields().given()
    values.setdefault("language", asked.language())
    if choice.representation is HTML:
        return _page(one, choice, values)
    media_type = choice.representation.media_type
    response = replied(choice, values["language"], lambda: answer(site().engine, one, values, media_type))
    if suffix in _SAVED and dot:
        response.headers["Content-Disposition"] = f'attachment; filename="{one.name}.{suffix}"'
    return response


def _page(one: Question, choice: Choice, values: dict[str, str]) -> Response:
    language = asked.language()
    try:
        return replied(choice, language, lambda: _answered(one, values, language))
    except BadParameter as error:
        response = Response(_form(one, values, language, error=error), 400, content_type=choice.content_type)
        response.cache_control.no_store = True
        return response


def _answered(one: Question, values: dict[str, str], language: str) -> str:
    titles = {column.name: column.title.text(language) for column in one.columns}
    source = site().words.text("question.source", language) if one.sources else ""
    return _form(one, values, language, answer=sheet(rows(site().engine, one, values), titles, source))


def _form(
    one: Question,
    values: Mapping[str, str],
    language: str,
    answer: Sheet | None = None,
    error: BadParameter | None = None,
) -> str:
    options = {each.name: _options(each.of, language) for each in one.parameters if each.type == "entity"}
    return html(
        "question.html",
        language,
        question=one,
        values=values,
        options=options,
        choices=_choices(one, language),
        sheet=answer,
        error=error,
        most_rows=MOST_ROWS,
        results=RESULTS,
    )


def _options(of: str, language: str) -> list[Known]:
    return sorted(things(site().engine, site().names, of), key=lambda one: (one.label(language), one.curie))


def _choices(one: Question, language: str) -> dict[str, dict[str, str]]:
    """The values of each choice with the words for them: those of the header, else the label of what they name."""
    iris = {value: iri for each in one.parameters for value in each.values if (iri := iri_of(one.names, value))}
    shown = labels(iris.values(), language)
    words = {value: shown.named(iri).text for value, iri in iris.items()}
    for each in one.parameters:
        words |= {value: title.text(language) for value, title in zip(each.values, each.value_titles, strict=False)}
    return {each.name: {value: words.get(value, value) for value in each.values} for each in one.parameters}


def _as_json() -> str:
    listed = [
        {
            "name": one.name,
            "title": asdict(one.title),
            "description": asdict(one.description),
            "parameters": {each.name: each.type for each in one.parameters},
            "columns": [column.name for column in one.columns],
        }
        for one in site().questions.values()
    ]
    return json.dumps(listed, ensure_ascii=False)
