"""What hosts have to be told to give the files of the twin their media types.

Source: Apache HTTP Server 2.4, mod_mime, mod_negotiation and mod_rewrite; the file `_headers` as Netlify and Cloudflare
Pages read it.
"""

from __future__ import annotations

from musubi.build.syntax import GZIP
from musubi.server.media import CONTEXT, GRAPHS, HTML, JSON, RESULTS, Representation

_CORS = "Access-Control-Allow-Origin: *"


def files(policy: str) -> dict[str, str]:
    """The files for hosts by name. `policy` is the value of Content-Security-Policy."""
    return {".htaccess": _htaccess(policy), "_headers": _headers(policy)}


def content_type(one: Representation) -> str:
    """The value of Content-Type."""
    return f"{one.media_type}; charset=utf-8" if one.media_type.startswith("text/") else one.media_type


def _by_suffix() -> dict[str, str]:
    """The type of each suffix that means the same everywhere."""
    forms = [(one.suffix, content_type(one)) for one in (HTML, *GRAPHS, *RESULTS, CONTEXT) if one.suffix != "json"]
    return dict(forms) | {"gz": GZIP, "json": JSON.media_type, "svg": "image/svg+xml", "css": "text/css; charset=utf-8"}


def _headers(policy: str) -> str:
    # A host joins the values of all blocks that fit a file: no two of these may fit the same one.
    types = {f"/*.{suffix}": kind for suffix, kind in sorted(_by_suffix().items()) if suffix != "json"}
    types |= {"/queries/*.json": RESULTS[0].media_type, "/release/*.json": JSON.media_type}
    types["/data.json"] = JSON.media_type
    blocks = [f"/*\n  {_CORS}\n  X-Content-Type-Options: nosniff\n  Content-Security-Policy: {policy}\n"]
    blocks += [f"{pattern}\n  Content-Type: {kind}\n" for pattern, kind in types.items()]
    return "\n".join(blocks)


def _htaccess(policy: str) -> str:
    types = "".join(f'AddType "{kind}" .{suffix}\n' for suffix, kind in sorted(_by_suffix().items()))
    return f"""\
DirectoryIndex index.html
DirectorySlash Off
AddLanguage ja .ja
RemoveEncoding .gz
{types}<IfModule mod_headers.c>
    Header set {_CORS.replace(": ", " ")}
    Header set X-Content-Type-Options nosniff
    Header set Content-Security-Policy "{policy}"
</IfModule>
<IfModule mod_rewrite.c>
    RewriteEngine On
    # Answers to questions are JSON of their own kind.
    RewriteRule ^queries/.*\\.json$ - [T={RESULTS[0].media_type}]
    # What has an IRI without a suffix answers on it with the page about it.
    RewriteCond %{{REQUEST_FILENAME}}.html -f
    RewriteRule ^(.+)$ $1.html [L]
</IfModule>
"""
