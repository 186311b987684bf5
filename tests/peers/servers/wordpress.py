"""WordPress 6.1 as Debian packages it, on loopback, with a MariaDB of its own.

Application passwords work over http because the site calls itself local. A must-use plugin lets
pingbacks come from loopback and from any port, and lets comments come one after the other (unless
the option `comments_come_slowly` is set); it writes the option `line_in_the_head` into the head of
every page. The rest is as it is delivered: the first comment of a reader is held, duplicates are
refused.

A site is installed once for a MariaDB; all others are copies of it.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from tests.peers.provide import WORDPRESS
from tests.peers.servers.maria import MariaServer
from tests.peers.servers.running import NotInTime, Running, free_port, wait_until

STARTS_WITHIN_SECONDS = 60
PATIENCE_SECONDS = 30.0
# One answers while another waits for it: a pingback asks its source.
WORKERS = 4
DATABASE, PATTERN = "wordpress", "pattern"

CONFIG = """<?php
define('DB_NAME', '%(database)s');
define('DB_USER', 'root');
define('DB_PASSWORD', '%(password)s');
define('DB_HOST', '127.0.0.1:%(port)s');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('AUTH_KEY', '%(salt)s');
define('WP_ENVIRONMENT_TYPE', 'local');
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', 'localhost,127.0.0.1,127.0.0.2');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""

# Below wp-content/mu-plugins: these are always on.
PLUGIN = """<?php
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', function ($ports, $host, $url) {
    $port = parse_url($url, PHP_URL_PORT);
    return $port ? array_merge($ports, array($port)) : $ports;
}, 10, 3);
if (!get_option('comments_come_slowly')) {
    remove_action('check_comment_flood', 'check_comment_flood_db', 10);
}
add_action('wp_head', function () { echo get_option('line_in_the_head'); });
remove_action('template_redirect', 'redirect_canonical');
function wp_mail() { return true; }
"""

# PHP's own server knows no rewriting: what is no file is WordPress's.
ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if ($path !== '/' && is_dir($file)) {
    $path = rtrim($path, '/') . '/index.php';
    $file .= '/index.php';
}
if ($path !== '/' && is_file($file)) {
    if (substr($path, -4) !== '.php') { return false; }
    $_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
    $_SERVER['SCRIPT_FILENAME'] = $file;
    chdir(dirname($file));
    require $file;
    return true;
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
"""

# The beginning of every script.
TOLD = "<?php $told = json_decode(file_get_contents('php://stdin'), true);\n"

BEGIN = """
$_SERVER['HTTP_HOST'] = '%(host)s:%(port)s';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
"""

INSTALL = """
define('WP_INSTALLING', true);
function wp_new_blog_notification() {}
require '%(folder)s/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Mehl', 'keeper', 'keeper@bakery.example', true, '', wp_generate_password());
update_option('permalink_structure', '/%%year%%/%%postname%%/');
switch_theme('twentytwentyone');
wp_delete_post(1, true);
flush_rewrite_rules(false);
echo json_encode(true);
"""

LOADED = """
require '%(folder)s/wp-load.php';
$answer = (function () use ($told) {
%(code)s
})();
echo json_encode($answer);
"""

# Tables that are like those of another database, with what stands in them.
NEW_DATABASE = """
$m = mysqli_connect('127.0.0.1', 'root', $told['password'], '', $told['port']);
mysqli_query($m, "CREATE DATABASE {$told['database']} CHARACTER SET utf8mb4");
$tables = $told['like'] ? mysqli_query($m, "SHOW TABLES FROM {$told['like']}") : array();
foreach ($tables as $row) {
    $table = reset($row);
    $new = "{$told['database']}.$table";
    mysqli_query($m, "CREATE TABLE $new LIKE {$told['like']}.$table");
    mysqli_query($m, "INSERT INTO $new SELECT * FROM {$told['like']}.$table");
}
echo json_encode(true);
"""

SETTLE = """
    update_option('siteurl', $told['address']);
    update_option('home', $told['address']);
    update_option('blogname', $told['title']);
    $users = array();
    foreach ($told['users'] as $name => $role) {
        $id = wp_insert_user(array('user_login' => $name, 'role' => $role,
            'display_name' => ucfirst($name), 'user_pass' => wp_generate_password(),
            'user_email' => $name . '@bakery.example'));
        $made = WP_Application_Passwords::create_new_application_password(
            $id, array('name' => 'r'));
        $users[$name] = array('id' => $id, 'password' => $made[0]);
    }
    return $users;
"""


@dataclass(frozen=True)
class User:
    """Somebody with a login, and the application password that was made for her."""

    id: int
    name: str
    password: str

    @property
    def answers(self) -> dict[str, str]:
        """What she types when she connects, but for the address."""
        return {"user": self.name, "password": self.password}


class WordPressServer:
    """One blog. It is started when it is made, and can be killed and started again.

    `users` maps names to roles. `address` is where readers find it; `answers_as` changes that.
    Another `host` of the loopback makes it another site to whoever tells sites by their hosts.
    """

    def __init__(
        self,
        folder: Path,
        maria: MariaServer,
        users: Mapping[str, str],
        *,
        title: str = "Mehl",
        host: str = "127.0.0.1",
    ) -> None:
        """Lay it out in `folder` (which is made), with its users, and start it."""
        # Not localhost: WordPress takes no address without a dot for a link.
        self.host, self.port = host, free_port()
        self.door = self.address = f"http://{host}:{self.port}"
        self.folder, self.log = folder, folder.with_suffix(".log")
        self._running: Running | None = None
        lay_out(folder, maria, f"{DATABASE}_{self.port}", like=pattern(maria))
        told = self.php(SETTLE, address=self.address, title=title, users=dict(users))
        self.users = {name: User(name=name, **told[name]) for name in users}
        self.start()

    def start(self) -> None:
        """Start it, on the same port and with what it had before."""
        self._running = Running(
            [
                *("php", "-d", "display_errors=0", "-d", "log_errors=0"),
                # Settings that a test changes hold at once.
                *("-d", "opcache.revalidate_freq=0"),
                *("-S", f"{self.host}:{self.port}", "-t", self.folder, self.folder / "router.php"),
            ],
            log=self.log,
            environment={"PHP_CLI_SERVER_WORKERS": str(WORKERS)},
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS, host=self.host)

    def kill(self) -> None:
        """End it at once (SIGKILL), with all its workers."""
        if self._running:
            self._running.kill()

    stop = kill

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._running is not None and self._running.is_alive

    def php(self, code: str, **told: Any) -> Any:
        """Run PHP inside WordPress, as its own pages do; gives what it returns.

        `told` is there as the array `$told`.
        """
        return self._run(LOADED % {"folder": self.folder, "code": code}, **told)

    def set(self, option: str, value: object) -> None:
        """Change one of its settings."""
        self.php("update_option($told['option'], $told['value']);", option=option, value=value)

    def answers_as(self, address: str) -> None:
        """Let the blog be known under another address, that of a line which leads to it."""
        self.set("siteurl", address)
        self.set("home", address)

    def write(self, title: str, html: str = "<p>Teig.</p>", **more: object) -> int:
        """An article of the first user, published at once. Gives its number."""
        author = next(iter(self.users.values())).id
        told = {"post_title": title, "post_content": html, "post_status": "publish"}
        told |= {"post_author": author, **more}
        return int(self.php("return wp_insert_post(wp_slash($told['post']), true);", post=told))

    def link(self, article: int) -> str:
        """The address of an article."""
        return str(self.php("return get_permalink($told['id']);", id=article))

    def say(self, article: int, text: str, name: str = "Ada", *, below: int = 0) -> int:
        """A reader comments by the form below an article. Gives the comment's number."""
        sent = {
            "comment_post_ID": str(article),
            "comment_parent": str(below),
            "author": name,
            "email": f"{name.lower()}@hill.example",
            "url": "",
            "comment": text,
        }
        answer = httpx.post(
            f"{self.door}/wp-comments-post.php",
            data=sent,
            timeout=PATIENCE_SECONDS,
            trust_env=False,
        )
        if answer.status_code != httpx.codes.FOUND:
            words = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
            raise NotInTime(f"The comment was not taken: {answer.status_code} {words[-300:]}")
        found = re.search(r"#comment-(\d+)", answer.headers["location"])
        if found:
            return int(found[1])
        newest = "return (int) get_comments(array('number' => 1, 'status' => 'any', 'orderby' =>"
        return int(self.php(f"{newest} 'comment_ID', 'fields' => 'ids'))[0];"))

    def decide(self, comment: int, status: str) -> None:
        """Somebody at the blog approves, holds, calls spam or throws away."""
        self.php("wp_set_comment_status($told['id'], $told['to']);", id=comment, to=status)

    def comment(self, number: int) -> dict[str, Any]:
        """A comment as it stands in the database; {} when it is gone."""
        found = self.php(
            "$c = get_comment($told['id']); return $c ? $c->to_array() : null;", id=number
        )
        return dict(found or {})

    def article(self, number: int) -> dict[str, Any]:
        """An article as it stands in the database; {} when it is gone."""
        found = self.php(
            "$p = get_post($told['id']); return $p ? $p->to_array() : null;", id=number
        )
        return dict(found or {})

    def comments(self, **asked: object) -> list[dict[str, Any]]:
        """All comments, wherever they lie, oldest first."""
        asked = {"status": "any", "orderby": "comment_ID", "order": "ASC", **asked}
        code = "return array_map(fn($c) => $c->to_array(), get_comments($told['asked']));"
        found: list[dict[str, Any]] = self.php(code, asked=asked)
        return found

    def send_pings(self) -> None:
        """Do what the blog does a moment after something was published."""
        httpx.get(
            f"{self.door}/wp-cron.php?doing_wp_cron",
            timeout=PATIENCE_SECONDS,
            trust_env=False,
        )

    def wait_for_pings(self, article: int, *, seconds: float = 30) -> list[dict[str, Any]]:
        """Wait until somebody pinged an article."""

        def pings() -> list[dict[str, Any]]:
            return self.comments(post_id=article, type="pings")

        return wait_until(pings, seconds=seconds, what=f"a ping at article {article}")

    def _run(self, code: str, **told: Any) -> Any:
        return run_php(BEGIN % {"host": self.host, "port": self.port} + code, **told)


def lay_out(folder: Path, maria: MariaServer, database: str, *, like: Path | None) -> None:
    """Make the folder and the database of a site: those of the pattern, or empty ones.

    Nobody writes into WordPress's own files, so that two sites may share them.
    """
    # Copied from Debian's and not linked: WordPress looks for its settings beside its own files.
    shutil.copytree(
        like or WORDPRESS,
        folder,
        ignore=shutil.ignore_patterns("wp-config.php", "languages"),
        ignore_dangling_symlinks=True,
        copy_function=os.link if like else shutil.copy2,
    )
    values = {
        "database": database,
        "password": maria.password,
        "port": maria.port,
        "salt": secrets.token_hex(32),
    }
    (folder / "wp-config.php").write_text(CONFIG % values)
    run_php(NEW_DATABASE, like=PATTERN if like else "", **values)


@cache
def pattern(maria: MariaServer) -> Path:
    """A site that was installed and serves nobody, in a folder that goes with its database."""
    folder = maria.folder / PATTERN
    lay_out(folder, maria, PATTERN, like=None)
    for made in ("uploads", "mu-plugins"):
        (folder / "wp-content" / made).mkdir(parents=True, exist_ok=True)
    (folder / "wp-content" / "mu-plugins" / "for-tests.php").write_text(PLUGIN)
    (folder / "router.php").write_text(ROUTER)
    run_php(BEGIN % {"host": "127.0.0.1", "port": 80} + INSTALL % {"folder": folder})
    return folder


def run_php(code: str, **told: Any) -> Any:
    """Run a script, for which `told` is the array `$told`; it answers with JSON."""
    with tempfile.NamedTemporaryFile("w", suffix=".php") as script:
        script.write(TOLD + code)
        script.flush()
        done = subprocess.run(
            ["php", "-d", "display_errors=stderr", "-d", "error_reporting=1", script.name],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS * 4,
            check=False,
        )
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError as cause:
        words = f"{done.stdout[-1500:]}\n{done.stderr[-1500:]}"
        raise NotInTime(f"PHP did not answer ({done.returncode}): {words}") from cause
