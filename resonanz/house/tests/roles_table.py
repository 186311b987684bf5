"""Who may open which address: the whole matrix of roles and addresses, held against the house.

Every address of `every_address.py` that belongs to a workspace has a line here with the right it
needs; a new address without one fails. What each role has is `workspaces/roles.py`.
"""

from resonanz.workspaces.roles import May

READ, ARRANGE, PREPARE = May.READ, May.ARRANGE, May.PREPARE
SPEAK, LOOK_AFTER = May.SPEAK, May.LOOK_AFTER

# None: every member, also a guest, who sees there only what is hers or what she is asked about.
NEEDS: dict[str, May | None] = {
    "channels": READ,
    "channels-channel": READ,
    "channels-connect": LOOK_AFTER,
    "channels-connect-network": LOOK_AFTER,
    "channels-door": LOOK_AFTER,
    "channels-list": LOOK_AFTER,
    "channels-list-again": LOOK_AFTER,
    "channels-list-bring": LOOK_AFTER,
    "channels-list-file": LOOK_AFTER,
    "channels-look": ARRANGE,
    "channels-pause": LOOK_AFTER,
    "channels-remove": LOOK_AFTER,
    "channels-resume": LOOK_AFTER,
    "conversations": None,
    "conversations-answer": PREPARE,
    "conversations-follow": SPEAK,
    "conversations-move": ARRANGE,
    "conversations-move-many": ARRANGE,
    "conversations-note": May.NOTE,
    "conversations-note-remove": May.NOTE,
    "conversations-notes": May.NOTE,
    # A promise is given in one's own name.
    "conversations-promise": SPEAK,
    "conversations-promise-kept": ARRANGE,
    "conversations-react": SPEAK,
    "conversations-thread": None,
    "conversations-rule": LOOK_AFTER,
    "conversations-rule-act": LOOK_AFTER,
    "conversations-rule-add": LOOK_AFTER,
    "conversations-rules": LOOK_AFTER,
    "conversations-undo": ARRANGE,
    "conversations-view": ARRANGE,
    "conversations-view-remove": ARRANGE,
    "conversations-views": ARRANGE,
    "conversations-whole": ARRANGE,
    # What a browser kept of her own text while she was signed out.
    "kept-writing": None,
    "members": READ,
    "members-invite": LOOK_AFTER,
    "members-leave": None,
    "members-member": READ,
    "members-renew": LOOK_AFTER,
    "members-role": LOOK_AFTER,
    "members-withdraw": LOOK_AFTER,
    "neighbourhood": READ,
    "neighbourhood-answer": PREPARE,
    "neighbourhood-first-word": PREPARE,
    "neighbourhood-like": SPEAK,
    "neighbourhood-share": SPEAK,
    "neighbourhood-walked": READ,
    "outbox": READ,
    "outbox-again": SPEAK,
    "outbox-agree": SPEAK,
    "outbox-change": SPEAK,
    "outbox-delete": SPEAK,
    "outbox-discard": PREPARE,
    "outbox-draft": PREPARE,
    "outbox-give-back": SPEAK,
    "outbox-let-be": SPEAK,
    "outbox-picture": READ,
    "outbox-picture-restore": PREPARE,
    "outbox-restore": PREPARE,
    "outbox-take-back": SPEAK,
    "outbox-text-take-back": SPEAK,
    "outbox-write-on": PREPARE,
    "people": READ,
    "people-name": ARRANGE,
    "people-note": ARRANGE,
    "people-person": READ,
    "security-everybody": LOOK_AFTER,
    "settings": None,
    "settings-absence": None,
    "settings-absence-end": None,
    "settings-hours": None,
    "settings-hours-save": None,
    "settings-fact": LOOK_AFTER,
    "settings-fact-add": LOOK_AFTER,
    "settings-fact-drop": LOOK_AFTER,
    "settings-member": None,
    "settings-speaking": LOOK_AFTER,
    "settings-hidden-words": LOOK_AFTER,
    "settings-voice": SPEAK,
    "settings-workspace": LOOK_AFTER,
    "speak": PREPARE,
    "status": READ,
    "today": None,
    "today-faces": READ,
    "today-not-me": ARRANGE,
    "today-owed": READ,
    "today-owed-settle": ARRANGE,
    "today-owed-thank": PREPARE,
    "today-owed-unsettle": ARRANGE,
    "trail": LOOK_AFTER,
    "trail-export": LOOK_AFTER,
    # Its doors lead to connecting.
    "welcome": LOOK_AFTER,
    # Whoever owns one workspace runs the installation, and may found another.
    "workspaces-found": LOOK_AFTER,
    "search": None,
    "words": None,
}

# Of these a guest finds only those she is asked about, although she may open the page.
ONLY_WHEN_ASKED = {"conversations-notes", "conversations-thread"}
# Her own is every member's; that of somebody else, which stands here, is for who looks after all.
ONLY_HER_OWN = {
    # A post belongs to the human who said it, and to whoever looks after the workspace.
    "outbox-change",
    "outbox-delete",
    "outbox-let-be",
    "conversations-note",
    "conversations-note-remove",
    "members-leave",
    "settings-absence-end",
}
