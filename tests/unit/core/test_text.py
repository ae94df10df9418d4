"""Addresses from titles, safe Markdown, extracts and quotes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Größe & Maß", "groesse-mass"),
        ("A\u0308pfel", "aepfel"),
        ("ŁÓDŹ, Ødegård — İstanbul Ş ğ č", "lodz-odegard-istanbul-s-g-c"),
        ("Новости: Киев", "novosti-kiev"),
        ("Αθήνα", "athina"),
        ("l'été d’Anna", "lete-danna"),
        ("  2. Workshop!  ", "2-workshop"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_slugify_title(title: str, slug: str) -> None:
    assert text.slugify(title) == slug


def test_slugify_script_without_transliteration_is_stable_and_distinct() -> None:
    one, again, other = (text.slugify(title, fallback="punkt") for title in ("会议", "会议", "会場"))
    assert one == again
    assert one != other
    assert one.startswith("punkt-")


def test_slugify_long_title_is_cut_at_a_word() -> None:
    assert text.slugify("eins zwei drei vier", length=10) == "eins-zwei"
    assert text.slugify("x" * 99, length=10) == "x" * 10


@given(st.text())
def test_slugify_any_text_is_a_path_segment(title: str) -> None:
    slug = text.slugify(title)
    assert slug
    assert len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_markdown_paragraph_list_and_link() -> None:
    html = text.markdown("Ein *Wort* mit [Link](https://example.org/)\n\n- eins\n- **zwei**")
    assert html == (
        '<p>Ein <em>Wort</em> mit <a href="https://example.org/" rel="noopener">Link</a></p>\n'
        "<ul>\n<li>eins</li>\n<li><strong>zwei</strong></li>\n</ul>"
    )


def test_markdown_headings_start_at_top_and_skip_no_level() -> None:
    html = text.markdown("# A\n\n#### B\n\n## C\n\n# D", top=2)
    assert html == "<h2>A</h2>\n<h3>B</h3>\n<h3>C</h3>\n<h2>D</h2>"


def test_markdown_deep_headings_end_at_six() -> None:
    assert text.markdown("# a\n## b\n### c", top=5) == "<h5>a</h5>\n<h6>b</h6>\n<h6>c</h6>"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,a)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example)",
        "<svg onload=alert(1)>",
        "[x](&#106;avascript:alert(1))",
        "![x](https://evil.example/pixel.png)",
    ],
)
def test_markdown_hostile_source_has_no_active_part(source: str) -> None:
    html = str(text.markdown(source))
    assert "<p>" in html
    assert not any(part in html for part in ("<script", "<img", "<svg", "href="))


def test_markdown_picture_leaves_its_words() -> None:
    assert text.markdown("![Ein Bild](https://example.org/x.png)") == "<p>Ein Bild</p>"


def test_markdown_language_sets_quotation_marks_and_dashes() -> None:
    assert text.markdown('"Hallo" -- gut', language="de") == "<p>„Hallo“ – gut</p>"
    assert text.markdown('"Hello"', language="en") == "<p>“Hello”</p>"


@pytest.mark.parametrize("nothing", ["", None, "  \n "])
def test_markdown_nothing_is_empty(nothing: str | None) -> None:
    assert text.markdown(nothing) == ""


@given(st.text())
def test_markdown_any_text_stays_harmless(source: str) -> None:
    assert "<script" not in str(text.markdown(source)).lower()


def test_plain_keeps_paragraphs_and_lists() -> None:
    source = "# Titel\n\nEin *Satz* mit [Link](https://a.example).\nZweite Zeile\n\n- eins\n- zwei\n\n1. a\n2. b"
    assert text.plain(source) == "Titel\n\nEin Satz mit Link.\nZweite Zeile\n\n– eins\n– zwei\n1. a\n2. b"


def test_shorten_cuts_at_a_word() -> None:
    assert text.shorten("Hallo schöne Welt", 15) == "Hallo schöne…"
    assert text.shorten("Hallo, schöne Welt", 8) == "Hallo…"
    assert text.shorten("Hallo \n Welt", 15) == "Hallo Welt"
    assert text.shorten("Donaudampfschifffahrt", 8) == "Donauda…"


@given(st.text(), st.integers(2, 40))
def test_shorten_is_never_longer(source: str, length: int) -> None:
    assert len(text.shorten(source, length)) <= length


def test_quoted_sets_marks_once() -> None:
    assert text.quoted('"Gut so."') == "„Gut so.“"
    assert text.quoted("„Gut so.“", "en") == "“Gut so.”"
