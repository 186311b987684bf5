"""Text from outside: harmless, readable, in bounded time."""

from html.parser import HTMLParser

import pytest

from resonanz.plumbing.text import (
    LINK_REL,
    MOST_ENTITIES,
    MOST_TAGS,
    SHOWN_TAGS,
    as_html,
    clean_html,
    excerpt,
    kept_address,
    links_of,
    pictures_of,
    plain_text,
)

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.test/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.test/pixel.gif' width=1 height=1>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=a()'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.test/'>x</a>",
    "<a href='/sign-out'>x</a>",
    "<a href='https://fine.test' onclick=alert(1) style='position:fixed' target=_top>x</a>",
    "<a href='https://fine.test' rel='opener' ping='https://evil.test'>x</a>",
    "<iframe src='https://evil.test'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<form action='https://evil.test'><input name=password><button>send</button></form>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<base href='https://evil.test/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.test'>",
    "<link rel=stylesheet href='https://evil.test/x.css'>",
    "<style>body{background:url(https://evil.test)}</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p style='position:fixed;top:0'>x</p>",
    "<body onload=alert(1)>",
    "<video src=x onerror=alert(1)><audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=`x` onerror=alert(1)",
    "<h1 onclick=alert(1)>x</h1><h2><img class='emoji' alt='<script>alert(1)</script>' src=x></h2>",
    "<img class=emoji alt='\"><svg onload=alert(1)>' src=x>",
    "<img class=emoji alt='&lt;script&gt;alert(1)&lt;/script&gt;' src=x>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script>",
    "<span class='btn danger' id=delete name=location>x</span>",
    "<a id=config></a><a id=config name=url href='https://evil.test'></a>",
    "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>x",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<p>" * 6000 + "<script>alert(1)</script><img src=x onerror=alert(1)>",
]

ALLOWED_ATTRIBUTES = {"href", "rel", "lang", "dir", "class", "start", "reversed"}


class Inspector(HTMLParser):
    """Fails on everything that must not be left."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHOWN_TAGS, tag
        for name, value in attrs:
            assert name in ALLOWED_ATTRIBUTES, name
            if name == "href":
                assert (value or "").startswith(("http://", "https://", "mailto:")), value
            if name == "class":
                assert set((value or "").split()) <= {
                    "invisible",
                    "ellipsis",
                    "h-card",
                    "mention",
                    "hashtag",
                }
        if tag == "a":
            assert dict(attrs)["rel"] == LINK_REL

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment is left")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_acts_is_left(attack: str) -> None:
    for html in (attack, f"<p>before {attack} after", clean_html(attack)):
        cleaned = clean_html(html)
        inspector = Inspector()
        inspector.feed(cleaned)
        inspector.close()
        assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize("attack", ATTACKS)
def test_plain_text_made_into_html_is_harmless_too(attack: str) -> None:
    inspector = Inspector()
    inspector.feed(as_html(plain_text(attack)))
    inspector.close()


def test_form_and_links_are_kept() -> None:
    html = (
        "<h2>News</h2><p>Dear <em>all</em>,<br>look <a href='https://town.example/a?b=1&amp;c=2'"
        " title=x>here</a> or <a href='mailto:ada@town.example'>write</a>.</p>"
        "<ol start=3><li>one</ol><blockquote lang=de>Ja</blockquote>"
    )
    rel = f'rel="{LINK_REL}"'
    assert clean_html(html) == (
        "<p><strong>News</strong></p><p>Dear <em>all</em>,<br>look "
        f'<a href="https://town.example/a?b=1&amp;c=2" {rel}>here</a> or '
        f'<a href="mailto:ada@town.example" {rel}>write</a>.</p>'
        '<ol start="3"><li>one</li></ol><blockquote lang="de">Ja</blockquote>'
    )


@pytest.mark.parametrize(
    ("base", "href"),
    [
        ("https://town.example/blog/post", ' href="https://town.example/blog/more"'),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("no address", ""),
        ("http://[", ""),
        ("https://user name@[::1/", ""),
        ("https://town.example:99999/", ""),
    ],
)
def test_relative_links_are_joined_to_a_sound_base_or_dropped(base: str, href: str) -> None:
    assert clean_html("<a href=more>x</a>", base) == f'<a{href} rel="{LINK_REL}">x</a>'


def test_a_mastodon_post_reads_as_it_was_written() -> None:
    html = (
        '<p><span class="h-card"><a href="https://town.example/@ada" class="u-url mention">'
        "@<span>ada</span></a></span> see<br />"
        '<a href="https://www.bakery.example/bread/rolls"><span class="invisible">https://www.'
        '</span><span class="ellipsis">bakery.example/bread</span><span class="invisible">/rolls'
        "</span></a></p><p>Fish &amp;amp; chips &lt;3</p>"
    )
    assert (
        plain_text(html)
        == "@ada see\nhttps://www.bakery.example/bread/rolls\n\nFish &amp; chips <3"
    )
    cleaned = clean_html(html)
    assert '<span class="invisible">https://www.</span>' in cleaned
    assert 'class="mention"' in cleaned
    assert "u-url" not in cleaned


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a < b &amp; c > d", "a < b & c > d"),
        ("one\n  two\tthree", "one two three"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<p>one</p>\n\n<p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<pre>if x:\n    y</pre>", "if x:\ny"),
        ("a&nbsp;b&#8230;&euro;", "a b…€"),
        ("a<script>x</script><style>y</style>b", "ab"),
        ("ab<b>c</b>d", "abcd"),
        ("so <img class='wp-smiley' alt='🙂' src=x> nice", "so 🙂 nice"),
        ("<img alt='a picture of bread' src=x>", ""),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("\x00broken <", "broken <"),
    ],
)
def test_plain_text_keeps_what_was_said(html: str, text: str) -> None:
    assert plain_text(html).replace("\ufffd", "") == text


@pytest.mark.usefixtures("no_hanging")
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000,
        "<b><i>" * 100_000,
        "".join(f"<b id={number}>" for number in range(30_000)) + "<p>x</p>" * 30_000,
        "<" * 500_000,
        "</p>" * 200_000,
        "<script>" * 100_000,
        "<img emoji " * 60_000,
        "<img class=emoji alt='" + "<" * 200_000,
        "<!--" * 200_000,
        "&" * 500_000,
        "\n" * 500_000,
        " \n" * 200_000,
        "<a href=x>" * 100_000,
        "<pre>" * 4_000 + "x" * 200_000,
        "<div>" * MOST_TAGS,
        "\xa0" * 3_000_000,
        "\xa0" * 3_000_000 + "\n",
        "<pre>" + " " * 200_000 + "</pre>x",
        "<img " + "emoji " * 40_000,
        "<img class=emoji " + 'alt="' * 40_000 + ">",
        "&" * (MOST_ENTITIES + 1) + "<" + "a" * 200_000,
        "&" * (MOST_ENTITIES + 1) + "<a " + "b " * 100_000,
    ],
)
def test_ill_will_takes_no_long_time(html: str) -> None:
    clean_html(html), plain_text(html), links_of(html, "https://town.example/")
    pictures_of(html, "https://town.example/")


def test_a_tangled_text_keeps_its_words() -> None:
    html = "<span>one &amp;\n two</span><br>" + "<i>x</i>" * 6000 + "<script>alert(1)</script>"
    assert plain_text(html).startswith("one & two\nxxx")
    assert clean_html(html).startswith("<p>one &amp; two<br>xxx")
    assert "alert" not in clean_html(html)


def test_half_characters_and_zeros_do_no_harm() -> None:
    html = "a\ud800b\x00c <a href='/\udfff'>x</a><img src='/\udfff'>"
    assert plain_text(html) == "a?bc x"
    assert clean_html(html).startswith("a?bc ")
    assert len(links_of(html, "https://town.example/")) == 1
    assert len(pictures_of(html, "https://town.example/")) == 1


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("short", 10, "short"),
        ("one two three", 13, "one two three"),
        ("one two three four", 13, "one two…"),
        ("one two, three four", 10, "one two…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("a Donaudampfschifffahrt", 10, "a Donauda…"),
        ("line\none\n\ntwo", 40, "line one two"),
        ("x👩‍👩‍👧‍👦y", 5, "x…"),
        ("ae\u0301e\u0301e\u0301", 4, "ae\u0301…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("", 5, ""),
    ],
)
def test_an_excerpt_is_short_and_whole(text: str, length: int, short: str) -> None:
    assert excerpt(text, length) == short
    assert len(excerpt(text, length)) <= max(length, 0)


def test_links_are_found_once_with_their_words() -> None:
    html = (
        "<p><a href='https://a.example/x'>first <b>word</b></a> <a href='/y?q=1&amp;r=2'>y</a>"
        "<a href='https://a.example/x'>again</a> <a href='#top'>top</a><a name=z>no</a>"
        "<a href='mailto:a@b.example'>m</a><a href='javascript:x()'>j</a><a href='http://['>b</a>"
        "<a href='deeper/'>d</a><script><a href='https://no.example'>n</a></script>"
    )
    assert links_of(html, "https://town.example/blog/post") == (
        ("https://a.example/x", "first word"),
        ("https://town.example/y?q=1&r=2", "y"),
        ("https://town.example/blog/deeper/", "d"),
    )
    assert links_of("<a href='/y'>y</a>", "") == ()


def test_pictures_are_found_without_emoji_and_counters() -> None:
    html = (
        "<p><img alt='Rolls &amp; bread' src=/rolls.jpg><img src='https://a.example/1.gif' width=1>"
        "<img class=emoji src=/e.png alt='🙂'><img src='javascript:x()'><img src=/rolls.jpg><img>"
    )
    assert pictures_of(html, "https://town.example/blog/") == (
        ("https://town.example/rolls.jpg", "Rolls & bread"),
    )


def test_plain_text_is_shown_with_its_paragraphs() -> None:
    assert as_html("a < b\r\nc\n\n d ") == "<p>a &lt; b<br>c</p><p>d</p>"
    assert as_html("") == ""


def test_an_address_fits_into_its_column_and_into_an_index_of_postgresql() -> None:
    """At most a thousand characters and two thousand bytes, and never half a character."""
    assert kept_address(" https://bakery.example/brötchen ") == "https://bakery.example/brötchen"
    assert kept_address("javascript:alert(1)") == ""
    long = kept_address(f"https://bakery.example/{'x' * 2000}")
    wide = kept_address(f"https://bakery.example/{'麦' * 900}")
    assert (len(long), len(wide.encode()) <= 2000, wide[-1]) == (1000, True, "麦")
