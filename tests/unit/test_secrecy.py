"""What is masked, and what is not."""

from __future__ import annotations

import pytest

from dockertui.secrecy import MASK, dotted, is_secret, masked, masked_assignment, masked_url


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD",
        "POSTGRES_PASSWORD",
        "MYSQL_ROOT_PASSWD",
        "DB_PASS",
        "DBPASSWORD",
        "dbPassword",
        "MYSQL_PWD",
        "SECRET_KEY_BASE",
        "clientSecret",
        "GITHUB_TOKEN",
        "authtoken",
        "API_KEY",
        "APIKEY",
        "AWS_SECRET_ACCESS_KEY",
        "SSH_PRIVATE_KEY",
        "KEY",
        "GOOGLE_CREDENTIALS",
        "SENTRY_DSN",
        "com.example.api-key",
        "traefik.http.middlewares.a.basicauth.users",
        "KEY_PASSPHRASE",
    ],
)
def test_a_name_that_tells_of_a_secret_is_one(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "PWD",
        "OLDPWD",
        "PATH",
        "KEYBOARD",
        "KEYBOARD_LAYOUT",
        "MONKEY",
        "COMPASS_HOST",
        "SSH_PUBLIC_KEY",
        "PRIMARY_KEY",
        "POSTGRES_PASSWORD_FILE",
        "TOKEN_TTL",
        "SECRET_NAME",
        "TOKENIZER",
        "BYPASS",
        "パスワード",
        "maintainer",
    ],
)
def test_a_name_that_only_resembles_one_is_none(name: str) -> None:
    assert not is_secret(name)


def test_a_mask_does_not_tell_the_length() -> None:
    assert masked("TOKEN", "a" * 4) == masked("TOKEN", "a" * 400) == MASK


@pytest.mark.parametrize("value", ["", "yes", "true", "0", "None"])
def test_a_switch_is_shown_whatever_its_name(value: str) -> None:
    assert masked("ALLOW_EMPTY_PASSWORD", value) == value


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgres://shop:s3cret@db:5432/x", f"postgres://shop:{MASK}@db:5432/x"),
        ("redis://:12345@cache", f"redis://:{MASK}@cache"),
        ("amqp://u:p@ss@mq/", f"amqp://u:{MASK}@mq/"),
        ("mongodb://u:a/b@m1,m2:27017/x", f"mongodb://u:{MASK}@m1,m2:27017/x"),
        ("a://u:p@h,b://v:q@i", f"a://u:{MASK}@h,b://v:{MASK}@i"),
        ("http://registry:4873/@scope/pkg", "http://registry:4873/@scope/pkg"),
        ("http://web:8080/", "http://web:8080/"),
        ("https://user@host/x", "https://user@host/x"),
        ("echo http://a:b@c and more", f"echo http://a:{MASK}@c and more"),
    ],
)
def test_only_the_password_of_a_url_is_masked(url: str, shown: str) -> None:
    assert masked_url(url) == shown
    assert masked("DATABASE_URL", url) == shown


def test_a_secret_that_is_a_url_still_tells_where_it_leads() -> None:
    assert masked("DB_DSN", "mysql://u:p@db/x") == f"mysql://u:{MASK}@db/x"
    assert masked("SENTRY_DSN", "https://abc@sentry.io/1") == MASK


def test_an_assignment_is_masked_by_its_name() -> None:
    assert masked_assignment("API_KEY=a=b") == f"API_KEY={MASK}"
    assert masked_assignment("LANG=C.UTF-8") == "LANG=C.UTF-8"
    assert masked_assignment("HOME") == "HOME"


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        ("TOKEN=abc", "TOKEN=•••"),
        ("TOKEN=", "TOKEN="),
        ("DEBUG_TOKEN=yes", "DEBUG_TOKEN=yes"),
        ("MODE=fast", "MODE=fast"),
        ("TOKEN", "TOKEN"),
        ("SECRET=https://host/", "SECRET=•••••••••••••"),
        ("redis-cli -u redis://:pw@db PING", "redis-cli -u redis://:••@db PING"),
    ],
)
def test_what_is_edited_has_a_dot_for_each_letter_of_a_secret(entry: str, shown: str) -> None:
    assert dotted(entry) == shown
    assert len(dotted(entry)) == len(entry)
    assert (dotted(entry) == entry) is (masked_assignment(entry) == entry)
