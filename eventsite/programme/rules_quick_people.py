"""People as they are typed behind a title: "Moderation: Ada Byron (Stadt Kassel / Land Hessen), Bo Li; N. N."."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules_quick_words as words

MOST_NAME, MOST_GUESTS, MOST_ORGANISATIONS = 120, 40, 8
_SPECIAL = ',;:"()[]/|@'
_ROLE = re.compile(r"(?P<role>[^\W\d_][^:;,\"()]{0,50}?)\s*:\s*")
_LED_IN = re.compile(r"(?:mit|with|by)\s+(?=\S)", re.IGNORECASE)
# "Moderation Ada Byron": the colon is forgotten.
_BARE_ROLE = re.compile(
    r"(?P<role>(?i:Moderation|Moderatorin|Moderator|Moderiert von|Moderated by|Leitung|Led by))\s+(?=[A-ZÄÖÜ])"
)
_MORE = re.compile(r"\s+(?:u\.\s?(?:v\.\s?)?a\.|et al\.?)$", re.IGNORECASE)  # behind a name
_AND = re.compile(r"\s(?:und|and|&)\s", re.IGNORECASE)
_BRACKET = re.compile(r"(?P<name>.*?)\s*\((?P<inside>.*)\)$", re.DOTALL)


@dataclass(frozen=True)
class Guest:
    """Somebody in a line: role by key, or by a name of its own; empty: the usual one of the kind of item."""

    name: str
    organisations: tuple[str, ...] = ()
    role: str = ""
    label: str = ""


@dataclass(frozen=True)
class People:
    """The people of a line, whether more are to come, and what to ask."""

    guests: tuple[Guest, ...] = ()
    is_open: bool = False
    notes: tuple[Any, ...] = ()
    problems: tuple[Any, ...] = ()


def read(text: str, usual: str = "speaker") -> People:
    """Everybody named; `usual` is the role that need not be said. The same person in one role stands once."""
    guests: list[Guest] = []
    notes: list[Any] = []
    is_open = False
    for part in words.split(text, ";"):
        role, label, names = _role(part)
        for piece in words.split(names, ","):
            if guests and _is_organisation(piece):
                last = guests[-1]
                organisations = (*last.organisations, words.unquoted(piece))[:MOST_ORGANISATIONS]
                guests[-1] = Guest(last.name, organisations, last.role, last.label)
                told = {"organisation": words.unquoted(piece), "name": last.name}
                notes.append(_l("“%(organisation)s” is taken as the organisation of %(name)s.", **told))
                continue
            for single in _by_and(piece):
                if words.is_open_list(single) and not single.startswith('"'):
                    is_open = True
                else:
                    more = None if single.startswith('"') else _MORE.search(single)
                    is_open = is_open or more is not None
                    named = single[: more.start()] if more else single
                    guests.append(_guest(named, "" if role == usual else role, label))
    problems = _problems(guests)
    return People(tuple(dict.fromkeys(guests)), is_open, tuple(notes), problems)


def _problems(guests: list[Guest]) -> tuple[Any, ...]:
    if any(len(guest.name) > MOST_NAME or not guest.name for guest in guests):
        return (_l("This does not look like a name. A name has at most %(most)s characters.", most=MOST_NAME),)
    if len(guests) > MOST_GUESTS:
        return (_l("More than %(most)s people in one line: please check the semicolons.", most=MOST_GUESTS),)
    return ()


def _role(part: str) -> tuple[str, str, str]:
    """Role, its own name, and the people behind it."""
    part = _LED_IN.sub("", part, count=1) if _LED_IN.match(part) else part
    found = _ROLE.match(part)
    if found is None or not part[found.end() :].strip():
        bare = _BARE_ROLE.match(part)
        if bare is not None:
            return words.role_named(bare["role"]), "", part[bare.end() :]
        quoted = _quoted_role(part)
        return quoted or ("", "", part)
    known = words.role_named(found["role"])
    return known, "" if known else found["role"].strip(), part[found.end() :]


def _quoted_role(part: str) -> tuple[str, str, str] | None:
    """A role name between quotation marks, since it holds letters that mean something."""
    end = words.closing(part, 0) if part.startswith('"') else None
    if end is None or not part[end + 1 :].startswith(":") or not part[end + 2 :].strip():
        return None
    return "", words.unquoted(part[: end + 1]), part[end + 2 :]


def _is_organisation(piece: str) -> bool:
    return "(" not in piece and not piece.startswith('"') and words.is_organisation(piece)


def _by_and(piece: str) -> list[str]:
    """The people joined by a word; what stands in brackets or quotation marks stays together."""
    if '"' in piece:
        return [piece]
    parts, start = [], 0
    for found in _AND.finditer(piece):
        before = piece[start : found.start()]
        if before.count("(") == before.count(")"):
            parts.append(before)
            start = found.end()
    return [part.strip() for part in (*parts, piece[start:]) if part.strip()]


def _guest(piece: str, role: str, label: str) -> Guest:
    if piece.startswith('"'):
        end = words.closing(piece, 0)
        if end is not None:
            behind = piece[end + 1 :].strip()
            if not behind or (behind[0] == "(" and behind[-1] == ")"):
                return Guest(words.unquoted(piece[: end + 1]), _organisations(behind[1:-1]), role, label)
    found = _BRACKET.fullmatch(piece)
    if found is None or not found["name"].strip():
        return Guest(words.unquoted(piece), (), role, label)
    return Guest(words.unquoted(found["name"]), _organisations(found["inside"]), role, label)


def _organisations(inside: str) -> tuple[str, ...]:
    parts = [part for piece in words.split(inside, ";|") for part in _by_slash(piece)]
    named = (words.unquoted(part) for part in parts)
    return tuple(dict.fromkeys(name for name in named if name))[:MOST_ORGANISATIONS]


def _by_slash(piece: str) -> list[str]:
    """Parts around a slash with spaces beside it; one without belongs to a name (HKM/Ref. 3)."""
    return [part.strip() for part in re.split(r"\s/\s(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", piece) if part.strip()]


def written(guests: Iterable[Guest], usual: str, *, is_open: bool) -> str:
    """People as they are typed, in the current language; reading gives the same again."""
    groups: list[tuple[tuple[str, str], list[str]]] = []
    for guest in guests:
        key = (guest.role, guest.label)
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append(_written(guest))
    parts = [_heading(role, label) + ", ".join(names) for (role, label), names in groups]
    return "; ".join([*parts, *(["N. N."] if is_open else [])])


def _heading(role: str, label: str) -> str:
    if label:
        quoted = words.quoted(label, _SPECIAL)
        is_misread = words.role_named(label) or len(label) > 50 or _LED_IN.match(f"{label}:")
        return f'"{label}": ' if quoted == label and is_misread else f"{quoted}: "
    return f"{words.ROLE_WORDS[role][0 if i18n.current_language() == 'de' else 1]}: " if role else ""


def _written(guest: Guest) -> str:
    tests = (words.is_open_list, words.is_organisation, _LED_IN.match, _AND.search, _BARE_ROLE.match, _MORE.search)
    is_taken_for_more = any(test(f"{guest.name} {end}".rstrip()) for test in tests for end in ("", "("))
    name = words.quoted(guest.name, _SPECIAL)
    name = f'"{guest.name}"' if name == guest.name and is_taken_for_more else name
    if not guest.organisations:
        return name
    return f"{name} ({'; '.join(words.quoted(one, _SPECIAL) for one in guest.organisations)})"
