"""Messages between the server and an evaluating process: one letter, the length of the body, the body."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO, Literal, cast

Tag = Literal["r", "q", "S", "A", "G", "b", "l", "m"]
"""r ready, q query; answers: S select, A ask, G graph, b bad query, l too large, m out of memory."""

_HEAD = struct.Struct(">cQ")


@dataclass(frozen=True, slots=True)
class Request:
    """One query with its dataset parameters, for an evaluating process."""

    query: str
    media_type: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """The request as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, body: bytes) -> Request:
        """The request that `to_bytes` wrote."""
        fields = json.loads(body)
        graphs = (tuple(fields[name]) for name in ("default_graphs", "named_graphs"))
        return cls(fields["query"], fields["media_type"], *graphs)


def write(stream: BinaryIO, tag: Tag, body: bytes) -> None:
    """Nothing; the frame is on its way afterwards. Raises: OSError, if nobody reads."""
    stream.write(_HEAD.pack(tag.encode(), len(body)))
    stream.write(body)
    stream.flush()


def read(stream: BinaryIO) -> tuple[Tag, bytes]:
    """The next frame. Raises: EOFError, if the stream ends before it or within it."""
    tag, length = _HEAD.unpack(_exactly(stream, _HEAD.size))
    return cast(Tag, tag.decode("ascii")), _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return body
