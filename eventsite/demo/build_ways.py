"""How else people came to the coming event: a code, a group, a list of invitations, and two by telephone."""

from datetime import datetime, timedelta

from eventsite.core import clock
from eventsite.demo.build_event import Built
from eventsite.registration import queries_lists, queries_ways, service_invitations, service_ways
from eventsite.registration.service import Details
from eventsite.registration.service_groups import Team
from eventsite.site import letting_in, signup
from eventsite.site.letting_in import Terms
from eventsite.site.signup import Entry

ACTOR = "demonstration"
TOWN = "Stadt Steinfurth"
TEAM = ("Zoë Łęcka", "Ömer Şahin", "Klara Vogelsang")
GUESTS = (
    ("Prof. Dr. Ilse Brückner", "ilse.brueckner@example.org", "Hochschule Niederwalde"),
    ("Mateusz Zieliński", "mateusz.zielinski@example.org", "Landkreis Weidenbach"),
    ("Nele Petersen", "nele.petersen@example.org", "Stadtbibliothek Grünhagen"),
    ("Rashid Al-Amiri", "rashid.alamiri@example.org", "Jugendmigrationsdienst Aubergen"),
    ("Swantje Kühl", "swantje.kuehl@example.org", "Volkshochschule Rothenlohe"),
)
BY_TELEPHONE = (
    ("Lieselotte Ahrens", "Nachbarschaftshaus Lindenhof", "Lindenhof 3\n00007 Obersee"),
    ("Wilhelm Dąbrowski", "Kleingartenverein Hafenkante e. V.", "Am Deich 12\n00005 Aubergen"),
)


def let_in(built: Built, until: datetime) -> None:
    """All of them, in the last days before `until`, when the form was open."""
    with clock.freeze(until - timedelta(days=6)):
        service_ways.add_code(
            built.event_id, "LERNORTE", note="Für Hochschulen, falls wir auf Einladung umstellen", most=20, actor=ACTOR
        )
        _invite(built.event_id)
    with clock.freeze(until - timedelta(days=2)):
        _register_team(built.event_id)
        _answer(built.event_id)
    for number, (name, organisation, address) in enumerate(BY_TELEPHONE):
        with clock.freeze(until - timedelta(days=1, hours=number)):
            terms = Terms(
                f"telephone {number}", reason="Zusage am Telefon", postal_address=f"{organisation}\n{address}"
            )
            details = Details(name, None, organisation)
            letting_in.let_in(built.event_id, details, terms, source="organiser", actor=ACTOR)


def _register_team(event_id: int) -> None:
    """Three colleagues; the contact has confirmed the own place already."""
    people = [Details(name, f"{name.split()[0].lower()}.steinfurth@example.org", TOWN) for name in TEAM]
    team = Team(TEAM[0], people[0].email or "", TOWN, "de", "together", is_seated_together=True, people=people)
    group = signup.sign_up_group(event_id, team)
    signup.confirm(queries_ways.members(group.id)[0].id)


def _invite(event_id: int) -> None:
    def rows(guests: tuple[tuple[str, str, str], ...]) -> list[dict[str, str]]:
        found = [{"name": name, "email": email, "organisation": place} for name, email, place in guests]
        return [{**one, "language": "de", "note": ""} for one in found]

    service_invitations.enlist(event_id, rows(GUESTS[:4]), basis="office")
    service_invitations.send_all(event_id, actor=ACTOR)
    service_invitations.send(event_id)
    service_invitations.enlist(event_id, rows(GUESTS[4:]), basis="office")


def _answer(event_id: int) -> None:
    """One of the invited has registered, one cannot come; the others have not answered yet."""
    invited = {one.email: one for one in queries_lists.invitations(event_id)}
    comes, declines = GUESTS[0], GUESTS[1]
    details = Details(comes[0], comes[1], comes[2])
    signup.sign_up(event_id, details, confirmed=True, entry=Entry(invitation_id=invited[comes[1]].id))
    service_invitations.decline(invited[declines[1]].id)
