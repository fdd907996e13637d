"""`musubi serve`: the current release over HTTP."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from musubi.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.")
@click.option("--releases", type=click.Path(path_type=Path, file_okay=False), help="Folder of releases.")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, releases: Path | None) -> None:
    """Serve the current release until interrupted: SPARQL, questions, pages."""
    _start(
        replace(
            settings,
            host=host or settings.host,
            port=settings.port if port is None else port,
            releases=releases or settings.releases,
        )
    )


def _start(settings: Settings) -> None:
    from musubi.server.serving import serve as serve_release

    serve_release(settings, lambda address: click.echo(f"musubi: serving {address} (Ctrl-C ends it)", err=True))
