"""What changes for everybody concerned: an officer creates, moves and cancels; people are told.

Buttons that set a field serve drafts too: a draft is set at once, an event of the agenda is
previewed.
"""

from community.notices import Kind
from handlers.buttons import (
    AskCancel,
    CancelEvent,
    CancelNow,
    ChangeEvent,
    ChangeField,
    ConfirmChange,
    CreateEvent,
    KeepEvent,
    ManageEvent,
    PreviewCancel,
    SetChildcare,
    SetCommission,
    SetFold,
    SetNoLimit,
)
from handlers.changes import notices
from handlers.changes.cancellations import (
    CANCEL_REASON,
    on_ask_tap,
    on_cancel_now_tap,
    on_cancel_tap,
    on_keep_tap,
    on_preview_tap,
    on_reason_text,
)
from handlers.changes.moves import (
    CHANGE_FIELD,
    on_childcare_tap,
    on_commission_tap,
    on_confirm_tap,
    on_field_tap,
    on_field_text,
    on_fold_tap,
    on_no_limit_tap,
)
from handlers.changes.overviews import on_change_tap, on_create_tap, on_manage_tap
from handlers.guards import Route
from storage.residents import Role

TAPS = {
    CreateEvent: Route(on_create_tap, Role.OFFICER),
    ManageEvent: Route(on_manage_tap, Role.OFFICER),
    ChangeEvent: Route(on_change_tap, Role.OFFICER),
    ChangeField: Route(on_field_tap, Role.OFFICER),
    SetChildcare: Route(on_childcare_tap, Role.OFFICER),
    SetCommission: Route(on_commission_tap, Role.OFFICER),
    SetNoLimit: Route(on_no_limit_tap, Role.OFFICER),
    SetFold: Route(on_fold_tap, Role.OFFICER),
    ConfirmChange: Route(on_confirm_tap, Role.OFFICER),
    AskCancel: Route(on_ask_tap, Role.OFFICER),
    PreviewCancel: Route(on_preview_tap, Role.OFFICER),
    CancelEvent: Route(on_cancel_tap, Role.OFFICER),
    CancelNow: Route(on_cancel_now_tap, Role.OFFICER),
    KeepEvent: Route(on_keep_tap, Role.OFFICER),
}
PROMPTS = {
    CHANGE_FIELD: Route(on_field_text, Role.OFFICER),
    CANCEL_REASON: Route(on_reason_text, Role.OFFICER),
}
NOTICES = {Kind.MOVED: notices.moved, Kind.CANCELLED: notices.cancelled}
