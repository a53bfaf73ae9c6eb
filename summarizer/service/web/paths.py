"""The path of a request as the routes know it."""

from __future__ import annotations

from starlette.types import Scope


def path_of(scope: Scope) -> str:
    """``/v1/brief``, also where a reverse proxy shows the service under a path of its own (``root_path``)."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
