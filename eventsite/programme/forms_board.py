"""Forms of the board: where an item or a round goes, and by how much everything later moves."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from wtforms import HiddenField, IntegerField, SelectField, TimeField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.web import forms


def _minutes(label: Any, least: int, most: int, **options: Any) -> IntegerField:
    message = _l("Please give a whole number from %(min)s to %(max)s.", min=least, max=most)
    return IntegerField(label, validators=[InputRequired(message), NumberRange(least, most, message)], **options)


class RoundMoveForm(forms.Form):
    """Where a round goes, and what the mover saw."""

    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    length = _minutes(_l("Length in minutes"), 1, 1440)
    seen = HiddenField()
    instant = HiddenField()  # where the pointer put it: exact also in the night in which an hour comes twice

    def start(self) -> datetime:
        """The beginning: what the pointer chose, else what was typed."""
        with suppress(ValueError):
            found = datetime.fromisoformat(self.instant.data or "")
            if found.tzinfo is not None and 1900 <= found.year <= 2200:
                return found.astimezone(UTC)
        typed = self.starts_at.data
        assert typed is not None  # asked after validation only
        return typed


class MoveForm(RoundMoveForm):
    """Where an item goes."""

    room = SelectField(_l("Room"))


class ShiftForm(forms.Form):
    """From when on everything of a day moves, and by how much."""

    day = SelectField(_l("Day"))
    since = TimeField(
        _l("Starting at"),
        validators=[InputRequired(_l("Please give a time like 09:30."))],
        format=["%H:%M", "%H:%M:%S"],
        description=_l("Everything that begins then or later"),
    )
    by = _minutes(_l("By minutes"), -720, 720, description=_l("With a minus it moves to earlier, for example -15"))
    seen = HiddenField()

    def validate_by(self, field: Any) -> None:
        """No minute is no move."""
        if field.data == 0:
            raise ValidationError(i18n._("Please give a number of minutes other than 0."))
