"""The fonts of a PDF: embedded, with a way from every code in use to a character and to a glyph."""

import io
import re
from collections.abc import Collection, Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

_SHOWN = "Tf Tj TJ ' \""


def problems(pdf: pikepdf.Pdf, families: Collection[str] = ()) -> list[str]:
    """Every problem of every font, with the codes that are really shown; other families than those named are fall-backs."""
    found: list[str] = []
    for font, codes in _used(pdf).values():
        name = re.sub(r"[^a-z0-9]", "", str(font.get("/BaseFont", "")).rpartition("+")[2].lower())
        if families and not any(name.startswith(re.sub(r"[^a-z0-9]", "", family.lower())) for family in families):
            found.append(f"font-fall-back ({font.get('/BaseFont', '?')})")
        found += [f"{words} ({font.get('/BaseFont', '?')})" for words in _font_problems(font, codes)]
    return found


def _used(pdf: pikepdf.Pdf) -> dict[Any, tuple[Any, set[int]]]:
    used: dict[Any, tuple[Any, set[int]]] = {}
    seen: set[Any] = set()
    waiting = [(page, page.obj.get("/Resources", Dictionary())) for page in pdf.pages]
    while waiting:
        content, resources = waiting.pop()
        _shown_codes(content, resources, used)
        for kind in ("/XObject", "/Pattern"):
            for thing in dict(resources.get(kind, Dictionary())).values():
                is_content = isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != Name.Image
                if is_content and thing.objgen not in seen:
                    seen.add(thing.objgen)
                    waiting.append((thing, thing.get("/Resources", resources)))
    return used


def _shown_codes(content: Any, resources: Any, used: dict[Any, tuple[Any, set[int]]]) -> None:
    codes: set[int] = set()
    for instruction in pikepdf.parse_content_stream(content, _SHOWN):
        if str(instruction.operator) == "Tf":
            font = resources.get("/Font", Dictionary()).get(instruction.operands[0])
            if font is not None:
                codes = used.setdefault(font.objgen, (font, set()))[1]
            continue
        operand = instruction.operands[-1]
        for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if isinstance(part, pikepdf.String):
                raw = bytes(part)
                codes.update(int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw) - 1, 2))


def _font_problems(font: Any, codes: set[int]) -> list[str]:
    if font.get("/Subtype") == Name.Type3:
        return [] if "/ToUnicode" in font else ["font-to-unicode"]
    if font.get("/Subtype") != Name.Type0:
        descriptor = font.get("/FontDescriptor", Dictionary())
        return [] if any(name.startswith("/FontFile") for name in descriptor) else ["font-not-embedded"]
    found: list[str] = []
    inner = font.DescendantFonts[0]
    program = next((inner.FontDescriptor[name] for name in inner.FontDescriptor if name.startswith("/FontFile")), None)
    if program is None:
        return ["font-not-embedded"]
    if not re.match(r"/[A-Z]{6}\+", str(font.get("/BaseFont", ""))):
        found.append("font-not-subset")
    if inner.get("/Subtype") == Name.CIDFontType2 and "/CIDToGIDMap" not in inner:
        found.append("font-cid-to-gid")
    if 0 in codes:
        found.append("font-notdef")
    return found + _unicode_problems(font, codes) + _width_problems(inner, program, codes)


def to_unicode(font: Any) -> dict[int, str]:
    """What the font's table says each code means."""
    table = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    meaning: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, words in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            meaning[int(code, 16)] = bytes.fromhex(words).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, start in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                meaning[int(first, 16) + step] = chr(int(start, 16) + step)
    return meaning


def _unicode_problems(font: Any, codes: set[int]) -> list[str]:
    if "/ToUnicode" not in font:
        return ["font-to-unicode"]
    meaning = to_unicode(font)
    lost = sorted(code for code in codes - {0} if not meaning.get(code))
    odd = sorted(code for code in codes & set(meaning) if any(c in meaning[code] for c in "\0\ufeff\ufffe\ufffd"))
    found = [f"font-to-unicode: {len(lost)} codes without a character"] if lost else []
    return found + ([f"font-to-unicode: {len(odd)} codes with a forbidden character"] if odd else [])


def _declared_widths(inner: Any) -> dict[int, float]:
    widths: dict[int, float] = {}
    entries = list(inner.get("/W", []))
    while entries:
        first = int(entries.pop(0))
        second = entries.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(entries.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths


def _width_problems(inner: Any, program: Any, codes: set[int]) -> list[str]:
    """Declared widths against the program's own, a thousandth of the size as the norm allows."""
    try:
        with TTFont(io.BytesIO(program.read_bytes()), lazy=True) as font:
            scale, order, metrics = 1000 / font["head"].unitsPerEm, font.getGlyphOrder(), font["hmtx"]
            declared = _declared_widths(inner)
            default = float(inner.get("/DW", 1000))
            wrong = [
                code
                for code in codes
                if code < len(order) and abs(declared.get(code, default) - metrics[order[code]][0] * scale) > 1.5
            ]
    except Exception:  # bare CFF programs carry no metrics to compare with
        return []
    return [f"font-widths: {len(wrong)} glyphs"] if wrong else []


def page_texts(pdf: pikepdf.Pdf) -> list[str]:
    """The words of every page as a reader would copy them: one space between lines, hyphenated words whole again."""
    return [_tidy_lines("".join(_characters(page))) for page in pdf.pages]


def _characters(page: Any) -> Iterator[str]:
    fonts = {name: to_unicode(font) for name, font in dict(page.obj.Resources.get("/Font", Dictionary())).items()}
    meaning: dict[int, str] = {}
    line: float | None = None
    for instruction in pikepdf.parse_content_stream(page, "Tf Tm Tj TJ"):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            meaning = fonts.get(str(operands[0]), {})
        elif operator == "Tm":
            if line is not None and abs(float(operands[5]) - line) > 0.5:
                yield "\n"
            line = float(operands[5])
        else:
            for part in operands[0] if operator == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield from (
                        meaning.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw) - 1, 2)
                    )


def _tidy_lines(text: str) -> str:
    whole = re.sub(r"[\u2010\u00ad]\s*\n\s*", "", text)
    whole = re.sub(r"-\s*\n\s*(?=[a-zäöüß])(?!und |oder |bis )", "", whole)
    return " ".join(whole.replace("\u00ad", "").split())
