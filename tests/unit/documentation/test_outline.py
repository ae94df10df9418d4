"""The Document tree: the order of the Kassel page, workshops with constant anatomy, nothing broken when empty."""

import json
from pathlib import Path
from typing import Any

import pytest

from eventsite.documentation import outline, outline_preview, outline_words
from eventsite.documentation.outline import Materials, Part
from tests.unit.documentation.kassel import both, days, event, file, materials, parts, person, photo

GOLDEN = Path(__file__).parents[2] / "golden" / "documentation"


def structure(tree: dict[str, Any]) -> list[Any]:
    """What the golden file keeps: kinds, anchors, names and numbers, never sentences."""
    found: list[Any] = []
    typed = ("text", "programme_item", "gallery", "contacts")
    for b in tree["blocks"]:
        row: dict[str, Any] = {"kind": b["kind"], "anchor": b["anchor"]}
        row |= {"title": b["title"]} if b["kind"] in typed or b["anchor"].startswith("people-") else {}
        row |= {name: len(b[name]) for name in ("photos", "files", "messages") if name in b}
        row |= {name: b[name] for name in ("name", "label", "is_paraphrased") if name in b}
        row |= {"has_rest": True} if b.get("rest") else {}
        row |= {"people": [p["name"] for p in b["people"]]} if "people" in b else {}
        row |= {"cast": [p["name"] for p in b["item"]["people"]]} if "item" in b else {}
        if "rounds" in b:
            row["workshops"] = [
                [w["number"], w["title"], w["place"], [f["title"] for f in w["findings"]], len(w["files"])]
                for r in b["rounds"]
                for w in r["workshops"]
            ]
        found.append(row)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
def test_kassel_page_has_its_structure(language: str) -> None:
    made = structure(outline.build(materials(), language))
    golden = GOLDEN / f"kassel.{language}.json"
    assert made == json.loads(golden.read_text(encoding="utf-8"))


def test_tree_is_plain_json() -> None:
    tree = outline.build(materials(), "de")
    assert json.loads(outline_words.as_json(tree)) == tree


def test_same_materials_give_the_same_text() -> None:
    first, second = (outline_words.as_json(outline.build(materials(), "de")) for _ in range(2))
    assert first == second


def kinds(tree: dict[str, Any]) -> list[str]:
    return [b["kind"] for b in tree["blocks"]]


def test_nothing_at_all_still_makes_a_documentation() -> None:
    bare = {**event(), "contact": {}, "place": None, "hosts": []}
    tree = outline.build(Materials(event=bare), "de")
    assert kinds(tree) == ["facts"]
    assert (tree["title"], tree["programme"]) == ("Externe Kooperation", [])


@pytest.mark.parametrize("number", [0, 1, 7, 40])
def test_every_number_of_workshops_is_shown(number: int) -> None:
    tree = outline.build(materials(days=days(number), parts=[]), "de")
    assert sum(len(r["workshops"]) for b in tree["blocks"] if b["kind"] == "workshops" for r in b["rounds"]) == number


def test_workshop_with_a_title_only_has_the_same_shape_as_a_full_one() -> None:
    (round_,) = next(b for b in outline.build(materials(), "de")["blocks"] if b["kind"] == "workshops")["rounds"]
    bare, full = round_["workshops"][0], round_["workshops"][1]
    assert bare.keys() == full.keys()
    assert (bare["findings"], bare["abstract_html"], bare["people"]) == ([], "", [])


def test_order_by_hand_wins_over_the_usual_one() -> None:
    turned = [p for p in parts() if p.kind == "gallery"] + [p for p in parts() if p.kind == "text"]
    made = kinds(outline.build(materials(parts=turned), "de"))
    assert made.index("gallery") < made.index("text")


def test_person_with_two_organisations_keeps_both() -> None:
    tree = outline.build(materials(parts=[]), "de")
    people = next(b for b in tree["blocks"] if b["anchor"] == "people")["people"]
    weiland = next(p for p in people if p["name"] == "Markus Weiland")
    assert weiland["organisations"] == ["DLR-Projektträger", "Transferagentur für Großstädte"]


def test_fall_back_is_marked_with_its_language() -> None:
    tree = outline.build(
        materials(parts=[Part("t", "text", {"title": both("Nur deutsch"), "text": both("Wort")})]), "en"
    )
    text = next(b for b in tree["blocks"] if b["kind"] == "text")
    assert text["title"] == {"de": "Nur deutsch"}
    assert text["html"] == '<div lang="de"><p>Wort</p></div>'


def test_markdown_cannot_bring_in_scripts_or_pictures() -> None:
    typed = "<script>alert(1)</script> ![x](https://evil.example/p.png) [a](javascript:alert(1))"
    tree = outline.build(materials(parts=[Part("t", "text", {"text": both(typed)})]), "de")
    html = next(b for b in tree["blocks"] if b["kind"] == "text")["html"]
    assert not any(bad in html for bad in ("<script", "<img", 'href="javascript'))


def test_withdrawn_pictures_and_files_leave_the_tree() -> None:
    tree = outline.build(materials(photos=[photo(1), photo(2)], files=[file(1), file(2, 11)]), "de")
    shown = outline_words.pruned(tree, {"ph2", "d1"}.__contains__)
    (gallery,) = [b for b in shown["blocks"] if b["kind"] == "gallery"]
    (workshops,) = [b for b in shown["blocks"] if b["kind"] == "workshops"]
    assert [p["id"] for p in gallery["photos"]] == ["ph2"]
    assert [f["id"] for w in workshops["rounds"][0]["workshops"] for f in w["files"]] == []
    assert "gallery" not in kinds(outline_words.pruned(tree, {"d1"}.__contains__))


def test_quote_with_a_person_has_no_label_and_without_one_has() -> None:
    made = [
        Part("a", "quote", {"text": both("Ja")}, person=person("Christine Knüppel", "Stadt Kassel")),
        Part("b", "quote", {"text": both("Nein"), "label": both("Aus dem Publikum")}),
    ]
    quotes = [b for b in outline.build(materials(parts=made), "de")["blocks"] if b["kind"] == "quote"]
    assert [(q["name"], q["label"], q["organisation"]) for q in quotes] == [
        ("Christine Knüppel", None, "Stadt Kassel"),
        (None, "Aus dem Publikum", None),
    ]


def test_preview_of_a_finding_shows_its_workshop_alone() -> None:
    part = Part("new", "finding", {"title": both("Neu")}, item_id=11)
    (block,) = outline_preview.sections(materials(), part, "de")
    assert [(w["number"], [f["title"] for f in w["findings"]]) for w in block["rounds"][0]["workshops"]] == [
        ("2", ["Neu"])
    ]
