"""``mujaz serve`` and ``mujaz demo``: the service in one process, or in several that share a port."""

from __future__ import annotations

import argparse
import functools
import ipaddress
import logging
import os
import signal
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.errors import ConfigError
from summarizer.service.settings import ServiceSettings
from summarizer.service.shape import whole

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

_PORT = 8000
_MAX_WORKERS = 16
_DRAIN_S = 30.0
"""Seconds that accepted requests are given at the end, at least: no fewer than a brief may take."""


def add_serve(parser: argparse.ArgumentParser) -> None:
    """The flags of ``mujaz serve``."""
    _add_common(parser)
    parser.add_argument("--workers", type=whole(1, _MAX_WORKERS), default=1, metavar="N", help=_WORKERS_HELP)
    parser.add_argument("--api-key-file", metavar="FILE", help="ask for one of the keys in it, one a line")
    parser.add_argument("--no-page", action="store_true", help="the API without the web page")
    parser.add_argument("--max-batch", type=whole(1, 64), default=8, metavar="N", help="articles written together (8)")
    parser.add_argument("--max-queue", type=whole(32, 10_000), default=64, metavar="N", help=_QUEUE_HELP)
    parser.set_defaults(run=_serve)


def add_demo(parser: argparse.ArgumentParser) -> None:
    """The flags of ``mujaz demo``."""
    _add_common(parser)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.set_defaults(run=_demo)


_LEVELS = ("debug", "info", "warning", "error")
_CORS_HELP = "a page of another host whose scripts may ask the API, https://…; again for more"


def _rooted(value: str) -> str:
    """``/mujaz`` or nothing."""
    path = value.rstrip("/")
    if path and (not path.startswith("/") or any(char in path for char in " ?#")):
        raise argparse.ArgumentTypeError(f"expected a path such as /mujaz; got {value!r}")
    return path


def _origin(value: str) -> str:
    """``https://news.example``: scheme and host, no path."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise argparse.ArgumentTypeError(f"expected an origin such as https://news.example; got {value!r}")
    return f"{parts.scheme}://{parts.netloc}"


_WORKERS_HELP = f"processes, each with the model in memory (1-{_MAX_WORKERS}; 1); more than one serve no page"
_QUEUE_HELP = "articles that may wait before new ones are answered 429 (64)"


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", metavar="FILE", help="a TOML file of these settings: max_queue = 128; MUJAZ_CONFIG")
    parser.add_argument("--log-level", choices=_LEVELS, default="warning", help="info: a line a request (warning)")
    parser.add_argument(
        "--timeout", type=whole(1, 3_600), default=30, metavar="S", help="seconds a brief may take (30)"
    )
    parser.add_argument("--root-path", type=_rooted, default="", metavar="PATH", help="where a reverse proxy shows it")
    parser.add_argument("--cors-origin", action="append", type=_origin, metavar="URL", help=_CORS_HELP)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=whole(0, 65_535), default=_PORT, help=f"port; 0: any free one ({_PORT})")
    parser.add_argument("--backend", default="default", metavar="NAME", help="see `mujaz models`, or a folder")


def _serve(arguments: argparse.Namespace) -> int:
    """`mujaz serve`: listen until told to stop."""
    page = not arguments.no_page and arguments.workers == 1
    _check(arguments.backend, page)
    from summarizer.service.web.keys import read_keys

    settings = ServiceSettings(
        **_common(arguments),
        keys=read_keys(Path(arguments.api_key_file)) if arguments.api_key_file else (),
        page=page,
        max_batch=arguments.max_batch,
        max_queue=arguments.max_queue,
    )
    return _listen(arguments, settings, workers=arguments.workers)


def _demo(arguments: argparse.Namespace) -> int:
    """`mujaz demo`: the page, on this machine, in a browser."""
    _check(arguments.backend, page=True)
    return _listen(arguments, ServiceSettings(**_common(arguments)), browser=not arguments.no_browser)


def _common(arguments: argparse.Namespace) -> dict[str, Any]:
    """The settings that both commands have flags for."""
    return {
        "backend": arguments.backend,
        "log_level": arguments.log_level,
        "timeout_s": float(arguments.timeout),
        "drain_s": max(_DRAIN_S, float(arguments.timeout)),
        "root_path": arguments.root_path,
        "cors_origins": tuple(arguments.cors_origin or ()),
    }


def _listen(
    arguments: argparse.Namespace, settings: ServiceSettings, *, workers: int = 1, browser: bool = False
) -> int:
    """Bind the port, say where, and run until SIGTERM or SIGINT; accepted requests are answered first."""
    import uvicorn

    from summarizer.service.web.draining import DrainingProtocol, DrainingWorkers

    config = uvicorn.Config(
        functools.partial(make_app, settings),
        factory=True,
        http=DrainingProtocol,
        host=arguments.host,
        port=arguments.port,
        workers=workers,
        timeout_graceful_shutdown=round(settings.drain_s),
        server_header=False,
        log_level="warning",
        lifespan="on",
    )
    listening = _bind(config)
    host, port = listening.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    _announce(settings, host, address)
    if workers > 1:
        DrainingWorkers(config, sockets=[listening]).run()
        return 0
    return _run_one(config, listening, address if browser else "")


def _announce(settings: ServiceSettings, host: str, address: str) -> None:
    """Where it listens, on standard error; and that it is open to others, if it is."""
    shown = f"{address}  (API: {address}/docs)" if settings.page else f"{address}/docs  (the API, without the page)"
    sys.stderr.write(f"mujaz: {shown}\n")
    if not settings.keys and not ipaddress.ip_address(host).is_loopback:
        sys.stderr.write("mujaz: warning: whoever reaches this address may use it; --api-key-file asks for a key\n")


def _run_one(config: uvicorn.Config, listening: socket.socket, browse: str) -> int:
    """One server in this process; ``BackendError`` when its model could not be loaded."""
    from summarizer.service.web.draining import DrainingServer

    server = DrainingServer(config)
    if browse:
        import webbrowser

        webbrowser.open(browse)
    # When all is answered, uvicorn raises the signal again: a stop that went well is no failure.
    signal.signal(signal.SIGTERM, lambda *_: None)
    server.run(sockets=[listening])
    if _FAILURES:
        raise _FAILURES[0]
    return 0


_FAILURES: list[Exception] = []


def make_app(settings: ServiceSettings) -> FastAPI:
    """The application of one worker, its writer in a process beside it."""
    from summarizer.service.queue.writers import Apart, Loaded
    from summarizer.service.web.api import create_app

    class Needed(Apart):
        """A model that cannot be loaded at the start stops the service, with the reason."""

        def start(self) -> Loaded:
            try:
                loaded = super().start()
                sys.stderr.write(f"mujaz: ready ({loaded.model}, {loaded.article_s or 0:.2f} s for a first article)\n")
                return loaded
            except Exception as error:
                _FAILURES.append(error)
                os.kill(os.getpid(), signal.SIGTERM)
                raise

    _log(settings.log_level)
    return create_app(settings, Needed(settings.backend))


def _log(level: str) -> None:
    """The service's own log on standard error; nothing of an article is in it at any level."""
    logger = logging.getLogger("mujaz")
    logger.setLevel(level.upper())
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False


def _check(backend: str, page: bool) -> None:
    """Fail before listening when the backend has no such name or the libraries are not there."""
    from summarizer.backends.base import BACKENDS
    from summarizer.errors import UnknownName

    if backend not in BACKENDS and not Path(backend).is_dir():
        raise UnknownName("backend, or a path to a checkpoint folder", backend, BACKENDS)
    # Looked for, not imported: that takes seconds, and a key file that is not there should be said at once.
    needed = ("fastapi", "prometheus_client", "uvicorn", *(("gradio",) if page else ()))
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise ConfigError(
            expected="the libraries of the service",
            got=f"no {' and no '.join(missing)}",
            hint='in a clone: pip install -c constraints.txt ".[serve]"',
        )


def _bind(config: uvicorn.Config) -> socket.socket:
    """The listening socket; ``ConfigError`` instead of a traceback when the port is taken."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((config.host, config.port))
    except OSError as error:
        listening.close()
        raise ConfigError(
            expected="an address that is free to listen on",
            got=f"{config.host}:{config.port} ({error.strerror or error})",
            hint="choose another --host or --port",
        ) from error
    listening.listen(2048)
    listening.set_inheritable(True)
    return listening
