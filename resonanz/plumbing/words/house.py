"""In this house: what Resonanz calls things. German stands in the catalogue."""

from django.utils.translation import gettext_lazy as _

from resonanz.plumbing.words.word import Word

HOUSE = (
    Word(
        "workspace",
        _("Workspace"),
        _(
            "Everything that belongs to one organisation: its members, channels, "
            "conversations and principles. Two workspaces see nothing of one another."
        ),
    ),
    Word(
        "member",
        _("Member"),
        _(
            "Somebody who can sign in here: owner, colleague, guest or agency. The role "
            "says what she may do."
        ),
    ),
    Word(
        "voice",
        _("Voice"),
        _(
            "The human in whose name a text goes out. Everybody speaks only with a voice "
            "of her own; programs and agencies have none."
        ),
    ),
    Word(
        "capacity",
        _("Capacity"),
        _(
            "Whether a voice speaks for the organisation or in its own name. Whoever "
            "reads us sees it in the signature."
        ),
    ),
    Word(
        "signature",
        _("Signature"),
        _(
            "A few signs at the end of a text on a shared account, such as “— Alice”, so "
            "that one knows who speaks. They count in the length."
        ),
    ),
    Word(
        "channel",
        _("Channel"),
        _(
            "One account or source that is connected here: our account on a network, our "
            "blog, a feed that we read."
        ),
    ),
    Word(
        "conversation",
        _("Conversation"),
        _("Posts that belong together, from whichever network, with everybody who took part."),
    ),
    Word(
        "turn",
        _("Whose turn it is"),
        _(
            "Ours, when somebody waits for a word from us; theirs, when we spoke last; "
            "done, when nothing is open. It is found out with every post, and can be set "
            "by hand."
        ),
    ),
    Word(
        "assign",
        _("Giving a conversation to somebody"),
        _("One member looks after it, the others know it. Anybody may still help."),
    ),
    Word(
        "snooze",
        _("Putting aside"),
        _(
            "The conversation is out of sight until a day that you choose, or until they "
            "write again. Nothing is lost by it."
        ),
    ),
    Word(
        "note",
        _("Note"),
        _("A word among colleagues in a conversation. It never leaves this house."),
    ),
    Word(
        "by-hand",
        _("Noted by hand"),
        _(
            "What was said at the counter, on the phone or on a network that cannot be read "
            "from here, written down by one of us. It stands in the same conversations, with "
            "who noted it, and counts as contact."
        ),
    ),
    Word(
        "matter",
        _("Matter"),
        _(
            "Something that people told us and that a colleague takes on: a fault, an "
            "idea, a question to the kitchen. When it is settled, those who spoke of it "
            "are to hear what became of it."
        ),
    ),
    Word(
        "programme",
        _("Programme"),
        _(
            "A list that fits into the time you have, and ends. It takes whoever waits "
            "longest, what we owe, and something that nobody asked for. What it leaves out "
            "stays on Today."
        ),
    ),
    Word(
        "promise",
        _("Promise"),
        _("Something we said we would do, with a day. Today reminds of it."),
    ),
    Word(
        "person",
        _("Person"),
        _(
            "A human being with one account or several. What is known about her, since "
            "when and from where, stands on her page."
        ),
    ),
    Word(
        "identity",
        _("Account of a person"),
        _(
            "One account on one network. That two belong to the same person is decided by "
            "a human here, and can be taken back."
        ),
    ),
    Word(
        "act",
        _("What passed between us"),
        _(
            "What a post or a gesture does: somebody thanks, asks, recommends, shares. "
            "From this, pages tell how a relationship stands; nobody gets a score."
        ),
    ),
    Word(
        "neighbourhood",
        _("Neighbourhood"),
        _(
            "What the people around us are saying, without being asked. The place to "
            "listen, to share and to speak first."
        ),
    ),
    Word(
        "draft",
        _("Draft"),
        _(
            "A text that has not gone out. It is kept while it is being written, also "
            "when the browser is closed."
        ),
    ),
    Word(
        "second-person",
        _("A second person agrees"),
        _(
            "Where the workspace wants it, a colleague reads a text before it goes out. "
            "It remains the word of who wrote it."
        ),
    ),
    Word(
        "take-back",
        _("Taking back"),
        _(
            "For some seconds a text waits before it goes out, so that a slip can be "
            "caught. Afterwards it can only be changed or deleted where the network "
            "allows it."
        ),
    ),
    Word(
        "principles",
        _("Principles"),
        _(
            "What the organisation has agreed on among itself about how it wants to "
            "speak. They stand where one answers."
        ),
    ),
    Word(
        "fact",
        _("Fact"),
        _(
            "Something that answers need again and again: opening hours, an address. It "
            "can be put into an answer; greeting and thanks are always written anew."
        ),
    ),
    Word(
        "mute",
        _("Mute"),
        _(
            "To hear nothing more of an account. It does not hear of that, and it can be "
            "ended at any time."
        ),
    ),
    Word(
        "block",
        _("Block"),
        _(
            "To have nothing to do with an account: it cannot read or answer us through "
            "the network, as far as the network can prevent that. It may notice."
        ),
    ),
    Word(
        "report",
        _("Report"),
        _(
            "To tell the people who look after a server about an account that harms "
            "others. They decide what follows."
        ),
    ),
)
