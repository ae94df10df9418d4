"""Create all tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import eventsite.core.db

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_account_email_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_account_public_id")),
    )
    op.create_table(
        "attempt",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("blocked_until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt")),
    )
    op.create_table(
        "audit_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", eventsite.core.db.JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
    )
    with op.batch_alter_table("audit_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_row_event_id"), ["event_id"], unique=False)

    op.create_table(
        "host",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("imprint", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("logo_key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("public_id", name=op.f("uq_host_public_id")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email_key", name=op.f("uq_person_email_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "revision",
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_revision")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("directions", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("step_free", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("map_url", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint("public_id", name=op.f("uq_venue_public_id")),
    )
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_account_session_secret_hash")),
    )
    with op.batch_alter_table("account_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "personal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_personal_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_personal_link_public_id")),
    )
    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("equipment", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_room_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("public_id", name=op.f("uq_room_public_id")),
    )
    with op.batch_alter_table("room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("intro", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("privacy", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("accessibility", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("mail_url", sa.Text(), nullable=False),
        sa.Column("set_up_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_site_host_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("languages", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("kind", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("short_title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("subtitle", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("lead", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("text", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("facts", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("topics", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("accent", sa.Text(), nullable=False),
        sa.Column("logo_key", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("starts_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("attendance", sa.Text(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("published_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("archived_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("registration_opens_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("wishes_close_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("confirmation_hours", sa.Integer(), nullable=False),
        sa.Column("max_choices", sa.Integer(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("allocation_published_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("privacy_note", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("hold_reason", sa.Text(), nullable=False),
        sa.Column("hold_until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("preview_link_id", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("entry_changed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["preview_link_id"], ["personal_link.id"], name=op.f("fk_event_preview_link_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_event_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("public_id", name=op.f("uq_event_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("role", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("biography", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("links", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("portrait_key", sa.Text(), nullable=True),
        sa.Column("portrait_credit", sa.Text(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["personal_link.id"], name=op.f("fk_speaker_link_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("person_id", name=op.f("uq_speaker_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speaker_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_speaker_slug")),
    )
    op.create_table(
        "album",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_album_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_album")),
        sa.UniqueConstraint("public_id", name=op.f("uq_album_public_id")),
    )
    with op.batch_alter_table("album", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_album_event_id"), ["event_id"], unique=False)

    op.create_table(
        "allocation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("tie", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("started_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("changes", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("figures", eventsite.core.db.JsonText(), nullable=True),
        sa.Column("given", eventsite.core.db.JsonText(), nullable=True),
        sa.Column("result", eventsite.core.db.JsonText(), nullable=True),
        sa.Column("certificate", eventsite.core.db.JsonText(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("applied_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_allocation_run_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_run")),
        sa.UniqueConstraint("public_id", name=op.f("uq_allocation_run_public_id")),
    )
    with op.batch_alter_table("allocation_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_run_event_id"), ["event_id"], unique=False)

    op.create_table(
        "consent_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_consent_text_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_text")),
        sa.UniqueConstraint("event_id", "kind", "number", name=op.f("uq_consent_text_event_id_kind_number")),
    )
    op.create_table(
        "documentation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lead", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_documentation_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documentation")),
        sa.UniqueConstraint("event_id", name=op.f("uq_documentation_event_id")),
    )
    op.create_table(
        "event_host",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_host_event_id")),
        sa.ForeignKeyConstraint(["host_id"], ["host.id"], name=op.f("fk_event_host_host_id")),
        sa.PrimaryKeyConstraint("event_id", "host_id", name=op.f("pk_event_host")),
    )
    op.create_table(
        "info_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("text", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_info_page_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_info_page")),
        sa.UniqueConstraint("event_id", "slug", name=op.f("uq_info_page_event_id_slug")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_membership_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("account_id", "event_id", name=op.f("uq_membership_account_id_event_id")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_event_id"), ["event_id"], unique=False)

    op.create_table(
        "old_slug",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_old_slug_event_id")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_old_slug")),
    )
    with op.batch_alter_table("old_slug", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_old_slug_event_id"), ["event_id"], unique=False)

    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("attachments", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("blanked_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_outbox_message_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_message_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("cause", name=op.f("uq_outbox_message_cause")),
        sa.UniqueConstraint("public_id", name=op.f("uq_outbox_message_public_id")),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_message_due", ["state", "next_attempt_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_message_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_message_person_id"), ["person_id"], unique=False)

    op.create_table(
        "place_count",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("last_queue_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_place_count_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_place_count")),
    )
    op.create_table(
        "programme_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("released_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("snapshot", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("changes", eventsite.core.db.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_release_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_release")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_programme_release_event_id_number")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_question_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_question_event_id_key")),
    )
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("holds_place", sa.Boolean(), nullable=False),
        sa.Column("held_until", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("queue_number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("status_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("feed_link_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_registration_event_id")),
        sa.ForeignKeyConstraint(["feed_link_id"], ["personal_link.id"], name=op.f("fk_registration_feed_link_id")),
        sa.ForeignKeyConstraint(["link_id"], ["personal_link.id"], name=op.f("fk_registration_link_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("event_id", "email_key", name=op.f("uq_registration_event_id_email_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_registration_public_id")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(
            "ix_registration_event_status", ["event_id", "status", "holds_place", "queue_number"], unique=False
        )
        batch_op.create_index("ix_registration_held", ["status", "held_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_person_id"), ["person_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_round_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("public_id", name=op.f("uq_round_public_id")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_event_id"), ["event_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_consent_registration_id")),
        sa.ForeignKeyConstraint(["text_id"], ["consent_text.id"], name=op.f("fk_consent_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "documentation_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("documentation_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tree", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("requested_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("published_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["documentation_id"], ["documentation.id"], name=op.f("fk_documentation_version_documentation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_documentation_version_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documentation_version")),
        sa.UniqueConstraint(
            "documentation_id", "number", name=op.f("uq_documentation_version_documentation_id_number")
        ),
    )
    with op.batch_alter_table("documentation_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documentation_version_event_id"), ["event_id"], unique=False)

    op.create_table(
        "programme_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("subtitle", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("abstract", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("leading_questions", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("place", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("starts_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_open_list", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_programme_item_event_id")),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_programme_item_room_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_programme_item_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_item")),
        sa.UniqueConstraint("event_id", "slug", name=op.f("uq_programme_item_event_id_slug")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programme_item_public_id")),
    )
    with op.batch_alter_table("programme_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_item_round_id"), ["round_id"], unique=False)

    op.create_table(
        "question_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("help", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("options", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("purpose", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_version_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_question_version_question_id_number")),
    )
    op.create_table(
        "status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_status_change_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_change")),
    )
    with op.batch_alter_table("status_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_change_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reason", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_allocation_item_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_allocation_registration_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_allocation_round_id")),
        sa.ForeignKeyConstraint(["run_id"], ["allocation_run.id"], name=op.f("fk_allocation_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("registration_id", "round_id", name=op.f("uq_allocation_registration_id_round_id")),
    )
    with op.batch_alter_table("allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allocation_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allocation_round_id"), ["round_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("value", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("answered_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_answer_registration_id")),
        sa.ForeignKeyConstraint(["version_id"], ["question_version.id"], name=op.f("fk_answer_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("registration_id", "question_id", name=op.f("uq_answer_registration_id_question_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_question_id"), ["question_id"], unique=False)

    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_label", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("organisations", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_appearance_item_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_appearance_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
    )
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appearance_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "block",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("documentation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["documentation_id"], ["documentation.id"], name=op.f("fk_block_documentation_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_block_item_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_block_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("public_id", name=op.f("uq_block_public_id")),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_block_documentation_id"), ["documentation_id"], unique=False)

    op.create_table(
        "document_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("started_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("finished_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_document_file_event_id")),
        sa.ForeignKeyConstraint(["version_id"], ["documentation_version.id"], name=op.f("fk_document_file_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
        sa.UniqueConstraint("version_id", "language", "kind", name=op.f("uq_document_file_version_id_language_kind")),
    )
    op.create_table(
        "download",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("title", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("publish_after", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_download_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_download_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_download")),
        sa.UniqueConstraint("public_id", name=op.f("uq_download_public_id")),
    )
    with op.batch_alter_table("download", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_download_event_id"), ["event_id"], unique=False)

    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("album_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("original_key", sa.Text(), nullable=True),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("alt", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("is_decorative", sa.Boolean(), nullable=False),
        sa.Column("caption", eventsite.core.db.JsonText(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("consent_kind", sa.Text(), nullable=False),
        sa.Column("focus_x", sa.Double(), nullable=False),
        sa.Column("focus_y", sa.Double(), nullable=False),
        sa.Column("taken_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("published_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("publish_after", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["album_id"], ["album.id"], name=op.f("fk_photo_album_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_photo_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_photo_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("public_id", name=op.f("uq_photo_public_id")),
    )
    with op.batch_alter_table("photo", schema=None) as batch_op:
        batch_op.create_index("ix_photo_event_position", ["event_id", "position"], unique=False)

    op.create_table(
        "pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_pin_item_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_pin_registration_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_pin_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sa.UniqueConstraint("registration_id", "round_id", name=op.f("uq_pin_registration_id_round_id")),
    )
    with op.batch_alter_table("pin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pin_item_id"), ["item_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_presence_event_id")),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_presence_item_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_presence_registration_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_event_id"), ["event_id"], unique=False)
        batch_op.create_index("uq_presence_registration_item", ["registration_id", "item_id"], unique=True)

    op.create_table(
        "waiting_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("created_at", eventsite.core.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("moves_up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_waiting_place_item_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_waiting_place_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_place")),
        sa.UniqueConstraint("registration_id", "item_id", name=op.f("uq_waiting_place_registration_id_item_id")),
    )
    with op.batch_alter_table("waiting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_place_item_id"), ["item_id"], unique=False)

    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["programme_item.id"], name=op.f("fk_wish_item_id")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_wish_registration_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_wish_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
        sa.UniqueConstraint("registration_id", "item_id", name=op.f("uq_wish_registration_id_item_id")),
    )
    with op.batch_alter_table("wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wish_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_wish_round_id"), ["round_id"], unique=False)

    op.create_table(
        "derivative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_derivative_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivative")),
        sa.UniqueConstraint("photo_id", "format", "width", name=op.f("uq_derivative_photo_id_format_width")),
    )
    with op.batch_alter_table("derivative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_derivative_key"), ["key"], unique=False)
