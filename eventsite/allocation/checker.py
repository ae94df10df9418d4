"""Check a result without any solver: integers, fractions and the definitions only.

A stage of the certificate gives prices for rows of seats. Whatever prices stand there, adding up every
unit's cheapest day (cost minus prices) and the prices of the seats bounds the level from below (weak
duality). A bound that rounds up to the stated value proves the level. Days whose reduced cost exceeds the
gap between value and bound cannot occur in any optimal plan, and rows whose price exceeds it are tight;
later stages may rely on both. Source: Nemhauser, Wolsey (1988), I.2.3 and II.3.6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from eventsite.allocation import rules
from eventsite.allocation.bounds import floors
from eventsite.allocation.feasibility import broken_rules
from eventsite.allocation.proof import Allowed, Proof, Told
from eventsite.allocation.rules import Level, Plan, Problem


@dataclass
class Verdict:
    """Complaints (none: accepted) and the levels whose optimality was re-proven here."""

    complaints: list[str] = field(default_factory=list)
    proven: list[str] = field(default_factory=list)


def check(
    problem: Problem,
    plan: Plan,
    report: Mapping[str, Any],
    certificate: Mapping[str, Any],
    *,
    told: Told | None = None,
    allowed: Allowed | None = None,
    moves: int = 1,
) -> Verdict:
    """Everything that can be verified about a stored result; never raises for a tampered one."""
    verdict = Verdict()
    if broken := broken_rules(problem, plan):
        verdict.complaints.append(broken[0].sentence())
        return verdict
    try:
        listed = rules.levels(problem, str(certificate["objective"]), moves if told else 0)
        _figures(problem, plan, report, certificate, listed, told or {}, verdict)
        if not verdict.complaints:
            _optimality(problem, report, certificate, listed, told or {}, allowed or {}, verdict)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError) as error:
        verdict.complaints.append(f"The certificate is unreadable ({type(error).__name__}).")
    return verdict


def _figures(
    problem: Problem,
    plan: Plan,
    report: Mapping[str, Any],
    certificate: Mapping[str, Any],
    listed: list[Level],
    told: Told,
    verdict: Verdict,
) -> None:
    """Fingerprint, plan, level values, profile and closed workshops, recomputed."""
    tie = str(certificate["tie"])
    values = rules.level_values(problem, plan, listed, told)
    used = {(r, w) for cells in plan.values() for r, w in cells.items()}
    closed = sorted(
        [o.round, o.workshop]
        for o in problem.offerings
        if problem.rules.may_cancel and o.minimum and (o.round, o.workshop) not in used
    )
    tests = [
        (
            certificate["fingerprint"] == report["fingerprint"] == rules.fingerprint(problem, tie),
            "The input is not the one of the certificate.",
        ),
        (certificate["plan"] == rules.plan_hash(plan), "The plan is not the one of the certificate."),
        (
            all(certificate[key] == report[key] for key in ("objective", "tie", "seed")),
            "Report and certificate name different rules.",
        ),
        (dict(report["levels"]) == values == dict(certificate["levels"]), "A level does not have the stated value."),
        (dict(report["profile"]) == rules.profile(problem, plan), "The profile is not the stated one."),
        (sorted(report["closed"]) == closed, "The closed workshops are not the stated ones."),
        (set(report["bound"]) == set(values), "The report does not bound every level."),
    ]
    verdict.complaints += [text for holds, text in tests if not holds]


def _optimality(
    problem: Problem,
    report: Mapping[str, Any],
    certificate: Mapping[str, Any],
    listed: list[Level],
    told: Told,
    allowed: Allowed,
    verdict: Verdict,
) -> None:
    """Go through the stages in the order of the levels; a level rests on all levels before it."""
    proof = Proof(problem, listed, certificate, told, allowed)
    values = {level.name: level.sign * int(certificate["levels"][level.name]) for level in listed}
    staged = [name for stage in certificate["stages"] for name in stage["levels"]]
    if staged != [level.name for level in listed][: len(staged)]:
        verdict.complaints.append("The stages of the certificate are not the levels in their order.")
        return
    limits, proven = floors(problem, listed), verdict.proven
    for stage in certificate["stages"]:
        names = list(stage["levels"])
        bound = proof.stage(stage, values)
        total = sum(int(w) * values[name] for w, name in zip(stage["weights"], names, strict=True))
        if bound is not None and bound > total:
            verdict.complaints.append(f"The bound of {names[0]} lies above its value.")
            return
        closed = bound is not None and total - bound < 1
        if bound is not None and not closed and "tree" in stage and stage["weights"] == ["1"]:
            closed = proof.rules_out(stage["tree"], proof.position[names[0]], values[names[0]])
        if not closed or not proof.dominates(stage):
            if bound is not None and stage["weights"] == ["1"]:
                limits[names[0]] = _tighter(listed[len(proven)], limits[names[0]], ceil(bound))
            break
        proven += names
    _stated(report, listed, limits, verdict)


def _tighter(level: Level, floor: int, bound: int) -> int:
    return level.sign * max(level.sign * floor, bound)


def _stated(report: Mapping[str, Any], listed: list[Level], limits: Mapping[str, int], verdict: Verdict) -> None:
    """What the report calls proven and bounded against what was proven here."""
    proven = verdict.proven
    while len(proven) < len(listed) and limits[listed[len(proven)].name] == report["levels"][listed[len(proven)].name]:
        proven.append(listed[len(proven)].name)
    if report["proved"] is not (len(proven) == len(listed)):
        place = listed[len(proven)].name if len(proven) < len(listed) else "less than it could"
        verdict.complaints.append(f"The certificate does not prove what the report says: {place}.")
    for level in listed:
        value, bound = report["levels"][level.name], report["bound"][level.name]
        limit = value if level.name in proven else limits[level.name]
        if type(bound) is not int or (bound != limit if level.name in proven else level.sign * (bound - limit) > 0):
            verdict.complaints.append(f"The certificate does not prove the bound of {level.name}.")
