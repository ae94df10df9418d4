"""Names in any script: filed as a directory does, as initials, and under their letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import names
from eventsite.core.i18n import sort_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Prof. Dr. Anna-Lena von der Müller, M.A.", "AM"),
        ("Dr. h. c. Jan Ebert", "JE"),
        ("Dipl.-Ing. (FH) Ute Öz", "UÖ"),
        ("A. Müller", "AM"),
        ("Ma Long", "ML"),
        ("Åsa", "Å"),
        ("Cher", "C"),
        ("李 明", "李明"),
        ("王小明", "王"),
        ("محمد علي", "م"),
        ("דוד כהן", "דכ"),
        ("निशा शर्मा", "निश"),
        ("👩‍🚀 Ada 🚀", "A"),
        ("👩‍🚀", ""),
        ("50 Cent", "C"),
        ("ßo", "ß"),
        ("  ", ""),
        (None, ""),
        ("ludwig van beethoven", "LB"),
    ],
)
def test_initials_of_a_name(name: str | None, expected: str) -> None:
    assert names.initials(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Prof. Dr.-Ing. Johann Wolfgang von Goethe, MdB", "Goethe Johann Wolfgang von"),
        ("Dr. rer. nat. habil. Eva Ağaoğlu", "Ağaoğlu Eva"),
        ("Martin Luther King Jr.", "King Martin Luther Jr."),
        ("Univ.-Prof. Mag. Zoë Maß", "Maß Zoë"),
        ("Cher", "Cher"),
        ("Dr.", "Dr."),
        ("王 小明", "王 小明"),
        ("👩‍🚀", "👩‍🚀"),
        ("", ""),
    ],
)
def test_name_is_filed_under_the_family_name(name: str, expected: str) -> None:
    assert names.filed(name) == expected


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ("Öz Ute", "O"), ("Łuczak Rolf", "L"), ("ßo", "S"), ("Æbler", "A"), ("Иванов Пётр", "И"), ("Ωmega", "Ω"),
        ("王小明", "#"), ("علي محمد", "#"), ("👩‍🚀", "#"), ("50 Cent", "#"), ("'t Hooft", "T"), ("", "#"),
    ],
)  # fmt: skip
def test_name_stands_under_its_letter(filed: str, expected: str) -> None:
    assert names.letter(filed) == expected


def test_directory_is_in_german_order() -> None:
    people = ["Dr. Tom Zander", "Uta Müßig", "Ida Mussolf", "Eva von Ärmel", "Prof. Ada Arm", "Bo Muss", "Ali Aron"]
    assert sorted(people, key=lambda name: sort_key(names.filed(name))) == [
        "Prof. Ada Arm", "Eva von Ärmel", "Ali Aron", "Bo Muss", "Uta Müßig", "Ida Mussolf", "Dr. Tom Zander",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_any_text_may_be_a_name(name: str) -> None:
    shown, filed = names.initials(name), names.filed(name)
    assert shown == "" or shown[0].isalpha()
    assert len(names.letter(filed)) == 1
    assert sorted(filed.split()) == sorted(names.bare_words(name) or name.split())
