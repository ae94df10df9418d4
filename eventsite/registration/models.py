"""Registrations, their history, questions with versions, answers with files, and consents."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsite.core.db import JsonText, Model
from eventsite.people.models import Person, PersonalLink


class Registration(Model):
    """One person's place (or waiting position) at one event; `queue_number` is the order of registration."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("event_id", "email_key"),
        Index("ix_registration_event_status", "event_id", "status", "holds_place", "queue_number"),
        Index("ix_registration_held", "status", "held_until"),
        Index("ix_registration_event_name", "event_id", "sort_name", "id"),
        Index("ix_registration_event_created", "event_id", "created_at", "id"),
        Index("uq_registration_event_form", "event_id", "form_key", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    email_key: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)  # see rules.Status
    holds_place: Mapped[bool]  # a pending one holds either a place or a waiting position
    held_until: Mapped[datetime | None]  # end of the confirmation link or of an offer
    queue_number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)  # form, group, organiser, walk-in, import
    note: Mapped[str] = mapped_column(Text, default="")  # the organisers' own, never public
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    status_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    link_id: Mapped[int] = mapped_column(ForeignKey("personal_link.id"))
    feed_link_id: Mapped[int] = mapped_column(ForeignKey("personal_link.id"))
    needs_decision: Mapped[bool] = mapped_column(default=False)  # the organisers have to say yes or no
    code_id: Mapped[int | None] = mapped_column(ForeignKey("entry_code.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("registration_group.id"), index=True)
    shows_state: Mapped[bool] = mapped_column(default=False)  # the group's contact may see whether it is confirmed
    postal_address: Mapped[str] = mapped_column(Text, default="")  # for letters to people without an e-mail address
    asked_at: Mapped[datetime | None]  # when last asked whether they (still) come
    coming: Mapped[str] = mapped_column(Text, default="", server_default="")  # the answer: yes, no, or none yet
    coming_at: Mapped[datetime | None]
    undeliverable: Mapped[str] = mapped_column(Text, default="", server_default="")  # why mails do not arrive
    new_email: Mapped[str | None] = mapped_column(Text)  # becomes the address once it is confirmed by its own link
    new_email_link_id: Mapped[int | None] = mapped_column(ForeignKey("personal_link.id"))
    mode: Mapped[str] = mapped_column(Text, default="onsite")  # onsite, online; decides in hybrid events only
    wanted_mode: Mapped[str | None] = mapped_column(Text)  # keeps what it has until the other place is there
    switch_number: Mapped[int | None]  # the order in the line of the wanted mode
    contingent_id: Mapped[int | None] = mapped_column(ForeignKey("contingent.id"), index=True)
    in_contingent: Mapped[bool] = mapped_column(default=False)  # the place held is one of the contingent's
    form_key: Mapped[str | None] = mapped_column(Text)  # of the team's form it was registered with
    wants_calendar_mails: Mapped[bool] = mapped_column(default=True, server_default=true())
    is_invited: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # by a calendar mail, not called back
    invited_sequence: Mapped[int | None]  # SEQUENCE of the last calendar mail
    alarm_minutes: Mapped[int | None]  # before each entry of the own feed; None: no reminder
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    link: Mapped[PersonalLink] = relationship(lazy="raise_on_sql", foreign_keys=[link_id])
    feed_link: Mapped[PersonalLink] = relationship(lazy="raise_on_sql", foreign_keys=[feed_link_id])
    changes: Mapped[list["StatusChange"]] = relationship(lazy="raise_on_sql", order_by="StatusChange.id")
    answers: Mapped[list["Answer"]] = relationship(lazy="raise_on_sql", order_by="Answer.id")
    consents: Mapped[list["Consent"]] = relationship(lazy="raise_on_sql", order_by="Consent.id")

    @property
    def awaits_decision(self) -> bool:
        """Whether the address is confirmed and only the organisers' decision is missing."""
        return self.status == "pending" and self.needs_decision and self.held_until is None


class StatusChange(Model):
    """One step in the life of a registration: who did it, when and why."""

    __tablename__ = "status_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    at: Mapped[datetime]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)  # participant, system, or an account's public id
    cause: Mapped[str] = mapped_column(Text)


class Handover(Model):
    """A place offered to a colleague: the giver keeps it until the colleague has taken it or the deadline has passed."""

    __tablename__ = "handover"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("personal_link.id"))
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)  # open, taken, withdrawn, known (the address was registered already)
    until: Mapped[datetime]
    created_at: Mapped[datetime]
    link: Mapped[PersonalLink] = relationship(lazy="raise_on_sql")


class Announcement(Model):
    """News that go to everybody concerned once: that an event is called off, takes place after all, or has moved."""

    __tablename__ = "announcement"
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(Text)  # called_off, back_on, moved
    statuses: Mapped[Any] = mapped_column(JsonText)
    last_id: Mapped[int] = mapped_column(default=0)  # everybody up to here has the mail
    actor: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(index=True)


class PlaceCount(Model):
    """Places taken and positions waiting of an event, kept under the event's lock, so that no page has to count."""

    __tablename__ = "place_count"
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    last_queue_number: Mapped[int] = mapped_column(default=0)
    online_taken: Mapped[int] = mapped_column(default=0)  # `taken` and `waiting` count those on site
    online_waiting: Mapped[int] = mapped_column(default=0)
    to_onsite: Mapped[int] = mapped_column(default=0)  # people with something else who wait for a place on site
    to_online: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)  # places of open contingents that nobody has taken yet
    promoted: Mapped[int] = mapped_column(default=0)  # how many have moved up so far

    def public_scopes(self) -> tuple[str, ...]:
        """The front page tells how many places are left."""
        return (f"event:{self.event_id}",)


class Contingent(Model):
    """Places kept for a group until a date; whoever has its code takes one of them."""

    __tablename__ = "contingent"
    __table_args__ = (UniqueConstraint("event_id", "code_key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    name: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    code_key: Mapped[str] = mapped_column(Text)  # see contingents.code_key
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime | None]
    released_at: Mapped[datetime | None]  # what was not taken by then is for everybody
    created_at: Mapped[datetime]


class OptionCount(Model):
    """Places of one answer that has a limited number, and how many are taken; kept under the event's lock."""

    __tablename__ = "option_count"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    option_key: Mapped[str] = mapped_column(Text, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class OptionHold(Model):
    """One place of a limited answer, held by a registration as long as it has not ended."""

    __tablename__ = "option_hold"
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    option_key: Mapped[str] = mapped_column(Text, primary_key=True)


class Question(Model):
    """A question of an event's form; what it asks is in its versions, the newest counts."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("event_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    key: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    versions: Mapped[list["QuestionVersion"]] = relationship(
        back_populates="question", order_by="QuestionVersion.number", lazy="raise_on_sql"
    )
    is_draft: Mapped[bool] = mapped_column(default=False, server_default=false())
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True)  # None: the form to register

    def public_scopes(self) -> tuple[str, ...]:
        """The form is public, and so is the privacy notice made from it."""
        return (f"event:{self.event_id}",)


class QuestionVersion(Model):
    """What a question asked from some moment on, with the purpose and retention the law asks for (GDPR Art. 5, 13)."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("question_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)  # see questions.KINDS
    label: Mapped[Any] = mapped_column(JsonText)
    help: Mapped[Any] = mapped_column(JsonText)
    options: Mapped[Any] = mapped_column(JsonText)  # [{"key": "vegan", "label": Words, "places": 40}]
    is_required: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[Any] = mapped_column(JsonText)
    legal_basis: Mapped[str] = mapped_column(Text)  # task, contract, consent
    audience: Mapped[str] = mapped_column(Text)  # organisers, sensitive
    retention: Mapped[str] = mapped_column(Text)  # see privacy.rules.RETENTION
    created_at: Mapped[datetime]
    question: Mapped[Question] = relationship(back_populates="versions", lazy="raise_on_sql")
    limits: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")  # {"least": 1, "most": 5}
    condition: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")  # {"key": …, "values": […]}
    answer_until: Mapped[datetime | None]
    section: Mapped[str] = mapped_column(Text, default="needs", server_default="needs")  # see questions_sections
    section_title: Mapped[Any] = mapped_column(JsonText, default=dict, server_default="{}")


class Answer(Model):
    """What somebody answered to one version of a question."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("question_version.id"))
    value: Mapped[Any] = mapped_column(JsonText)
    answered_at: Mapped[datetime]


class AnswerFile(Model):
    """A file given as an answer, checked and written anew; belongs to nobody until the form is accepted."""

    __tablename__ = "answer_file"
    __table_args__ = (Index("ix_answer_file_forgotten", "dropped_at", "registration_id", "created_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(Text, unique=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    key: Mapped[str] = mapped_column(Text)  # in the file store, where it is the only one with this content
    filename: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    created_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]  # not wanted any more: the sweep deletes the file, then this row


class ConsentText(Model):
    """One version of a consent text; never changed, only followed by the next (GDPR Art. 7(1))."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("event_id", "kind", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[str] = mapped_column(Text)  # photo, list, newsletter
    number: Mapped[int]
    text: Mapped[Any] = mapped_column(JsonText)
    text_hash: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]  # asked for no longer; consents given before stay until they are withdrawn

    def public_scopes(self) -> tuple[str, ...]:
        """Consent texts stand in the public form."""
        return (f"event:{self.event_id}",)


class Consent(Model):
    """What one person answered to one version of a consent text; taken back when `withdrawn_at` is set."""

    __tablename__ = "consent"
    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    kind: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(Text)  # form, personal page, organiser
    withdrawn_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="yes", server_default="yes")  # see rules.CONSENT_ANSWERS
