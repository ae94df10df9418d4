"""What is painted on the pages of a PDF: marked content, artifacts, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_TEXT = {"Tj", "TJ", "'", '"'}
_PAINT = _TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}
HIGHEST_DPI = 450


@dataclass
class Marks:
    """The marked content of one page."""

    mcids: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    is_blank: bool = True


def marks_of(page: Any) -> Marks:
    """Reads the page's operators: everything painted must be inside a tag or an artifact, never one inside the other."""
    marks = Marks()
    _read(page, page.obj.get("/Resources", Dictionary()), marks, [], set())
    return marks


def _mcid(operands: Any, resources: Any) -> int | None:
    properties = operands[1]
    if isinstance(properties, Name):
        properties = resources.get("/Properties", Dictionary()).get(properties, Dictionary())
    return int(properties.MCID) if "/MCID" in properties else None


def _read(content: Any, resources: Any, marks: Marks, around: list[str], seen: set[Any]) -> None:
    stack = list(around)
    for instruction in pikepdf.parse_content_stream(content):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            _begin(operator, instruction.operands, resources, marks, stack)
        elif operator == "EMC":
            if len(stack) <= len(around):
                marks.problems.append("content-unbalanced")
            else:
                stack.pop()
        elif operator in _PAINT:
            marks.is_blank = False
            if not {"tag", "artifact"} & set(stack):
                marks.problems.append(f"content-untagged: {operator}")
            if operator == "Do":
                _inside(
                    resources.get("/XObject", Dictionary()).get(instruction.operands[0]), marks, stack, resources, seen
                )
    if len(stack) != len(around):
        marks.problems.append("content-unbalanced")


def _begin(operator: str, operands: Any, resources: Any, marks: Marks, stack: list[str]) -> None:
    mcid = _mcid(operands, resources) if operator == "BDC" else None
    if operands[0] == Name.Artifact:
        if "tag" in stack:
            marks.problems.append("artifact-in-tag")
        stack.append("artifact")
    elif mcid is not None:
        if "artifact" in stack:
            marks.problems.append("tag-in-artifact")
        if mcid in marks.mcids:
            marks.problems.append(f"mcid-painted-twice: {mcid}")
        marks.mcids.append(mcid)
        stack.append("tag")
    else:
        stack.append("other")


def _inside(thing: Any, marks: Marks, stack: list[str], resources: Any, seen: set[Any]) -> None:
    """Looks into form objects; tags of their own there would need a parent tree of their own, which we never write."""
    if thing is None or thing.get("/Subtype") != Name.Form or thing.objgen in seen:
        return
    inner = Marks()
    _read(thing, thing.get("/Resources", resources), inner, stack, seen | {thing.objgen})
    marks.problems += inner.problems
    if inner.mcids:
        marks.problems.append("mcid-in-form-object")


def _placed(
    content: Any, resources: Any, matrix: pikepdf.Matrix, depth: int = 0
) -> Iterator[tuple[Any, pikepdf.Matrix]]:
    """The pictures of a page with the matrix they are painted by."""
    stack = [matrix]
    for instruction in pikepdf.parse_content_stream(content, "q Q cm Do"):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(stack[-1])
        elif operator == "Q" and len(stack) > 1:
            stack.pop()
        elif operator == "cm":
            stack[-1] = pikepdf.Matrix(*map(float, instruction.operands)) @ stack[-1]
        elif operator == "Do":
            thing = resources.get("/XObject", Dictionary()).get(instruction.operands[0])
            if thing is None:
                continue
            if thing.get("/Subtype") == Name.Image:
                yield thing, stack[-1]
            elif depth < 8:
                own = pikepdf.Matrix(*map(float, thing.get("/Matrix", [1, 0, 0, 1, 0, 0])))
                yield from _placed(thing, thing.get("/Resources", resources), own @ stack[-1], depth + 1)


def image_problems(pdf: pikepdf.Pdf, *, highest: float = HIGHEST_DPI) -> list[str]:
    """Pictures far finer than any printer, and the same picture embedded twice."""
    problems: list[str] = []
    streams: dict[tuple[Any, ...], Any] = {}
    for number, page in enumerate(pdf.pages):
        for image, matrix in _placed(page, page.obj.get("/Resources", Dictionary()), pikepdf.Matrix()):
            across = (matrix.a**2 + matrix.b**2) ** 0.5 / 72
            dpi = int(image.Width) / across if across else 0
            if dpi > highest and int(image.Width) > 200:
                problems.append(f"image-dpi: {dpi:.0f} (page {number + 1})")
            raw = image.read_raw_bytes()
            key = int(image.Width), int(image.Height), len(raw), hash(raw)
            if streams.setdefault(key, image.objgen) != image.objgen:
                problems.append(f"image-twice: {image.Width} x {image.Height} (page {number + 1})")
    return problems
