"""The directory of an allocation: what is read, what is refused with which place, what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventsite.allocation import files
from eventsite.allocation.command import main
from eventsite.allocation.rules import BadProblem, Contingent, Problem, Rules, Spread

OFFERINGS = "round,workshop,capacity,minimum\n1,A,2,\n1,B,2,1\n2,A,1,0\n2,C,3,\n"
WISHES = "participant,round,choices,never\nanna,1,A;B,\nanna,2,A,C\nbert,1,A,\nbert,2,,\ncarl,1,B;A,\n"


def write(
    directory: Path, offerings: str | bytes = OFFERINGS, wishes: str | bytes = WISHES, rules: str | bytes | None = None
) -> Path:
    for name, text in (("offerings.csv", offerings), ("preferences.csv", wishes), ("rules.json", rules)):
        if text is not None:
            (directory / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return directory


def test_plain_directory_is_read(tmp_path: Path) -> None:
    problem = files.read_problem(write(tmp_path, rules='{"no_repeat": true, "pins": [["bert", 1, "B"]]}'))
    assert [(o.round, o.workshop, o.capacity, o.minimum) for o in problem.offerings] == [
        ("1", "A", 2, 0),
        ("1", "B", 2, 1),
        ("2", "A", 1, 0),
        ("2", "C", 3, 0),
    ]
    assert [p.name for p in problem.participants] == ["anna", "bert", "carl"]
    assert problem.person["anna"].wishes["2"].never == frozenset({"C"})
    assert problem.rules == Rules(no_repeat=True, pins=(("bert", "1", "B"),))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: ("\n\n" + text.replace("\n", "\n\n")).encode(),
        lambda text: text.replace(",", "\t").encode(),
        lambda text: "\n".join(";".join(f'"{cell}"' for cell in row.split(",")) for row in text.splitlines()).encode(),
    ],
)
def test_dialects_of_spreadsheets_are_understood(tmp_path: Path, encode: object) -> None:
    plain = files.read_problem(write(tmp_path))
    other = files.read_problem(write(tmp_path, encode(OFFERINGS), encode(WISHES)))  # type: ignore[operator]
    assert other == plain


def test_latin_1_is_understood(tmp_path: Path) -> None:
    seats = "round,workshop,capacity\n1,Gärten,5\n".encode("latin-1")
    wishes = "participant,round,choices\nJürgen,1,Gärten\n".encode("latin-1")
    problem = files.read_problem(write(tmp_path, seats, wishes))
    assert problem.person["Jürgen"].wishes["1"].choices == ("Gärten",)


def test_all_rules_are_read() -> None:
    text = json.dumps(
        {
            "max_choices": 3,
            "no_repeat": True,
            "unlisted": "never",
            "pins": [["a", 1, "A"]],
            "spread": [{"members": ["a", "b"], "max_per_offering": 1}],
            "together": [["a", "b"]],
            "contingents": [{"round": 1, "workshop": "A", "members": ["a"], "places": 1}],
            "same_topic": [["A", "B"]],
            "requires": [["B", "A"]],
            "overlaps": [[1, 2]],
            "may_cancel": True,
        }
    )
    assert files.read_rules(text) == Rules(
        3,
        True,
        "never",
        (("a", "1", "A"),),
        (Spread(("a", "b"), 1),),
        (("a", "b"),),
        (Contingent("1", "A", ("a",), 1),),
        (("A", "B"),),
        (("B", "A"),),
        (("1", "2"),),
        True,
    )


BAD_OFFERINGS = [
    ("", "line 1, column 1: the file is empty"),
    ("round,workshop,capacity\n", "line 1, column 1: there is no row"),
    ("round,workshop\n1,A\n", "line 1, column 1: the column “capacity” is missing"),
    ("round,workshop,capacity,colour\n1,A,1,red\n", "line 1, column 4: the column “colour” is unknown"),
    ("round,workshop,capacity\n1,A,-1\n", "line 2, column “capacity”: -1 is negative"),
    ("round,workshop,capacity\n1,A,two\n", "line 2, column “capacity”: “two” is not a whole number"),
    ("round,workshop,capacity\n1,A,1.5\n", "line 2, column “capacity”: “1.5” is not a whole number"),
    ("round,workshop,capacity\n1,A,1\n1,A,2\n", "line 3, column “workshop”: “A” stands twice"),
    ("round,workshop,capacity\n1,,1\n", "line 2, column “workshop”: the cell is empty"),
    ("round,workshop,capacity\n1,A,1,2,3\n", "line 2, column 4: the row has 5 columns"),
    ('round,workshop,capacity\n1,"A,1\n', "line 2, column 1: this is not a CSV row"),
    ("round,workshop,capacity\n1,A\0,1\n", "line 2, column 1: the file is not a text file"),
    (" \n \n", "line 1, column 1: the file is empty"),
    ("1,A,2\n", "line 1, column 1: the column “1” is unknown"),
    ("round,round,workshop,capacity\n1,1,A,1\n", "line 1, column 1: the column “round” stands twice"),
    ("round,workshop,capacity\n1,A,NaN\n", "line 2, column “capacity”: “NaN” is not a whole number"),
    ("round,workshop,capacity\n1,A,1e5\n", "line 2, column “capacity”: “1e5” is not a whole number"),
    ("round,workshop,capacity\n1,A,\n", "line 2, column “capacity”: “” is not a whole number"),
    ("round,workshop,capacity\n1,A,٣\n", "line 2, column “capacity”: “٣” is not a whole number"),
    ("round,workshop,capacity\n1,A,99999999999\n", "line 2, column “capacity”: “99999999999” is not a whole number"),
    ("round,workshop,capacity,minimum\n\n1,A,3,-1\n", "line 3, column “minimum”: -1 is negative"),
    ('round,workshop,capacity\n1,"A\rB",1\n', "column “workshop”: a name may not hold a line break"),
    ("round,workshop,capacity\n1,A;B,1\n", "line 2, column “workshop”: a name may not contain a semicolon"),
    (f"round,workshop,capacity\n1,{'A' * 140_000},1\n", "line 2, column 1: this is not a CSV row"),
    ("round;workshop;capacity\n1;A;1;\n", "line 2, column 4: the row has 4 columns, the header 3"),
]


@pytest.mark.parametrize(("text", "expected"), BAD_OFFERINGS)
def test_bad_offerings_are_refused_with_the_place(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(BadProblem, match=r"^offerings\.csv, ") as caught:
        files.read_problem(write(tmp_path, text))
    assert expected in str(caught.value)


BAD_WISHES = [
    ("anna,1,A;Z,", "line 2, column “choices”: the workshop “Z” is unknown in round “1”"),
    ("anna,3,A,", "line 2, column “round”: the round “3” is unknown"),
    ("anna,1,A;A,", "line 2, column “choices”: “A” stands twice"),
    ("anna,1,A;;B,", "line 2, column “choices”: a name between two semicolons is missing"),
    ("anna,1,A,A", "line 2, column “never”: “A” stands in choices as well"),
    ("anna,1,A,Z", "line 2, column “never”: the workshop “Z” is unknown"),
    (",1,A,", "line 2, column “participant”: the cell is empty"),
    ("anna,1,A,\nanna,1,B,", "line 3, column “participant”: “anna” stands twice for round “1”"),
]


@pytest.mark.parametrize(("rows", "expected"), BAD_WISHES)
def test_bad_wishes_are_refused_with_the_place(tmp_path: Path, rows: str, expected: str) -> None:
    with pytest.raises(BadProblem) as caught:
        files.read_problem(write(tmp_path, wishes=f"participant,round,choices,never\n{rows}\n"))
    assert str(caught.value) == f"preferences.csv, {expected}." or expected in str(caught.value)


def test_a_million_rows_are_refused(tmp_path: Path) -> None:
    rows = "participant,round,choices\n" + "".join(f"p{i},1,A\n" for i in range(1_000_000))
    with pytest.raises(BadProblem, match="line 200002, column 1: there are more than 200000 rows"):
        files.read_problem(write(tmp_path, wishes=rows))


BAD_RULES = [
    ("", "line 1, column 1: this is not JSON"),
    ('{"no_repeat": true,}', "line 1, column "),
    ("null", "line 1, column 1: the file must hold one JSON object"),
    ('{"max_choices": NaN}', "line 1, column 2: “max_choices” must be a whole number"),
    ('{"max_choices": 1e999}', "line 1, column 2: “max_choices” must be a whole number"),
    (f'{{"max_choices": {"9" * 5000}}}', "line 1, column 1: a number is too long"),
    (f'{{"pins": {"[" * 100_000}', "line 1, column 1: the values are nested too deeply"),
    ('{"pins": [["anna", 1.0, "A"]]}', "line 1, column 2: “pins” must be a list of"),
    ('{"spread": [{"members": [], "members": [], "max_per_offering": 1}]}', "line 1, column 29: the key “members”"),
    ('{"together": [["pins"]],\n "pins": []}', "line 1, column 15: together names the unknown participant “pins”"),
    ('{"pins": [["anna", "1", "A"],\n  ["zoe", "1", "A"]]}', "line 2, column 3: pins [“zoe”, “1”, “A”]: this"),
    ('{"overlaps": [["1", "2"], ["1", "1"]]}', "line 1, column 27: overlaps names the round “1” twice"),
    ('{"pins": [["anna", "2", "A"]], "requires": [["A", "C"]]}', "line 1, column 11: the rules leave no possible day"),
    ("[]", "line 1, column 1: the file must hold one JSON object"),
    ('{\n "colour": 1}', "line 2, column 2: the key “colour” is unknown"),
    ('{"no_repeat": 1}', "line 1, column 2: “no_repeat” must be true or false"),
    ('{"max_choices": -1}', "“max_choices” must be a whole number"),
    ('{"max_choices": 1}', "preferences.csv, line 2, column “choices”: there are 2 choices, but max_choices is 1"),
    ('{"pins": [["anna", "1"]]}', "“pins” must be a list of [participant, round, workshop]"),
    ('{"unlisted": "last"}', "“unlisted” must be “next” or “never”"),
    ('{"spread": [{"members": ["anna"]}]}', "“spread” must be a list of {members, max_per_offering}"),
    ('{"no_repeat": true, "no_repeat": false}', "the key “no_repeat” stands twice"),
    ('{"pins": [["zoe", "1", "A"]]}', "this participant is unknown"),
    ('{"pins": [["anna", "1", "C"]]}', "this workshop is unknown in this round"),
    ('{"pins": [["carl", "2", "C"]]}', "the participant does not attend this round"),
    ('{"pins": [["anna", "2", "C"]]}', "contradicts the participant's never"),
    ('{"pins": [["anna", "2", "A"], ["bert", "2", "A"]]}', "more pins than the capacity"),
    ('{"pins": [["anna", "1", "A"], ["anna", "1", "B"]]}', "two workshops in the same round"),
    ('{"pins": [["anna", "1", "A"], ["anna", "2", "A"]], "no_repeat": true}', "contradict no_repeat"),
    ('{"pins": [["anna", "1", "A"], ["bert", "1", "B"]], "together": [["anna", "bert"]]}', "contradict together"),
    ('{"together": [["anna", "zoe"]]}', "together names the unknown participant “zoe”"),
    ('{"contingents": [{"round": "1", "workshop": "A", "members": ["anna"], "places": 9}]}', "more places than"),
    ('{"overlaps": [["1", "9"]]}', "overlaps names the unknown round “9”"),
    ('{"same_topic": [["A", "Z"]]}', "same_topic names the unknown workshop “Z”"),
    ('{"requires": [["A", "A"]]}', "needs itself"),
]


@pytest.mark.parametrize(("text", "expected"), BAD_RULES)
def test_bad_rules_are_refused_by_the_command(
    tmp_path: Path, text: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(write(tmp_path, rules=text))]) == 2
    said = capsys.readouterr().err
    assert expected in said and said.count("\n") == 1 and "line " in said
    assert not (tmp_path / "allocation.csv").exists()


@pytest.mark.parametrize(
    ("row", "rules", "said"),
    [
        ("1,B,9,4", None, "the minimum for “B” in round “1” cannot be reached."),
        ("1,B,9,4", '{"no_repeat": true}', "the minimum for “B” in round “1” cannot be reached."),
        ("1,B,3,4", None, "the minimum of “B” in round “1” is greater than its capacity."),
    ],
)
def test_minimum_out_of_reach_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str, rules: str | None, said: str
) -> None:
    seats = f"round,workshop,capacity,minimum\n1,A,9,\n{row}\n2,A,9,\n2,C,9,\n"
    assert main([str(write(tmp_path, offerings=seats, rules=rules))]) == 2
    assert capsys.readouterr().err == f"offerings.csv, line 3, column “minimum”: {said}\n"


@pytest.mark.parametrize("missing", ["offerings.csv", "preferences.csv"])
def test_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str) -> None:
    (write(tmp_path) / missing).unlink()
    assert main([str(tmp_path)]) == 2
    said = f"{missing}, line 1, column 1: the file cannot be read (No such file or directory).\n"
    assert capsys.readouterr().err == said
    assert main([str(tmp_path), "--verify"]) == 1


def test_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = write(tmp_path) / "offerings.csv" / "out"
    assert main([str(tmp_path), "--out", str(out)]) == 2
    assert capsys.readouterr().err == f"{out}: the result cannot be written (Not a directory).\n"


@pytest.mark.parametrize("given", [("--time-limit", "nan"), ("--time-limit", "-1"), ("--seed", "x"), ("--tie", "y")])
def test_bad_arguments_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([str(write(tmp_path)), *given])
    said = capsys.readouterr().err
    assert caught.value.code == 2 and given[0] in said and said.count("\n") == 1


def test_very_long_numbers_as_names_are_only_names(tmp_path: Path) -> None:
    day = "1" * 5000
    write(tmp_path, f"round,workshop,capacity\n{day},A,1\n", f"participant,round,choices\np{day},{day},A\n")
    assert main([str(tmp_path)]) == 0


def test_contradicting_rules_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seats = "round,workshop,capacity,minimum\n1,A,3,2\n1,B,3,1\n2,A,1,\n2,C,3,\n"
    groups = '{"together": [["anna", "carl"], ["carl", "bert"]]}'
    assert main([str(write(tmp_path, offerings=seats, rules=groups))]) == 2
    said = capsys.readouterr().err
    assert [name in said for name in ("minimum of “A”", "minimum of “B”", "together")] == [True] * 3


def test_command_solves_writes_and_verifies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, rules='{"no_repeat": true}')
    out = tmp_path / "out"
    assert main([str(tmp_path), "--out", str(out), "--seed", "3"]) == 0
    assert main([str(tmp_path), "--out", str(out), "--verify"]) == 0
    report = json.loads((out / "report.json").read_text())
    assert list(report) == [
        "objective",
        "levels",
        "profile",
        "proved",
        "bound",
        "closed",
        "seed",
        "tie",
        "seconds",
        "fingerprint",
    ]
    assert (report["proved"], report["seed"], report["bound"]) == (True, 3, report["levels"])
    text = (out / "allocation.csv").read_text()
    assert text.splitlines()[0] == "participant,round,workshop,rank"
    for old, new in (("anna,1,B,2", "anna,1,A,1"), ("anna,1,B,2", "anna,1,B,1"), ("anna,1,B,2\n", "")):
        assert old in text
        (out / "allocation.csv").write_text(text.replace(old, new))
        assert main([str(tmp_path), "--out", str(out), "--verify"]) == 1
    (out / "allocation.csv").unlink()
    assert main([str(tmp_path), "--out", str(out), "--verify"]) == 1
    assert capsys.readouterr().out == ""


def test_plan_survives_writing_and_reading(tmp_path: Path) -> None:
    problem = files.read_problem(write(tmp_path))
    plan = {"anna": {"1": "A", "2": "A"}, "bert": {"1": "B", "2": None}, "carl": {"1": "B"}}
    (tmp_path / "allocation.csv").write_text(files.allocation_csv(problem, plan))
    assert files.read_allocation(tmp_path / "allocation.csv", problem) == plan
    assert Problem.from_dict(json.loads(json.dumps(problem.to_dict()))) == problem
