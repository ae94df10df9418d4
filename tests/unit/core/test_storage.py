"""Files by content: whole or not at all, found by their hash, told clearly when there is no room."""

import errno
import hashlib
import io
import os
import threading
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from eventsite.core import storage
from eventsite.core.errors import NotFound, StorageFull, Unavailable

HELLO = hashlib.sha256(b"hello").hexdigest()
MISSING = "0" * 64


@pytest.fixture
def store(tmp_path: Path) -> Path:
    storage.configure(f"file:{tmp_path / 'files'}")
    return tmp_path / "files"


def _all_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_put_bytes_path_and_file_are_one_file(store: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"hello")
    assert [storage.put(b"hello"), storage.put(source), storage.put(io.BytesIO(b"hello"))] == [HELLO] * 3
    assert _all_files(store) == [HELLO]


def test_read_size_path_and_existence(store: Path) -> None:
    key = storage.put(b"hello")
    assert (storage.read(key), storage.size(key), storage.exists(key), storage.verify(key)) == (b"hello", 5, True, True)
    assert storage.path_of(key) == store / key[:2] / key[2:4] / key
    assert list(storage.keys()) == [key]


def test_chunks_give_a_range(store: Path) -> None:
    content = os.urandom(storage.CHUNK * 2 + 17)
    key = storage.put(content)
    assert b"".join(storage.chunks(key)) == content
    assert b"".join(storage.chunks(key, 5, storage.CHUNK + 9)) == content[5 : storage.CHUNK + 9]
    assert b"".join(storage.chunks(key, len(content) - 1)) == content[-1:]


def test_delete_twice_is_fine(store: Path) -> None:
    key = storage.put(b"hello")
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)


def test_missing_content_is_not_found(store: Path) -> None:
    for ask in (storage.read, storage.size, storage.open_key):
        with pytest.raises(NotFound):
            ask(MISSING)
    assert storage.verify(MISSING) is False


@pytest.mark.parametrize(
    "key", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65, HELLO + "\n", "0" * 32 + "/" + "0" * 31]
)
def test_what_is_no_key_is_not_found(store: Path, key: str) -> None:
    with pytest.raises(NotFound):
        storage.path_of(key)


def test_verify_notices_a_changed_file_and_put_mends_a_cut_one(store: Path) -> None:
    key = storage.put(b"hello")
    path = store / key[:2] / key[2:4] / key
    path.write_bytes(b"hal")
    assert storage.verify(key) is False
    storage.put(b"hello")
    assert storage.verify(key) is True


def test_full_disk_leaves_nothing_and_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(StorageFull, match="disk is full"):
        storage.put(b"hello")
    monkeypatch.undo()
    assert _all_files(store) == []


def test_unusable_folder_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    storage.configure(f"file:{tmp_path / 'file'}")
    with pytest.raises(Unavailable):
        storage.put(b"hello")
    assert storage.problem() is not None


def test_problem_of_a_good_folder_is_none_and_leaves_nothing(store: Path) -> None:
    assert storage.problem() is None
    assert _all_files(store) == []


def test_failed_source_leaves_nothing(store: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ValueError("connection lost")

    with pytest.raises(ValueError, match="connection lost"):
        storage.put(Broken())
    assert _all_files(store) == []


def test_many_threads_storing_the_same_content(store: Path) -> None:
    content = os.urandom(300_000)
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(storage.put(content))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert keys == [hashlib.sha256(content).hexdigest()] * 8
    assert _all_files(store) == keys[:1]


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("file:var/files", "var/files"),
        ("file:///srv/files", "/srv/files"),
        ("/srv/files", "/srv/files"),
        ("file:/a%20b", "/a b"),
    ],
)
def test_from_url_folder(url: str, folder: str) -> None:
    store = storage.from_url(url)
    assert isinstance(store, storage.Folder)
    assert store.folder == Path(folder)


def test_from_url_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="ftp"):
        storage.from_url("ftp://example.org/")


def test_bucket_keeps_and_reads_files() -> None:
    memory = MemoryStore()
    bucket = storage.Bucket.__new__(storage.Bucket)
    bucket._store = memory
    key = bucket.put(b"hello" * 1000)
    assert (bucket.exists(key), bucket.size(key), list(bucket.keys()), bucket.path_of(key)) == (True, 5000, [key], None)
    with bucket.open_key(key) as file:
        file.seek(4998)
        assert file.read() == b"lo"
    bucket.delete(key)
    bucket.delete(key)
    assert not bucket.exists(key)
    with pytest.raises(NotFound):
        bucket.open_key(key)
