"""What people type for their blog, and how the API behind it is found."""

import httpx
import pytest

from resonanz.networks.wordpress.address import NO_ANSWER, NOT_WORDPRESS, find_blog, typed_address
from resonanz.networks.wordpress.line import place_of
from resonanz.networks.wordpress.naming import Names, base_of, route_in
from resonanz.networks.wordpress.tests.blog import API, BLOG, World, refusal
from resonanz.switchboard.trouble import Refused, TryLater

INDEX = {"name": "Mehl", "home": BLOG, "namespaces": ["oembed/1.0", "wp/v2"]}
PAGE = (
    '<html lang="de-DE"><head><meta name="generator" content="WordPress 6.1.9" />'
    '<link rel="https://api.w.org/" href="https://blog.example/laden/index.php?rest_route=/" />'
    "</head></html>"
)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("blog.example", "https://blog.example/"),
        ("  Blog.Example ", "https://blog.example/"),
        ("https://blog.example/laden/", "https://blog.example/laden/"),
        ("http://blog.example", "http://blog.example/"),
        ("https:/blog.example", "https://blog.example/"),
        ("blog.example/2026/03/sauerteig/#comment-34", "https://blog.example/2026/03/sauerteig/"),
        ("https://blog.example/?p=12", "https://blog.example/?p=12"),
        ("https://blog.example/?utm_source=mail", "https://blog.example/"),
        ("https://blog.example/laden/wp-admin/edit.php?x=1", "https://blog.example/laden/"),
        ("blog.example/wp-login.php", "https://blog.example/"),
        ("https://blog.example/wp-json/wp/v2/posts", "https://blog.example/"),
        ("localhost:8080", "http://localhost:8080/"),
        ("127.0.0.1:8080/blog", "http://127.0.0.1:8080/blog"),
        ("//blog.example", "https://blog.example/"),
        ("\u200bblog.example\u200b", "https://blog.example/"),
    ],
)
def test_whatever_somebody_types_is_understood(typed: str, address: str) -> None:
    assert typed_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "blog", "ada@blog.example", "https://", "ftp://", "https://[::", "https://u:p@a.b"],
)
def test_what_is_no_address_is_told_in_a_sentence(typed: str) -> None:
    with pytest.raises(Refused, match="does not look like the address of a blog"):
        typed_address(typed)


def test_the_api_is_found_by_the_header_of_any_page() -> None:
    world = World(
        {
            f"GET {BLOG}/sauerteig/": httpx.Response(
                200,
                html='<html lang="de">',
                headers={"Link": f'<{API}/>; rel="https://api.w.org/", <{BLOG}>; rel=shortlink'},
            ),
            f"GET {API}/": httpx.Response(200, json=INDEX),
        }
    )
    blog = find_blog("blog.example/sauerteig/", world.surroundings)
    assert (blog.api, blog.language) == (f"{API}/", "de")
    assert blog.index is not None


def test_the_api_is_found_by_the_page_itself_and_without_pretty_permalinks() -> None:
    world = World(
        {
            f"GET {BLOG}/laden/": httpx.Response(200, html=PAGE),
            f"GET {BLOG}/laden/index.php": httpx.Response(200, json=INDEX),
        }
    )
    blog = find_blog("https://blog.example/laden/", world.surroundings)
    assert blog.api == f"{BLOG}/laden/index.php?rest_route=/"
    assert (blog.version, blog.language) == ("6.1.9", "de")
    assert world.asked[-1].url.params["rest_route"] == "/"


def test_a_blog_that_names_its_api_nowhere_is_looked_for_some_folders_above() -> None:
    world = World(
        {
            f"GET {BLOG}/laden/brot/": httpx.Response(200, html="<html>"),
            f"GET {BLOG}/laden/wp-json/": httpx.Response(200, json=INDEX),
        }
    )
    assert find_blog("blog.example/laden/brot/", world.surroundings).api == f"{BLOG}/laden/wp-json/"


def test_an_address_without_wordpress_is_told_in_a_sentence() -> None:
    world = World({f"GET {BLOG}/": httpx.Response(200, html="<html>Kiosk")})
    with pytest.raises(Refused) as refused:
        find_blog("blog.example", world.surroundings)
    assert refused.value.reason == NOT_WORDPRESS


def test_a_server_that_does_not_answer_is_told_in_a_sentence() -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody")

    with pytest.raises(TryLater) as trouble:
        find_blog("blog.example", World({f"GET {BLOG}/": nobody}).surroundings)
    assert trouble.value.reason == NO_ANSWER


def test_a_blog_behind_a_proxy_that_thinks_it_has_no_https_is_asked_by_https() -> None:
    link = {"Link": '<http://blog.example/wp-json/>; rel="https://api.w.org/"'}
    world = World(
        {
            f"GET {BLOG}/": httpx.Response(200, html="", headers=link),
            f"GET {API}/": httpx.Response(200, json=INDEX),
        }
    )
    assert find_blog("blog.example", world.surroundings).api == f"{API}/"


def test_a_closed_root_is_no_reason_to_stop_before_we_sign_in() -> None:
    link = {"Link": f'<{API}/>; rel="https://api.w.org/"'}
    world = World(
        {
            f"GET {BLOG}/": httpx.Response(200, html="", headers=link),
            f"GET {API}/": refusal(401, "rest_login_required"),
        }
    )
    assert find_blog("blog.example", world.surroundings).index is None


def test_what_is_asked_without_pretty_permalinks() -> None:
    assert place_of(f"{BLOG}/?rest_route=/&lang=de", "wp/v2/posts") == (
        f"{BLOG}/",
        [("lang", "de"), ("rest_route", "/wp/v2/posts")],
    )
    assert place_of(f"{API}/", "wp/v2/posts") == (f"{API}/wp/v2/posts", [])
    assert route_in(f"{BLOG}/index.php?rest_route=/wp/v2/pages/7") == "wp/v2/pages/7"
    assert route_in(f"{API}/wp/v2/posts/12") == "wp/v2/posts/12"
    assert route_in("https://elsewhere.example/12") == ""


def test_names_stay_when_the_blog_moves_to_https() -> None:
    assert base_of("http://Blog.Example/laden/") == base_of("https://blog.example/laden")
    assert base_of("http://blog.example:8080/index.php") == "https://blog.example:8080"
    assert base_of("blog.example") == ""


@pytest.mark.parametrize(
    ("address", "local_id"),
    [
        ("https://blog.example/?p=12", "p12"),
        ("http://www.blog.example/?page_id=7", "p7"),
        ("https://blog.example/sauerteig/#comment-34", "c34"),
        ("https://blog.example/?p=12#comment-34", "c34"),
        ("https://blog.example/?p=1e9", ""),
        ("https://blog.example/sauerteig/", ""),
        ("https://elsewhere.example/?p=12", ""),
        ("https://blog.example.evil.example/?p=12", ""),
        ("not an address", ""),
    ],
)
def test_what_an_address_tells_by_itself(address: str, local_id: str) -> None:
    assert Names(base=BLOG).local_in(address) == local_id
