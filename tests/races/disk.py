"""A disk that can be full: a small file system of its own where the machine allows it, else a limit on the processes."""

import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import Site

SIZE = 24_000_000


class SmallDisk:
    """The file system of a folder, filled up with one file."""

    def __init__(self, folder: Path) -> None:
        self._filling = folder / "filling"

    def fill(self, _site: Site) -> None:
        with self._filling.open("wb", buffering=0) as file:
            for size in (65_536, 4_096, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue

    def free(self, _site: Site) -> None:
        self._filling.unlink()


class Limit:
    """Every write of the site's processes fails, as on a full disk."""

    def fill(self, site: Site) -> None:
        self._set(site, 1)

    def free(self, site: Site) -> None:
        self._set(site, resource.RLIM_INFINITY)

    def _set(self, site: Site, size: int) -> None:
        for pid in site.children(""):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk | Limit]:
    """Makes this folder one that can be filled and freed."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if not mount or not umount or subprocess.run([mount, *options], capture_output=True).returncode:
        yield Limit()
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run([umount, "--lazy", str(folder)], check=True)
