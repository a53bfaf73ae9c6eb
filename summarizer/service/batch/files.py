"""The files of a batch under way: written whole or not at all, and one job at a time.

``OUTPUT.parts/`` holds the lock, the manifest and the finished shards; it goes when the output is complete.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from summarizer.errors import ConfigError, DataError
from summarizer.service.batch.work import DoneShard, Tally

_TRAILER_BYTES = 4096
_NOTHING_DONE = frozenset({"lock", "input", "input.tmp"})
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


class Parts:
    """The folder of a batch under way, locked for as long as it is open."""

    def __init__(self, output: Path) -> None:
        self.folder = output.with_name(output.name + ".parts")
        self.manifest = self.folder / "manifest.json"
        self.input = self.folder / "input"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, or ``ConfigError`` when another job does. A folder of no job is not left behind."""
        with writing(self.folder):
            lock = self._acquire()
        try:
            yield
        finally:
            with suppress(OSError):
                if self.folder.exists() and {entry.name for entry in self.folder.iterdir()} <= _NOTHING_DONE:
                    shutil.rmtree(self.folder)
            lock.close()

    def _acquire(self) -> IO[str]:
        path = self.folder / "lock"
        while True:
            self.folder.mkdir(exist_ok=True)
            try:
                lock = path.open("a")
            except FileNotFoundError:  # the job that had it has just removed the folder
                continue
            if not _lock(lock):
                lock.close()
                raise ConfigError(
                    expected="one job an output",
                    got=f"another `mujaz batch` at work on {self.folder.name.removesuffix('.parts')}",
                    hint="wait for it, or choose another output",
                )
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), path.stat()):
                    return lock
            lock.close()

    def keep_input(self, stream: IO[bytes]) -> None:
        """Keep all of ``stream`` at ``input``: what a pipe gives is read twice. ``DataError`` when it cannot be."""
        with atomic(self.input) as kept:
            shutil.copyfileobj(stream, kept)

    def shard(self, index: int) -> Path:
        """Where the shard of that number is kept."""
        return self.folder / f"shard-{index:08d}.txt"

    def write(self, shard: DoneShard) -> None:
        """Keep a finished shard for good. ``DataError`` when it cannot be written; then nothing of it is left."""
        with atomic(self.shard(shard.number)) as stream:
            stream.write(shard.text)

    def tally(self, index: int) -> Tally | None:
        """The tally of a finished shard; None when the shard is not there or not whole."""
        try:
            with self.shard(index).open("rb") as stream:
                size = stream.seek(0, os.SEEK_END)
                stream.seek(max(0, size - _TRAILER_BYTES))
                tail = stream.read()
            if not tail.endswith(b"\n"):
                return None
            last = tail.rstrip(b"\n").rpartition(b"\n")[2]
            return Tally.of_json(json.loads(last.removeprefix(b"#")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def lines(self, count: int) -> Iterator[tuple[bytes, bytes]]:
        """Mark and JSON line of every row of the first ``count`` shards, in order."""
        for index in range(count):
            with self.shard(index).open("rb") as stream:
                for line in stream:
                    if line[:1] != b"#":
                        yield line[:1], line[1:]

    def remove(self) -> None:
        """Delete the folder, the manifest first, so that half a folder is never taken for a job."""
        self.manifest.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def _lock(stream: IO[str]) -> bool:
    """True when this process now holds the lock; it goes with the process, however that ends."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


@contextmanager
def atomic(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes are at ``path`` when the block ends, all of them and on the disk, or not at all."""
    temporary = path.with_name(path.name + ".tmp")
    with writing(path):
        try:
            with temporary.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a small JSON file, whole or not at all."""
    with atomic(path) as stream:
        stream.write((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def sync_folder(folder: Path) -> None:
    """Flush a folder to the disk: only then has a file that was renamed in it its name for good (POSIX)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """A block whose ``OSError`` is raised as a ``DataError`` that names ``path`` and what to do."""
    try:
        yield
    except OSError as error:
        hint = "check the path"
        if error.errno in _FULL:
            hint = "make room and run the same command again: what is finished is kept"
        elif error.errno in _FORBIDDEN:
            hint = "choose a folder that may be written to"
        raise DataError(
            expected="an output that can be written", got=f"{path}: {error.strerror or error}", hint=hint
        ) from error
