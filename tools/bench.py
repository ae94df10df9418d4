"""Speed, memory and size in one run, as ratios where there is something to hold them against; a table in Markdown.

`./run bench` measures pages, start, memory and size; `./run bench allocation` the allocation engine.
"""

import argparse
import contextlib
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from tools import bench_programme

ROOT = Path(__file__).parent.parent
ROUNDS, REQUESTS, COLD = 5, 300, 25
PORT = 8793


class Table:
    """Rows of what was measured, what was wanted, and whether it holds."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []

    def add(self, name: str, value: float, unit: str, *, most: float | None = None, least: float | None = None) -> None:
        """One figure with its goal."""
        goal = f"≤ {most:g}" if most is not None else f"≥ {least:g}" if least is not None else "–"
        holds = (most is None or value <= most) and (least is None or value >= least)
        verdict = "–" if goal == "–" else "holds" if holds else "MISSED"
        self.rows.append((name, f"{value:.3g} {unit}".strip(), goal, verdict))
        print(f"  {name}: {value:.3g} {unit} ({goal} {verdict})", file=sys.stderr)

    def print(self) -> None:
        """The table."""
        print("| what | measured | goal | verdict |\n|---|---:|---:|---|")
        for row in self.rows:
            print(f"| {' | '.join(row)} |")


def cpu_of(pids: list[int]) -> float:
    """CPU seconds these processes have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    used = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / ticks
    return used


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    children = [c for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()]
    return [pid, *(one for child in children for one in tree(int(child)))]


def memory_of(pids: list[int]) -> float:
    """Proportional memory in megabytes: what is shared counts once."""
    found = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            found += int(line.split()[1]) if line.startswith("Pss:") else 0
    return found / 1000


def ask(port: int, path: str, times: int) -> None:
    """Asks for a page again and again over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(times):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}")
    connection.close()


@contextlib.contextmanager
def served(command: list[str], port: int, path: str, **environment: str) -> Iterator[tuple[list[int], float]]:
    """A server; its processes and the seconds until it first answered."""
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2):
                break
            time.sleep(0.05)
        yield tree(process.pid), time.monotonic() - started
    finally:
        process.terminate()
        process.wait(20)


def granian(target: str, port: int) -> list[str]:
    """The command of a bare server with our server's settings."""
    options = ["--interface", "wsgi", "--factory", "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    return [sys.executable, "-m", "granian", *options, "--host", "127.0.0.1", "--port", str(port), target]


def warm(table: Table, folder: Path) -> None:
    """Server CPU per warm page against the ruler of the same size, in interleaved rounds; start and idle memory."""
    settings = {
        "EVENTSITE_DATA_DIR": str(folder),
        "EVENTSITE_DEMO": "yes",
        "EVENTSITE_SECRET_KEY": "b" * 40,
        "EVENTSITE_MAIL_URL": "outbox:",
    }
    ours = [sys.executable, "-m", "eventsite", "serve", "--port", str(PORT)]
    pages = {"front page": "/de/kassel-next/", "programme": "/de/kassel-next/programme"}
    pages |= {"documentation": "/de/kassel/documentation", "event feed": "/de/kassel-next/calendar.ics"}
    with served(ours, PORT, "/healthz", **settings) as (processes, seconds):
        table.add("start until the first answer, with worker", seconds, "s", most=5)
        time.sleep(5)
        processes = tree(processes[0])
        table.add("memory of an idle site with worker (PSS)", memory_of(processes), "MB", most=260)
        _against_ruler(table, pages, processes)
        _against_ruler(table, {"programme of 200 items": f"/de/{bench_programme.SLUG}/programme"}, processes)


def _against_ruler(table: Table, pages: dict[str, str], processes: list[int]) -> None:
    """Holds pages against a bare server that sends as much as the first of them."""
    first = next(iter(pages.values()))
    size = len(urllib.request.urlopen(f"http://127.0.0.1:{PORT}{first}").read())
    with served(granian("tools.ruler:create_app", PORT + 1), PORT + 1, "/", RULER_BYTES=str(size)) as (bare, _):
        bare = tree(bare[0])
        for name, path in pages.items():
            table.add(f"{name}, warm: CPU of the ruler / ours", _ratio(path, processes, bare), "", least=0.8)


def _ratio(path: str, ours: list[int], bare: list[int]) -> float:
    ask(PORT, path, 20)
    ask(PORT + 1, "/", 20)
    ratios = []
    for _ in range(ROUNDS):
        before = cpu_of(bare)
        ask(PORT + 1, "/", REQUESTS)
        ruler = cpu_of(bare) - before
        before = cpu_of(ours)
        ask(PORT, path, REQUESTS)
        ratios.append(ruler / max(cpu_of(ours) - before, 1e-6))
    return statistics.median(ratios)


def cold(table: Table, folder: Path) -> None:
    """CPU and queries of pages that are not kept, in this process."""
    from sqlalchemy import event as sql

    from eventsite.app import create_app
    from eventsite.config import Settings
    from eventsite.core.db import db
    from eventsite.web import cache

    app = create_app(Settings(data_dir=folder, secret_key="b" * 40, demo=True, queue_url="immediate:"))
    counted: list[str] = []
    with app.app_context():
        sql.listen(db.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    client = app.test_client()
    paths = ["", "programme", "speakers", "documentation", "gallery", "calendar.ics"]
    more = ["programme/das-quartier-lernt-mit", "venue", "rooms/webersaal/now", "programme?view=rooms"]
    large = [f"/de/{bench_programme.SLUG}/{p}" for p in ("programme", "programme?view=rooms", "programme?kind=talk")]
    for path in [f"/de/kassel/{p}" for p in paths] + [f"/de/kassel-next/{p}" for p in paths[:3] + more] + large:

        def visit(path: str = path) -> None:
            cache.pages.clear()
            client.get(path)

        milliseconds = median_cpu(visit)
        counted.clear()
        visit()
        queries = len([one for one in counted if not one.startswith(("BEGIN", "PRAGMA"))])
        # Of 200 items; a comparable page of pretalx takes 37 to 111 ms.
        limit = 25 if path in large else 15 if path.endswith(".ics") else 10
        table.add(f"{path}, cold: CPU", milliseconds, "ms", most=limit)
        table.add(f"{path}, cold: queries", queries, "", most=6)


def median_cpu(work: Callable[[], object], times: int = COLD) -> float:
    """Median CPU milliseconds of a piece of work in this process."""
    work()
    found = []
    for _ in range(times):
        before = time.process_time()
        work()
        found.append((time.process_time() - before) * 1000)
    return statistics.median(found)


def registration(table: Table, folder: Path) -> None:
    """The registration page with 0 against 5000 registered, interleaved."""
    from eventsite import schema
    from eventsite.app import create_app
    from eventsite.config import Settings
    from eventsite.core.db import db

    settings = Settings(data_dir=folder, secret_key="b" * 40, queue_url="immediate:", rate_limits="off")
    app = create_app(settings)
    with app.app_context():
        schema.upgrade(db.engine)
        _two_events(5000)
    client = app.test_client()
    few, many = [], []
    for _ in range(ROUNDS):
        few.append(median_cpu(lambda: client.get("/de/few/register"), 15))
        many.append(median_cpu(lambda: client.get("/de/many/register"), 15))
    table.add(
        "registration page: 0 / 5000 registered", statistics.median(few) / statistics.median(many), "", least=0.95
    )


def _two_events(count: int) -> None:
    from eventsite.core import clock
    from eventsite.core.db import transaction
    from eventsite.events import service as events
    from eventsite.registration import service_answers
    from eventsite.site import signup

    now = clock.now()
    host = events.create_host(name={"de": "Bank"}, imprint={"de": "Impressum"})
    events.set_up_site(name={"de": "Bank"}, host_id=host.id)
    for slug, registered in (("few", 0), ("many", count)):
        day = now + timedelta(days=60)
        dates = {
            "starts_at": day,
            "ends_at": day + timedelta(hours=8),
            "registration_opens_at": now - timedelta(days=1),
        }
        event = events.create_event(host_ids=[host.id], slug=slug, title={"de": slug}, capacity=10_000, **dates)
        service_answers.set_up_form(event.id)
        events.publish_event(event.id)
        for start in range(0, registered, 500):
            with transaction():
                for number in range(start, start + 500):
                    details = signup.Details(f"Person {number}", f"p{number}@example.org")
                    signup.sign_up(event.id, details, source="bench", confirmed=True, notify=False)


def size(table: Table) -> None:
    """What the locked packages of the product take on disk, without those for development."""
    octets = 0
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        name = line.split("==")[0].strip()
        if "==" not in line or line.startswith((" ", "#")):
            continue
        with contextlib.suppress(metadata.PackageNotFoundError):
            files = metadata.distribution(name).files or []
            octets += sum(p.stat().st_size for f in files if (p := Path(str(f.locate()))).is_file())
    own = sum(p.stat().st_size for p in (ROOT / "eventsite").rglob("*") if p.is_file())
    own += sum(p.stat().st_size for d in ("static", "templates") for p in (ROOT / d).rglob("*") if p.is_file())
    table.add("installed size of product and packages", (octets + own) / 1e6, "MB", most=330)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("what", nargs="?", default="pages", choices=["pages", "allocation"])
    arguments, more = parser.parse_known_args()
    if arguments.what == "allocation":
        return subprocess.call([sys.executable, "-m", "tests.bench.allocation", *more], cwd=ROOT)
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "EVENTSITE_DATA_DIR": str(folder / "demo"),
            "EVENTSITE_DEMO": "yes",
            "EVENTSITE_SECRET_KEY": "b" * 40,
            "EVENTSITE_MAIL_URL": "outbox:",
            "EVENTSITE_DEMO_PASSWORD": "measured-and-thrown-away",
        }
        subprocess.run(
            [sys.executable, "-m", "eventsite.demo.build"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr
        )
        bench_programme.build(folder / "demo")
        warm(table, folder / "demo")
        cold(table, folder / "demo")
        registration(table, folder / "registration")
        size(table)
    table.print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
