"""Every write of this room that a human causes, one file per subject."""

from resonanz.outbox.actions.amending import (
    CannotAmend,
    delete_afterwards,
    edit_afterwards,
    undo_amendment,
)
from resonanz.outbox.actions.answering_elsewhere import answer_elsewhere
from resonanz.outbox.actions.approving import (
    CannotSend,
    NeedsAgreement,
    NotYourVoice,
    ThrownAway,
    approve_and_send,
    check_sendable,
)
from resonanz.outbox.actions.articles import (
    article_from,
    start_article,
    start_quote,
    turn_into_article,
    turn_into_short_text,
)
from resonanz.outbox.actions.drafts import (
    WrittenElsewhere,
    discard_draft,
    restore_draft,
    save_draft,
    start_draft,
    written_in,
)
from resonanz.outbox.actions.gestures import gesture, take_back_gesture, undo_from_elsewhere
from resonanz.outbox.actions.moderating import Comment, let_moderation_be, moderate_there
from resonanz.outbox.actions.reviewing import (
    NotForYou,
    WrittenMeanwhile,
    agree_and_send,
    ask_for_agreement,
    give_back,
    write_on,
)
from resonanz.outbox.actions.shielding import end_shield_there, report_there, shield_there
from resonanz.outbox.actions.under_way import take_back, take_back_text, try_again
from resonanz.outbox.actions.uploads import (
    TooLarge,
    TooMany,
    add_upload,
    describe_uploads,
    move_upload_forward,
    remove_upload,
    restore_upload,
    throw_away_pictures,
)

__all__ = [
    "CannotAmend",
    "CannotSend",
    "Comment",
    "NeedsAgreement",
    "NotForYou",
    "NotYourVoice",
    "ThrownAway",
    "TooLarge",
    "TooMany",
    "WrittenElsewhere",
    "WrittenMeanwhile",
    "add_upload",
    "agree_and_send",
    "answer_elsewhere",
    "approve_and_send",
    "article_from",
    "ask_for_agreement",
    "check_sendable",
    "delete_afterwards",
    "describe_uploads",
    "discard_draft",
    "edit_afterwards",
    "end_shield_there",
    "gesture",
    "give_back",
    "let_moderation_be",
    "moderate_there",
    "move_upload_forward",
    "remove_upload",
    "report_there",
    "restore_draft",
    "restore_upload",
    "save_draft",
    "shield_there",
    "start_article",
    "start_draft",
    "start_quote",
    "take_back",
    "take_back_gesture",
    "take_back_text",
    "throw_away_pictures",
    "try_again",
    "turn_into_article",
    "turn_into_short_text",
    "undo_amendment",
    "undo_from_elsewhere",
    "write_on",
    "written_in",
]
