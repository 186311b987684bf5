"""WordPress 6.1 as Debian packages it, on loopback, with a MariaDB of its own.

Application passwords work over http because the site calls itself local. A must-use plugin lets
pingbacks come from loopback and from any port, and lets comments come one after the other; the
rest is as it is delivered: the first comment of a reader is held, duplicates are refused.
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
from pathlib import Path
from typing import Any

import httpx

from tests.peers.provide import WORDPRESS
from tests.peers.servers.running import NotInTime, Running, free_port, wait_until

STARTS_WITHIN_SECONDS = 60
PATIENCE_SECONDS = 30.0
# One answers while another waits for it: a pingback asks its source.
WORKERS = 4
DATABASE = "wordpress"
# Nothing here has to outlive a power cut.
HURRIED = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=16M",
    "--skip-log-bin",
    "--performance-schema=OFF",
    "--skip-name-resolve",
)

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
define('WP_ACCESSIBLE_HOSTS', 'localhost,127.0.0.1');
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
remove_action('check_comment_flood', 'check_comment_flood_db', 10);
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

BEGIN = """<?php
$_SERVER['HTTP_HOST'] = '127.0.0.1:%(port)s';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REMOTE_ADDR'] = '127.0.0.1';
$told = json_decode(file_get_contents('php://stdin'), true);
"""

INSTALL = """
define('WP_INSTALLING', true);
function wp_new_blog_notification() {}
require '%(folder)s/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install($told['title'], 'keeper', 'keeper@bakery.example', true, '', wp_generate_password());
update_option('permalink_structure', '/%%year%%/%%postname%%/');
switch_theme('twentytwentyone');
update_option('siteurl', $told['address']);
update_option('home', $told['address']);
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

ADD_USER = """
    $id = wp_insert_user(array('user_login' => $told['name'], 'role' => $told['role'],
        'display_name' => $told['shown'], 'user_pass' => wp_generate_password(),
        'user_email' => $told['name'] . '@bakery.example'));
    $made = WP_Application_Passwords::create_new_application_password($id, array('name' => 'r'));
    return array('id' => $id, 'password' => $made[0]);
"""


class MariaServer:
    """One MariaDB. It is started when it is made, and gone without a trace after `stop`."""

    def __init__(self) -> None:
        """Lay out a data folder and start."""
        self.port = free_port()
        self.password = secrets.token_hex(12)
        self.folder = Path(tempfile.mkdtemp(prefix="resonanz-mariadb-"))
        self._running: Running | None = None
        self._lay_out()
        self.start()

    def start(self) -> None:
        """Start it on the same port, with what it had before."""
        self._running = Running(
            [
                *("/usr/sbin/mariadbd", "--no-defaults", f"--datadir={self.folder / 'data'}"),
                *(f"--port={self.port}", "--bind-address=127.0.0.1"),
                *(f"--socket={self.folder / 'socket'}", f"--pid-file={self.folder / 'pid'}"),
                *(f"--init-file={self.folder / 'init.sql'}", *_as_root(), *HURRIED),
            ],
            log=self.folder.with_suffix(".log"),
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

    def stop(self) -> None:
        """End it and throw its folder away."""
        if self._running:
            self._running.stop(seconds=STARTS_WITHIN_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.with_suffix(".log").unlink(missing_ok=True)

    def _lay_out(self) -> None:
        subprocess.run(
            [
                *("mariadb-install-db", "--no-defaults", f"--datadir={self.folder / 'data'}"),
                *("--auth-root-authentication-method=normal", "--skip-test-db", *_as_root()),
            ],
            check=True,
            capture_output=True,
        )
        (self.folder / "init.sql").write_text(
            f"CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{self.password}';\n"
            "GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n"
        )


def _as_root() -> tuple[str, ...]:
    return ("--user=root",) if os.geteuid() == 0 else ()


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
    """

    def __init__(
        self, folder: Path, maria: MariaServer, users: Mapping[str, str], *, title: str = "Mehl"
    ) -> None:
        """Install it in `folder` (which is made), with its users, and start it."""
        self.port = free_port()
        # Not localhost: WordPress takes no address without a dot for a link.
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder, self.log = folder, folder.with_suffix(".log")
        self._maria, self._database = maria, f"{DATABASE}_{self.port}"
        self._running: Running | None = None
        self._lay_out()
        self._run(INSTALL % {"folder": folder}, title=title, address=self.address)
        self.users = {name: self._add_user(name, role) for name, role in users.items()}
        self.start()

    def start(self) -> None:
        """Start it, on the same port and with what it had before."""
        self._running = Running(
            [
                *("php", "-d", "display_errors=0", "-d", "log_errors=0"),
                # Settings that a test changes hold at once.
                *("-d", "opcache.revalidate_freq=0"),
                *("-S", f"127.0.0.1:{self.port}", "-t", self.folder, self.folder / "router.php"),
            ],
            log=self.log,
            environment={"PHP_CLI_SERVER_WORKERS": str(WORKERS)},
        )
        self._running.wait_for_port(self.port, seconds=STARTS_WITHIN_SECONDS)

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
            f"http://127.0.0.1:{self.port}/wp-comments-post.php",
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
            f"http://127.0.0.1:{self.port}/wp-cron.php?doing_wp_cron",
            timeout=PATIENCE_SECONDS,
            trust_env=False,
        )

    def wait_for_pings(self, article: int, *, seconds: float = 30) -> list[dict[str, Any]]:
        """Wait until somebody pinged an article."""

        def pings() -> list[dict[str, Any]]:
            return self.comments(post_id=article, type="pings")

        return wait_until(pings, seconds=seconds, what=f"a ping at article {article}")

    def _add_user(self, name: str, role: str) -> User:
        made = self.php(ADD_USER, name=name, role=role, shown=name.title())
        return User(id=int(made["id"]), name=name, password=str(made["password"]))

    def _lay_out(self) -> None:
        # Copied and not linked: WordPress looks for its settings beside its own files.
        shutil.copytree(
            WORDPRESS,
            self.folder,
            ignore=shutil.ignore_patterns("wp-config.php", "languages"),
            ignore_dangling_symlinks=True,
        )
        uploads = self.folder / "wp-content" / "uploads"
        uploads.mkdir(parents=True, exist_ok=True)
        plugins = self.folder / "wp-content" / "mu-plugins"
        plugins.mkdir(parents=True, exist_ok=True)
        (plugins / "for-tests.php").write_text(PLUGIN)
        (self.folder / "router.php").write_text(ROUTER)
        values = {
            "database": self._database,
            "password": self._maria.password,
            "port": self._maria.port,
            "salt": secrets.token_hex(32),
        }
        (self.folder / "wp-config.php").write_text(CONFIG % values)
        made = (
            "$m = mysqli_connect('127.0.0.1', 'root', $told['password'], '', $told['port']);"
            "mysqli_query($m, 'CREATE DATABASE ' . $told['database'] . ' CHARACTER SET utf8mb4');"
            "echo json_encode(true);"
        )
        self._run(made, **values)

    def _run(self, code: str, **told: Any) -> Any:
        with tempfile.NamedTemporaryFile("w", suffix=".php") as script:
            script.write(BEGIN % {"port": self.port} + code)
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
