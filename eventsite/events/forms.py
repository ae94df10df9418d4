"""Forms of events, hosts, venues and free pages."""

from typing import Any

from wtforms import IntegerField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.web import forms

ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Brussels", "Europe/London", "Europe/Warsaw", "UTC")

ATTENDANCE = (("onsite", _l("On site")), ("online", _l("Online")), ("hybrid", _l("On site and online")))


class TickList(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def whole_number(label: Any, *, least: int = 0, most: int = 100_000, **options: Any) -> IntegerField:
    """A whole number that may be left empty."""
    message = _l("Please give a whole number from %(min)s to %(max)s.", min=least, max=most)
    checks = [Optional(), NumberRange(min=least, max=most, message=message)]
    return IntegerField(label, validators=checks, **options)


class EventForm(forms.Form):
    """Everything an event says about itself."""

    slug = forms.line(
        _l("Address"),
        required=True,
        most=60,
        description=_l("Small letters, digits and hyphens: kassel-2027. A former address keeps leading here."),
    )
    kind = forms.words(
        _l("Kind of event"), description=_l("As it stands above the title, for example: professional meeting")
    )
    title = forms.words(_l("Title"), required=True)
    short_title = forms.words(
        _l("Short title"), most=40, description=_l("For the head of the page, where the title is long")
    )
    subtitle = forms.words(_l("Subtitle"))
    lead = forms.words(
        _l("Lead"), several_lines=True, most=1000, description=_l("Two sentences that say what it is about")
    )
    text = forms.words(
        _l("Text"), several_lines=True, most=20_000, description=_l("Markdown: **bold**, - lists, [links](https://…)")
    )
    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    ends_at = forms.LocalDateTime(_l("End"), required=True)
    timezone = SelectField(_l("Time zone"), choices=forms.options((zone, zone) for zone in ZONES))
    attendance = SelectField(
        _l("Attendance"),
        choices=forms.options(ATTENDANCE),
    )
    venue_id = SelectField(_l("Venue"), coerce=int)
    hosts = TickList(
        _l("Hosts"), coerce=int, description=_l("At least one, with an imprint, before the event is published")
    )
    series_id = SelectField(
        _l("Series"), coerce=int, description=_l("Its page leads to the former events of the series.")
    )
    accent = forms.line(
        _l("Accent colour"),
        most=7,
        description=_l("Six hexadecimal digits: #0b5a6b. The contrast is adjusted where it is too low."),
    )
    contact_name = forms.line(_l("Contact person"))
    contact_email = forms.email(_l("E-mail address of the contact"))
    contact_phone = forms.line(_l("Telephone of the contact"), most=40)

    def validate_accent(self, field: Any) -> None:
        """A colour, or the usual one."""
        field.data = (field.data or "#0b5a6b").lower()
        if not (len(field.data) == 7 and field.data[0] == "#" and all(c in "0123456789abcdef" for c in field.data[1:])):
            raise ValidationError(_l("Please give the colour as # and six hexadecimal digits."))


class NewEventForm(forms.Form):
    """What a new event needs; everything else has a good default and its own page."""

    title = forms.words(_l("Title"), required=True)
    kind = forms.words(_l("Kind of event"), description=_l("As it stands above the title"))
    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    ends_at = forms.LocalDateTime(_l("End"), required=True)
    attendance = SelectField(_l("Attendance"), choices=forms.options(ATTENDANCE))
    venue_id = SelectField(_l("Venue"), coerce=int)
    hosts = TickList(
        _l("Hosts"), coerce=int, description=_l("At least one, with an imprint, before the event is published")
    )
    slug = forms.line(_l("Address"), most=60, description=_l("Left empty: made from title and year."))


class RegistrationSettingsForm(forms.Form):
    """When and for how many registration is open, and how workshop places are given."""

    registration_opens_at = forms.LocalDateTime(_l("Registration opens"))
    registration_closes_at = forms.LocalDateTime(_l("Registration closes"))
    wishes_close_at = forms.LocalDateTime(_l("Wishes can be changed until"))
    capacity = whole_number(
        _l("Places"), description=_l("Left empty: no limit. More places move the waiting list up at once.")
    )
    overbooking = whole_number(
        _l("Overbooking in percent"),
        most=100,
        description=_l(
            "Some of those registered never come. With 10, of 100 places 110 are given away; nobody outside sees this."
        ),
    )
    online_capacity = whole_number(_l("Places online"), description=_l("Left empty: no limit."))
    promotion = SelectField(
        _l("When a place becomes free"),
        choices=forms.options(
            [
                ("order", _l("The next person has it at once and is told")),
                ("offer", _l("The next person is asked first, and it is kept until the answer")),
            ]
        ),
    )
    offer_hours = whole_number(
        _l("Hours to answer an offer"),
        least=1,
        most=336,
        description=_l("Shorter in the last week: 24 hours, then 12, on the last day 3. No offer ends at night."),
    )
    promotion_stops_hours = whole_number(
        _l("Hours before the start when moving up ends"),
        most=336,
        description=_l("Later nobody would read the mail. You can still move people up by hand."),
    )
    may_hand_over = forms.tick(
        _l("A place may be handed to a colleague"),
        description=_l("The colleague takes it with own details within two days; until then it stays with the giver."),
    )
    interest_list = forms.tick(
        _l("Before registration opens, visitors may leave an address"),
        description=_l("They get one message when it opens; then the address is deleted."),
    )
    confirmation_hours = whole_number(_l("Hours to confirm by mail"), least=1, most=336)


class HostForm(forms.Form):
    """An organisation and its imprint."""

    name = forms.words(_l("Name"), required=True)
    imprint = forms.words(
        _l("Imprint"),
        several_lines=True,
        most=10_000,
        required=True,
        description=_l("Everything the law asks for (DDG § 5)"),
    )
    responsible = forms.line(_l("Responsible for the content"), description=_l("Name and address (MStV § 18(2))"))
    address = forms.paragraphs(_l("Postal address"), most=500)
    email = forms.email(_l("E-mail address"))
    phone = forms.line(_l("Telephone"), most=40)
    website = forms.line(
        _l("Website"), checks=[Regexp(r"(https?://\S+)?$", message=_l("An address begins with https://"))]
    )


class VenueForm(forms.Form):
    """A place and how to get there."""

    name = forms.words(_l("Name"), required=True)
    address = forms.paragraphs(_l("Postal address"), most=500)
    town = forms.line(_l("Town"), most=80)
    directions = forms.words(_l("Directions"), several_lines=True, most=5000)
    step_free = forms.words(
        _l("Step-free access"), several_lines=True, most=5000, description=_l("Way, lifts, toilets, parking, in words")
    )
    map_url = forms.line(_l("Link to a map"))


class MapForm(forms.PictureForm):
    """The picture of the way to a venue."""

    alt = forms.words(
        _l("What the map shows"),
        several_lines=True,
        most=1000,
        description=_l("In words, for those who cannot see it: from where, along which streets, to which door"),
    )


class RoomForm(forms.Form):
    """A room of the venue."""

    name = forms.words(_l("Name of the room"), required=True, most=80)
    capacity = whole_number(_l("Seats"))
    equipment = forms.words(
        _l("Equipment"), most=300, description=_l("For example: first floor, lift, projector, induction loop")
    )
    is_step_free = forms.tick(_l("Can be reached without steps"))


class InfoPageForm(forms.Form):
    """A free page in the event's menu."""

    slug = forms.line(_l("Address"), required=True, most=60, description=_l("For example: travel"))
    title = forms.words(_l("Title"), required=True, most=80)
    text = forms.words(_l("Text"), several_lines=True, most=50_000)
    position = whole_number(_l("Place in the menu"), most=999)


class Confirmation(forms.Form):
    """Just the protection of a button."""
