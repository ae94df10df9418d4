"""The process in which one PDF is made: reads a job from a folder, keeps to its memory, writes the result beside it."""

import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from eventsite.core import pdf
from eventsite.core.errors import NotFound


def _limit(memory_mb: int) -> None:
    """A document that grows without end must not take the machine with it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    with suppress(OSError, AttributeError):
        os.nice(10)


def main(folder: Path) -> int:
    """Makes the PDF of one folder; 0 when it is there, 2 when pictures are missing."""
    job = json.loads((folder / "job.json").read_text())
    _limit(job["memory_mb"])
    files: dict[str, str] = job["files"]

    def resolve(name: str) -> Path:
        if name not in files:
            raise NotFound(name)
        return Path(files[name])

    try:
        content = pdf.render(
            job["html"],
            stylesheets=job["stylesheets"],
            resolve=resolve,
            title=job["title"],
            language=job["language"],
            created=datetime.fromisoformat(job["created"]),
            identifier=bytes.fromhex(job["identifier"]),
            variant=job["variant"],
            author=job["author"],
            description=job["description"],
            attachments=[pdf.Attached(name, bytes.fromhex(data), *rest) for name, data, *rest in job["attachments"]],
        )
    except pdf.MissingPicture as problem:
        (folder / "missing.json").write_text(json.dumps(problem.missing))
        return 2
    unfinished = folder / "unfinished.pdf"
    unfinished.write_bytes(content)
    unfinished.replace(folder / "result.pdf")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
