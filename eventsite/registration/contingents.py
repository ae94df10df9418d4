"""Contingents as decisions: what makes two codes the same, and what may be kept for a group; pure."""

import re
import unicodedata

from eventsite.core.i18n import lazy_gettext as _l

CODE_LENGTH = (4, 40)


def code_key(code: str) -> str:
    """What makes two spellings of a code the same: capitals, spaces and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", code).casefold()
    return re.sub(r"[\W_]", "", plain)


def fault(name: str, code: str, places: int, taken: int, more_free: int | None) -> tuple[str, object] | None:
    """Why a contingent may not be so, as a field and a sentence: `more_free` places could still be kept."""
    if not name.strip():
        return "name", _l("Please fill in this field.")
    if not CODE_LENGTH[0] <= len(code_key(code)) <= CODE_LENGTH[1]:
        return "code", _l("A code has 4 to 40 letters or digits.")
    if places < max(1, taken):
        return "places", _l("%(taken)s of these places are taken already.", taken=taken) if taken else _l(
            "A contingent has at least one place."
        )
    if more_free is not None and places > taken + more_free:
        return "places", _l("So many places are not free: at most %(most)s can be kept.", most=taken + more_free)
    return None
