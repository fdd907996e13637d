"""The application: one release, its pages and its endpoint."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from musubi.build.release import current
from musubi.data import question_files
from musubi.server import (
    catalogue,
    context,
    documents,
    dumps,
    encoding,
    graphs,
    health,
    pages,
    problem,
    protocol,
    questions,
    releases,
    reply,
    signposts,
    terms,
    things,
)
from musubi.server.engine import Engine
from musubi.server.pool import Pool
from musubi.server.question import questions as read_questions
from musubi.server.site import EXTENSION, Site
from musubi.server.texts import Texts
from musubi.server.words import Words
from musubi.settings import Settings
from musubi.vocabulary import Names

_BODY_BYTES = 1_000_000


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The application that serves the current release, with its own pool of processes where no engine is given.

    Whoever calls this closes the engine: see musubi.server.site.
    Raises: NoRelease; InvalidGraph, if a question is wrong.
    """
    app = Flask(__name__)
    app.extensions[EXTENSION] = _site(settings, engine)
    app.config["MAX_CONTENT_LENGTH"] = _BODY_BYTES
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    for module in (pages, questions, documents, things, terms, graphs, releases, context, protocol, health):
        app.register_blueprint(module.blueprint)
    for module in (dumps, catalogue):
        app.register_blueprint(module.blueprint)
    problem.register(app)
    # What is registered last is done first: an answer is complete before it is compressed.
    encoding.register(app)
    app.after_request(reply.finished)
    signposts.register(app)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count, x_prefix=count)  # type: ignore[method-assign]
    return app


def _site(settings: Settings, engine: Engine | None) -> Site:
    names = Names(settings.base)
    release = current(settings.releases)
    known = read_questions(question_files(), names)
    words, texts = Words.read(), Texts(settings.documents)
    # Last, so that nothing that goes wrong before leaves processes behind.
    return Site(settings, release, engine or Pool(release.dataset, settings), known, words, texts, names)
