"""The server on a port. It says nothing on its own: whoever starts it may, once it is ready."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from typing import cast

import waitress

from musubi.errors import AddressTaken
from musubi.server.app import create_app
from musubi.server.site import EXTENSION, Site
from musubi.settings import Settings

log = logging.getLogger(__name__)

# Pages and health must not wait behind those who wait for an evaluator.
_FURTHER_THREADS = 4
_CONNECTIONS = 2_000
_MOST_BODY = 8_000_000


def serve(settings: Settings, ready: Callable[[str], None] | None = None) -> None:
    """Nothing; returns when the process is asked to stop. `ready` is told the address once requests are answered.

    Raises: AddressTaken, before anything is loaded; NoRelease.
    """
    listener = _listener(settings)
    try:
        app = create_app(settings)
        site = cast(Site, app.extensions[EXTENSION])
        try:
            server = waitress.create_server(
                app,
                sockets=[listener],
                threads=settings.workers + settings.queue + _FURTHER_THREADS,
                connection_limit=_CONNECTIONS,
                max_request_body_size=_MOST_BODY,
                ident=None,
                # The application decides whom to believe, see Settings.proxies.
                clear_untrusted_proxy_headers=not settings.proxies,
            )
            if ready:
                ready(_address(settings.host, listener.getsockname()[1]))
            log.info("serving release %s", site.release.id)
            server.run()
        finally:
            site.engine.close()
    finally:
        listener.close()


def _listener(settings: Settings) -> socket.socket:
    """A socket that listens: taken before the data is loaded, so that a taken port is known at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise AddressTaken(f"{settings.host} is no address of this machine: {error}") from None
    try:
        if sys.platform != "win32":
            # There it would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_CONNECTIONS)
    except OSError as error:
        listener.close()
        raise AddressTaken(f"cannot listen on {settings.host}:{settings.port}: {error.strerror or error}") from None
    return listener


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
