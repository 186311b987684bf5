"""On the networks: what is said and done there. German stands in the catalogue."""

from django.utils.translation import gettext_lazy as _

from resonanz.plumbing.words.word import Word

NETWORKS = (
    Word(
        "fediverse",
        _("Fediverse"),
        _(
            "Thousands of servers that belong to different people and pass messages on to "
            "one another, as post offices of different countries do. Mastodon is the best "
            "known software in it."
        ),
    ),
    Word(
        "server",
        _("Server"),
        _(
            "The place where an account lives. On Mastodon everybody chooses one, and "
            "writes with people on all others. Its operator makes the rules of the house."
        ),
    ),
    Word(
        "handle",
        _("Handle"),
        _(
            "The name by which an account is called, with an @ in front. On Mastodon the "
            "server is part of it: @anna@town.example lives on town.example."
        ),
    ),
    Word(
        "profile",
        _("Profile"),
        _(
            "The page on which an account introduces itself: name, picture, a few words. "
            "Many people write there what they wish for, such as not to be read by "
            "programs."
        ),
    ),
    Word(
        "timeline",
        _("Timeline"),
        _(
            "What the accounts that one follows are saying, the newest first. Everybody "
            "puts his own together."
        ),
    ),
    Word(
        "follow",
        _("Follow"),
        _(
            "To ask for somebody's posts in one's own timeline. It is a gesture of "
            "interest, and the other person hears of it."
        ),
    ),
    Word(
        "boost",
        _("Boost, share"),
        _(
            "To pass on somebody's post, unchanged and under the author's name, to those "
            "who follow us. On Mastodon it is called a boost, on Bluesky a repost."
        ),
    ),
    Word(
        "favourite",
        _("Favourite, like"),
        _("A nod with a star or a heart. The author sees it; it passes nothing on."),
    ),
    Word(
        "mention",
        _("Mention"),
        _(
            "A handle in the text of a post. On Mastodon it is what makes sure that the "
            "named person hears of the post, even in an answer."
        ),
    ),
    Word(
        "reply",
        _("Answer, reply"),
        _("A post that belongs under another one. Whoever reads the first finds it there."),
    ),
    Word(
        "thread",
        _("Thread"),
        _(
            "A post with everything that was answered to it. One author may also write "
            "several posts in a row."
        ),
    ),
    Word(
        "quote",
        _("Quote"),
        _(
            "A post of one's own with somebody else's inside it. One speaks about the "
            "other post, not to its author."
        ),
    ),
    Word(
        "hashtag",
        _("Hashtag"),
        _(
            "A word with # in front, by which posts on a subject are found. Several words "
            "are written together with capitals, so that they can be read aloud: "
            "#TownHall."
        ),
    ),
    Word(
        "content-warning",
        _("Content warning"),
        _(
            "A line that stands before a text or picture and says what it is about. The "
            "rest is shown when the reader asks for it. Whoever answers keeps it."
        ),
    ),
    Word(
        "alt-text",
        _("Picture description"),
        _(
            "What is to be seen in a picture, in one or two sentences. People who do not "
            "see it have it read aloud; it also helps where pictures do not load."
        ),
    ),
    Word(
        "audience",
        _("Who may see it"),
        _(
            "Every post has an audience: everybody, everybody but quietly, only "
            "followers, or only the people named. An answer never goes to more people "
            "than what it answers."
        ),
    ),
    Word(
        "unlisted",
        _("Everybody, quietly"),
        _(
            "Whoever has the address or follows us can read it, but it stands in no "
            "public list. Many use it for answers."
        ),
    ),
    Word(
        "direct",
        _("Private message"),
        _(
            "A post that only the people named in it see. It is not sealed: who runs a "
            "server could read it, so it is no place for secrets."
        ),
    ),
    Word(
        "poll",
        _("Poll"),
        _(
            "A question with answers to choose from, open for a while. Resonanz shows how "
            "it stands; voting is done where it was asked."
        ),
    ),
    Word(
        "card",
        _("Link preview"),
        _(
            "Title, a few words and perhaps a picture of a page that a post links to. "
            "They come from that page and not from who wrote the post."
        ),
    ),
    Word(
        "feed",
        _("Feed"),
        _(
            "A file in which a blog or newspaper lists its latest articles, so that "
            "programs can read along. Also known as RSS or Atom."
        ),
    ),
    Word(
        "bot",
        _("Bot"),
        _("An account that a program runs. Honest ones say so in their profile."),
    ),
    Word(
        "federation",
        _("Half a conversation"),
        _(
            "Each server keeps only what reached it. So ours may lack answers that others "
            "see; the thread says so and offers to look where it began."
        ),
    ),
    Word(
        "webmention",
        _("Webmention"),
        _(
            "A short message from one website to another: I have written about you, here. "
            "Blogs use it as others use mentions."
        ),
    ),
)
