"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(length=32), "sqlite")
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of the first journey."""
    op.create_table(
        "bookmarks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_bookmarks"),
    )
    op.create_table(
        "cards",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_cards"),
    )
    op.create_index(
        "ix_cards_stale",
        "cards",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("wanted > shown"),
        postgresql_where=sa.text("wanted > shown"),
    )
    op.create_index("ix_cards_subject", "cards", ["kind", "subject_id", "chat_id"], unique=False)
    op.create_table(
        "commissions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False),
        sa.Column("pictogram", sa.String(length=16), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_commissions"),
        sa.UniqueConstraint("cause", name="uq_commissions_cause"),
        sa.UniqueConstraint("name_folded", name="uq_commissions_name_folded"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "holds",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_holds"),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index(
        "ix_inbox_new",
        "inbox",
        ["update_id"],
        unique=False,
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("verb", sa.String(length=24), nullable=False),
        sa.Column("noun", sa.String(length=24), nullable=False),
        sa.Column("noun_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_table(
        "links",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name="pk_links"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=True),
        sa.Column("event_version", sa.Integer(), nullable=True),
        sa.Column("broadcast_id", sa.BigInteger(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("dedupe_key", name="uq_outbox_dedupe_key"),
    )
    op.create_index("ix_outbox_broadcast", "outbox", ["broadcast_id", "state"], unique=False)
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"], unique=False)
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["lane", "not_before", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_outbox_event", "outbox", ["event_id"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["chat_id", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending')"),
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index("ix_outbox_resident", "outbox", ["resident_id"], unique=False)
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_table(
        "prompts",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name="pk_prompts"),
    )
    op.create_table(
        "residents",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("first_name", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("consented_at", INSTANT, nullable=False),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("unreachable_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_residents"),
        sa.UniqueConstraint("telegram_id", name="uq_residents_telegram_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_residents_team",
        "residents",
        ["id"],
        unique=False,
        sqlite_where=sa.text("role IN ('officer', 'admin')"),
        postgresql_where=sa.text("role IN ('officer', 'admin')"),
    )
    op.create_table(
        "events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organizer_id", sa.BigInteger(), nullable=True),
        sa.Column("commission_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("fold", sa.SmallInteger(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=True),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.Column("location", sa.String(length=120), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("childcare", sa.Boolean(), nullable=False),
        sa.Column("cancel_at", INSTANT, nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commission_id"],
            ["commissions.id"],
            name="fk_events_commission_id",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["residents.id"], name="fk_events_organizer_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("cause", name="uq_events_cause"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_commission_id", "events", ["commission_id"], unique=False)
    op.create_index("ix_events_organizer_id", "events", ["organizer_id"], unique=False)
    op.create_index("ix_events_starts_at", "events", ["status", "starts_at"], unique=False)
    op.create_table(
        "groups",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commission_id", sa.BigInteger(), nullable=False),
        sa.Column("invite_link", sa.String(length=128), nullable=True),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("lost_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["commission_id"],
            ["commissions.id"],
            name="fk_groups_commission_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat_id", name="pk_groups"),
    )
    op.create_index("ix_groups_commission_id", "groups", ["commission_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("commission_id", sa.BigInteger(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["commission_id"],
            ["commissions.id"],
            name="fk_memberships_commission_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_memberships_resident_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("commission_id", "resident_id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_resident_id", "memberships", ["resident_id"], unique=False)
    op.create_table(
        "broadcasts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("commission_id", sa.BigInteger(), nullable=True),
        sa.Column("leaves_at", INSTANT, nullable=True),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["residents.id"], name="fk_broadcasts_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["commission_id"],
            ["commissions.id"],
            name="fk_broadcasts_commission_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name="fk_broadcasts_event_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sa.UniqueConstraint("cause", name="uq_broadcasts_cause"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_broadcasts_event_id", "broadcasts", ["event_id"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("lead_time", sa.String(length=16), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("fired_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name="fk_reminders_event_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "lead_time", name="pk_reminders"),
    )
    op.create_index(
        "ix_reminders_due",
        "reminders",
        ["due_at", "event_id"],
        unique=False,
        sqlite_where=sa.text("fired_at IS NULL"),
        postgresql_where=sa.text("fired_at IS NULL"),
    )
    op.create_table(
        "rsvps",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("resident_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("guests", sa.SmallInteger(), nullable=False),
        sa.Column("queued_at", INSTANT, nullable=True),
        sa.Column("offered_at", INSTANT, nullable=True),
        sa.Column("offer_ends_at", INSTANT, nullable=True),
        sa.Column("held_until", INSTANT, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name="fk_rsvps_event_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_rsvps_resident_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "resident_id", name="pk_rsvps"),
    )
    op.create_index("ix_rsvps_resident_id", "rsvps", ["resident_id"], unique=False)
    op.create_index(
        "ix_rsvps_waiting",
        "rsvps",
        ["event_id", "queued_at", "resident_id"],
        unique=False,
        sqlite_where=sa.text("standing = 'waiting'"),
        postgresql_where=sa.text("standing = 'waiting'"),
    )
    op.create_index(
        "ix_rsvps_counted",
        "rsvps",
        ["event_id", "standing", "answer", "held_until", "guests"],
        unique=False,
    )
