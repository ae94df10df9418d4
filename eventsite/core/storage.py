"""Files by the hash of their content, in a folder or an S3 bucket: written whole or not at all, never overwritten."""

import errno
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import unquote, urlsplit

from eventsite.core.errors import NotFound, StorageFull, Unavailable
from eventsite.core.i18n import lazy_gettext as _l

CHUNK = 1 << 18
_KEY = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class Store(Protocol):
    """What a place for files can do; keys are the SHA-256 of the content in hexadecimal."""

    def put(self, content: bytes | Path | IO[bytes]) -> str: ...
    def open_key(self, key: str) -> IO[bytes]: ...
    def path_of(self, key: str) -> Path | None: ...
    def exists(self, key: str) -> bool: ...
    def size(self, key: str) -> int: ...
    def delete(self, key: str) -> None: ...
    def keys(self) -> Iterator[str]: ...


def _checked(key: str) -> str:
    """Refuses everything that is not a key, so that no key can become a path."""
    if not _KEY.fullmatch(key):
        raise NotFound(_l("There is no such file."))
    return key


def _pieces(content: bytes | Path | IO[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as file:
            yield from iter(lambda: file.read(CHUNK), b"")
    else:
        yield from iter(lambda: content.read(CHUNK), b"")


@contextmanager
def _told_clearly() -> Iterator[None]:
    """Turns what the operating system says into a sentence for the person who uploads."""
    try:
        yield
    except FileNotFoundError:
        raise NotFound(_l("There is no such file.")) from None
    except OSError as problem:
        if problem.errno in _NO_ROOM:
            raise StorageFull(
                _l("The file could not be stored because the disk is full. Nothing was saved.")
            ) from problem
        raise Unavailable(_l("The file store cannot be used at the moment. Nothing was saved.")) from problem


class Folder:
    """Files under `ab/cd/<key>` in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / _checked(key)[:2] / key[2:4] / key

    def put(self, content: bytes | Path | IO[bytes]) -> str:
        """Writes to a temporary file, flushes it to the disk and renames it; the same content is one file."""
        with _told_clearly():
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".new-", dir=self.folder)
            temporary = Path(name)
            try:
                digest = hashlib.sha256()
                with os.fdopen(handle, "wb") as file:
                    for piece in _pieces(content):
                        digest.update(piece)
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                key = digest.hexdigest()
                self._settle(temporary, self._path(key))
            finally:
                with suppress(FileNotFoundError):
                    temporary.unlink()
        return key

    def _settle(self, temporary: Path, target: Path) -> None:
        if target.exists() and target.stat().st_size == temporary.stat().st_size:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.chmod(0o640)
        temporary.replace(target)
        for folder in (target.parent, target.parent.parent, self.folder):
            entry = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(entry)
            finally:
                os.close(entry)

    def open_key(self, key: str) -> IO[bytes]:
        with _told_clearly():
            return self._path(key).open("rb")

    def path_of(self, key: str) -> Path | None:
        return self._path(key)

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def size(self, key: str) -> int:
        with _told_clearly():
            return self._path(key).stat().st_size

    def delete(self, key: str) -> None:
        with _told_clearly(), suppress(FileNotFoundError):
            self._path(key).unlink()

    def keys(self) -> Iterator[str]:
        return (path.name for path in sorted(self.folder.glob("??/??/*")) if _KEY.fullmatch(path.name))


class Bucket:
    """Files under `<prefix>/<key>` in an S3 bucket; credentials come from the environment as for every S3 client."""

    def __init__(self, url: str) -> None:
        from obstore.store import from_url

        self._options: dict[str, Any] = {
            "client_options": {"timeout": "30s", "allow_http": url.startswith("s3+http://")}
        }
        self._store: Any = from_url(url.replace("s3+http://", "s3://"), **self._options)

    @contextmanager
    def _told_clearly(self) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except FileNotFoundError:
            raise NotFound(_l("There is no such file.")) from None
        except (BaseError, OSError) as problem:
            raise Unavailable(_l("The file store cannot be used at the moment. Nothing was saved.")) from problem

    def put(self, content: bytes | Path | IO[bytes]) -> str:
        """Spools and hashes first: the key must be known before the upload, which shows only when complete."""
        digest = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=8 * CHUNK) as spool:
            with _told_clearly():
                for piece in _pieces(content):
                    digest.update(piece)
                    spool.write(piece)
            key = digest.hexdigest()
            spool.seek(0)
            with self._told_clearly():
                if not self.exists(key):
                    self._store.put(key, spool)
        return key

    def open_key(self, key: str) -> IO[bytes]:
        import obstore

        with self._told_clearly():
            reader: Any = obstore.open_reader(self._store, _checked(key))
            return io.BufferedReader(_Raw(reader))

    def path_of(self, key: str) -> Path | None:  # a bucket has no paths
        return None

    def exists(self, key: str) -> bool:
        try:
            self.size(key)
        except NotFound:
            return False
        return True

    def size(self, key: str) -> int:
        with self._told_clearly():
            return int(self._store.head(_checked(key))["size"])

    def delete(self, key: str) -> None:
        with suppress(NotFound), self._told_clearly():
            self._store.delete(_checked(key))

    def keys(self) -> Iterator[str]:
        with self._told_clearly():
            for page in self._store.list():
                yield from (name for entry in page if _KEY.fullmatch(name := entry["path"].rpartition("/")[2]))


class _Raw(io.RawIOBase):
    """The bucket's reader as a seekable file of the standard library."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._reader.seek(offset, whence))

    def tell(self) -> int:
        return int(self._reader.tell())

    def readinto(self, buffer: Any) -> int:
        piece = bytes(self._reader.read(len(buffer)))
        buffer[: len(piece)] = piece
        return len(piece)


def from_url(url: str) -> Store:
    """The store a setting names: `file:DIR` (or a plain path) or `s3://bucket/prefix`, else ValueError."""
    parts = urlsplit(url)
    if parts.scheme in ("", "file"):
        folder = unquote(url.removeprefix("file:")) if parts.scheme else url
        return Folder(Path(re.sub(r"^//(?=/)", "", folder)))
    if parts.scheme in ("s3", "s3+http"):
        return Bucket(url)
    raise ValueError(f"storage must be file:DIR or s3://bucket/prefix, not {parts.scheme}:")


_current: Store | None = None


def configure(url: str) -> Store:
    """Sets the store of this process; called once at start and by tests."""
    global _current
    _current = from_url(url)
    return _current


def current() -> Store:
    """The store of this process."""
    if _current is None:
        raise RuntimeError("storage.configure(url) was not called")
    return _current


def put(content: bytes | Path | IO[bytes]) -> str:
    """Stores the content and returns its key; StorageFull or Unavailable when it cannot, leaving nothing behind."""
    return current().put(content)


def open_key(key: str) -> IO[bytes]:
    """A seekable binary file of the content; NotFound when there is none."""
    return current().open_key(key)


def read(key: str) -> bytes:
    """The whole content in memory; NotFound when there is none."""
    with open_key(key) as file:
        return file.read()


def chunks(key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """The bytes from `start` to before `stop` in pieces, for streamed and ranged answers."""
    left = (size(key) if stop is None else stop) - start
    with open_key(key) as file:
        file.seek(start)
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece


def path_of(key: str) -> Path | None:
    """The file on this machine, for web servers and the PDF engine; None where the store is elsewhere."""
    return current().path_of(key)


def exists(key: str) -> bool:
    """True when the content is there."""
    return current().exists(key)


def size(key: str) -> int:
    """The length in octets; NotFound when there is none."""
    return current().size(key)


def delete(key: str) -> None:
    """Removes the content; a missing one is fine."""
    current().delete(key)


def keys() -> Iterator[str]:
    """All keys, for verification, moving and the sweep of orphans."""
    return current().keys()


def verify(key: str) -> bool:
    """True when the content is there and still has the hash that names it."""
    digest = hashlib.sha256()
    try:
        for piece in chunks(key):
            digest.update(piece)
    except NotFound:
        return False
    return digest.hexdigest() == key


def problem() -> str | None:
    """Why nothing can be stored, or None; writes and removes a few octets, for `eventsite check` and /healthz."""
    try:
        store = current()
        key = store.put(b"eventsite storage check")
        store.delete(key)
    except (Unavailable, NotFound, RuntimeError) as reason:
        return str(reason)
    return None
