"""A photo as pages, documentation tree and print see it: plain values, the same shape everywhere."""

from typing import Any, Protocol

from eventsite.media import rules


class Rendition(Protocol):
    """One derivative of a photo."""

    format: str
    width: int
    height: int
    key: str


def picture(photo: Any, *, preview: str = "") -> dict[str, Any]:
    """The values of parts/picture.html; `preview` is the token with which a draft's pictures may be seen."""
    suffix = f"?preview={preview}" if preview else ""
    forms: dict[str, list[Any]] = {}
    for one in sorted(photo.derivatives, key=lambda d: d.width):
        forms.setdefault(one.format, []).append(one)
    plain = forms.get("jpeg", [])
    if not plain:
        return {}
    shown, large = plain[len(plain) // 2], plain[-1]
    sources = [
        {"type": f"image/{form}", "srcset": ", ".join(_candidate(d, suffix) for d in forms[form])}
        for form in ("avif", "webp", "jpeg")
        if form in forms
    ]
    return {
        "id": photo.public_id,
        "url": rules.file_path(shown.key, "jpeg") + suffix,
        "width": shown.width,
        "height": shown.height,
        "sources": sources,
        "large_url": rules.file_path(large.key, "jpeg") + suffix,
        "alt": "" if photo.is_decorative else photo.alt,
        "is_decorative": photo.is_decorative,
        "caption": photo.caption or None,
        "credit": photo.credit,
        "licence": rules.licence_name(photo.licence),
        "licence_url": rules.licence_url(photo.licence),
        "print_key": (forms.get(rules.PRINT) or plain)[-1].key,
    }


def _candidate(one: Rendition, suffix: str) -> str:
    return f"{rules.file_path(one.key, one.format)}{suffix} {one.width}w"
