"""The level of a line is what its head says, in the formats that people's programs write."""

from __future__ import annotations

import random

import pytest

from dockertui.store.log_level import level_of
from dockertui.store.log_words import Level

FORMATS: dict[str, list[tuple[Level, bytes]]] = {
    "plain": [
        (Level.ERROR, b"ERROR could not open the file"),
        (Level.ERROR, b"ERROR: could not open the file"),
        (Level.ERROR, b"Error: Cannot find module 'x'"),
        (Level.ERROR, b"error: pathspec 'x' did not match"),
        (Level.WARN, b"WARN  slow query"),
        (Level.WARN, b"WARNING: no swap limit support"),
        (Level.WARN, b"warning: unused variable"),
        (Level.INFO, b"INFO started"),
        (Level.INFO, b"info: started"),
        (Level.NOTICE, b"NOTICE: table does not exist, skipping"),
        (Level.DEBUG, b"DEBUG x=1"),
        (Level.TRACE, b"TRACE entering"),
        (Level.FATAL, b"FATAL: out of memory"),
        (Level.FATAL, b"fatal: not a repository"),
        (Level.FATAL, b"CRITICAL disk full"),
        (Level.ERROR, b"npm ERR! code ELIFECYCLE"),
        (Level.WARN, b"npm WARN deprecated request@2.88.2"),
    ],
    "bracketed": [
        (Level.ERROR, b"[ERROR] plugin/errors: 2 example.org. A: timeout"),
        (Level.ERROR, b"[error] boom"),
        (Level.WARN, b"[ WARN ] slow"),
        (Level.INFO, b"[INFO ] started"),
        (Level.INFO, b"[12:03:11 INF] Now listening on http://[::]:80"),
        (Level.ERROR, b"[12:03:11 ERR] Unhandled"),
        (Level.WARN, b"[12:03:11] [Server thread/WARN]: Can't keep up!"),
        (Level.DEBUG, b"12:03:11.123 [debug] Elixir.Repo: query"),
        (Level.INFO, b"[2026-11-23 12:03:11 +0000] [7] [INFO] Booting worker with pid: 7"),
        (Level.ERROR, b"[main] ERROR happened"),
        (Level.WARN, b"[WARNING] 326/120311 (1) : Server web/1 is DOWN"),
        (Level.INFO, b"(info) started"),
        (Level.ERROR, b"2026-11-23 12:03:11|ERROR|Shop.Cart|it broke"),
    ],
    "json": [
        (Level.WARN, b'{"level":"warn","msg":"slow"}'),
        (Level.WARN, b'{ "time": "2026-11-23", "level" : "WARNING", "msg": "slow" }'),
        (Level.ERROR, b'{"severity":"ERROR","message":"boom"}'),
        (Level.FATAL, b'{"message":"x","severity":"EMERGENCY"}'),
        (Level.TRACE, b'{"level":10,"time":1,"msg":"x"}'),
        (Level.DEBUG, b'{"level":20,"time":1,"msg":"x"}'),
        (Level.INFO, b'{"level":30,"time":1531171082399,"pid":657,"msg":"hello"}'),
        (Level.WARN, b'{"name":"app","hostname":"h","pid":1,"level":40,"msg":"x","v":0}'),
        (Level.ERROR, b'{"level":50,"msg":"x"}'),
        (Level.FATAL, b'{"level":60,"msg":"x"}'),
        (Level.ERROR, b'{"message":"x","level":400,"level_name":"ERROR","channel":"app"}'),
        (Level.INFO, b'{"@timestamp":"x","log.level":"INFO","message":"y"}'),
        (Level.ERROR, b'{"@timestamp":"x","log":{"level":"error"},"message":"y"}'),
        (Level.ERROR, b'{"@t":"2026-11-23","@mt":"Boom {N}","@l":"Error","N":1}'),
        (Level.WARN, b'{"EventId":0,"LogLevel":"Warning","Category":"Shop"}'),
        (Level.ERROR, b'{"version":"1.1","host":"h","short_message":"x","level":3}'),
        (Level.ERROR, b'{"PRIORITY":"3","MESSAGE":"x"}'),
        (Level.INFO, b'{"@level":"info","@message":"x","@module":"vault"}'),
        (Level.WARN, b'{"asctime":"x","levelname":"WARNING","message":"y"}'),
        (Level.INFO, b'{"t":{"$date":"x"},"s":"I","c":"NETWORK","id":1,"msg":"y"}'),
        (Level.ERROR, b'{"t":{"$date":"x"},"s":"E","c":"NETWORK","id":1,"msg":"y"}'),
        (Level.ERROR, b'app 1 {"level":"error","msg":"x"}'),
        (Level.NONE, b'{"msg":"no error, level \\"level\\":\\"error\\" is quoted"}'),
        (Level.NONE, b'{"msg":"error"}'),
        (Level.NONE, b'{"level":7.5}'),
        (Level.NONE, b'{"level":"hard"}'),
    ],
    "logfmt": [
        (Level.WARN, b'time="2026-11-23T12:03:11Z" level=warning msg="slow" error=0'),
        (Level.ERROR, b"level=error ts=2026-11-23T12:03:11Z caller=main.go:12 err=x"),
        (Level.INFO, b"ts=2026-11-23T12:03:11.1Z caller=a.go:1 level=info msg=x"),
        (Level.ERROR, b"logger=context userId=0 t=2026-11-23T12:03:11Z level=error msg=x"),
        (Level.DEBUG, b'ts=1 msg="a text of some words" lvl=debug'),
        (Level.ERROR, b'level="error" msg=x'),
        (Level.INFO, b"2026-11-23T12:03:11Z level=info msg=x"),
        (Level.ERROR, b"time=2026-11-23T12:03:11.123Z level=ERROR msg=boom"),
        (Level.WARN, b"time=2026-11-23T12:03:11.123Z level=WARN+2 msg=boom"),
        (Level.NONE, b"user=4711 error=0 status=200"),
        (Level.NONE, b"Setting level=error from the environment"),
    ],
    "klog": [
        (Level.INFO, b"I1123 12:03:11.123456       1 server.go:12] ERROR is a word here"),
        (Level.WARN, b"W1123 12:03:11.123456       1 server.go:12] x"),
        (Level.ERROR, b"E1123 12:03:11.123456       1 server.go:12] x"),
        (Level.FATAL, b"F1123 12:03:11.123456       1 server.go:12] x"),
        (Level.ERROR, b"E1123 12:03:11.123456  7 /src/net/http.cc:12] x"),
        (Level.NONE, b"E1123 12:03:11 x"),
        (Level.NONE, b"E1123 is the number of a train"),
    ],
    "syslog": [
        (Level.FATAL, b"<0>panic"),
        (Level.ERROR, b"<3>no such device"),
        (Level.WARN, b"<4>x"),
        (Level.NOTICE, b"<5>x"),
        (Level.INFO, b"<6>x"),
        (Level.DEBUG, b"<7>x"),
        (Level.INFO, b"<134>1 2026-11-23T12:03:11Z host app 1 - - error=0"),
        (Level.ERROR, b"<11>Nov 23 12:03:11 host app[12]: x"),
        (Level.NONE, b"<999>x"),
        (Level.ERROR, b"Nov 23 12:03:11 myhost sshd[12]: error: maximum attempts exceeded"),
        (Level.NONE, b"Nov 23 12:03:11 myhost sshd[12]: Accepted publickey for error"),
        (Level.WARN, b"Nov 23 12:03:11 myhost systemd[1]: WARNING: x"),
    ],
    "nginx and Apache": [
        (Level.ERROR, b'2026/11/23 12:03:11 [error] 29#29: *1 open() "/x" failed'),
        (Level.NOTICE, b"2026/11/23 12:03:11 [notice] 1#1: start worker processes"),
        (Level.WARN, b"2026/11/23 12:03:11 [warn] 1#1: x"),
        (Level.FATAL, b'2026/11/23 12:03:11 [emerg] 1#1: unknown directive "x"'),
        (Level.FATAL, b"2026/11/23 12:03:11 [crit] 1#1: x"),
        (Level.ERROR, b"[Mon Nov 23 12:03:11.123456 2026] [core:error] [pid 1:tid 2] AH00124: x"),
        (Level.NOTICE, b"[Mon Nov 23 12:03:11.123456 2026] [mpm_event:notice] [pid 1:tid 2] x"),
        (Level.ERROR, b"[Mon Nov 23 12:03:11 2026] [error] [client 1.2.3.4] File not there"),
    ],
    "access": [
        (Level.NONE, b'10.0.0.1 - - [23/Nov/2026:12:03:11 +0000] "GET / HTTP/1.1" 200 12'),
        (Level.NONE, b'10.0.0.1 - - [23/Nov/2026:12:03:11 +0000] "GET / HTTP/1.1" 304 0'),
        (Level.WARN, b'10.0.0.1 - - [23/Nov/2026:12:03:11 +0000] "GET /x HTTP/1.1" 404 12'),
        (Level.ERROR, b'10.0.0.1 - - [23/Nov/2026:12:03:11 +0000] "GET /x HTTP/2.0" 502 12 "-"'),
        (Level.NONE, b'10.0.0.1 - - [23/Nov/2026:12:03:11 +0000] "GET /500 HTTP/1.1" 200 404'),
        (Level.ERROR, b'INFO:     127.0.0.1:3 - "GET / HTTP/1.1" 500 Internal Server Error'),
        (Level.INFO, b'INFO:     127.0.0.1:3 - "GET / HTTP/1.1" 200 OK'),
        (Level.ERROR, b'10.0.0.1 - - [x] "GET /' + b"x" * 1000 + b' HTTP/1.1" 500 12'),
        (Level.NONE, b'"GET / HTTP/1.1" 5000 bytes'),
    ],
    "Java": [
        (Level.ERROR, b"2026-11-23 12:03:11,123 ERROR [main] com.shop.Cart - boom"),
        (Level.WARN, b"2026-11-23 12:03:11.123  WARN 1 --- [main] o.s.b.Web : slow"),
        (Level.INFO, b"2026-11-23T12:03:11.123Z  INFO 1 --- [shop] [main] o.s.b.W : ERROR=0"),
        (Level.DEBUG, b"12:03:11.123 [main] DEBUG com.shop.Cart - x"),
        (Level.ERROR, b"12:03:11.123 [http-nio-8080-exec-1] ERROR com.shop.Cart -- x"),
        (Level.INFO, b"[2026-11-23 12:03:11,123] INFO [GroupCoordinator 1]: x (kafka.server)"),
        (Level.ERROR, b"SEVERE: Error deploying web application"),
        (Level.ERROR, b"23-Nov-2026 12:03:11.123 SEVERE [main] org.apache.x.Y x"),
        (Level.NONE, b"Nov 23, 2026 12:03:11 PM com.shop.Main main"),
        (Level.INFO, b"INFO: Server startup in 123 ms"),
        (Level.ERROR, b"2026-11-23 12:03:11,123 ERROR [org.key.serv] (main) x"),
        (Level.INFO, b"INFO  [main] 2026-11-23 12:03:11,123 StorageService.java:12 - x"),
        (Level.ERROR, b'Exception in thread "main" java.lang.NullPointerException'),
        (Level.ERROR, b"java.lang.IllegalStateException: no cart"),
        (Level.ERROR, b"2026-11-23 12:03:11.123+0000 [id=1]\tSEVERE\tjenkins.X#y: z"),
        (Level.DEBUG, b"FINE: x"),
    ],
    "Elasticsearch": [
        (Level.WARN, b"[2026-11-23T12:03:11,123][WARN ][o.e.c.r.a.D] [node-1] high disk"),
        (Level.INFO, b"[2026-11-23T12:03:11,123][INFO ][o.e.n.Node] [node-1] error"),
        (Level.ERROR, b"[2026-11-23T12:03:11,123][ERROR][o.e.b.E] [n] x"),
    ],
    "Python": [
        (Level.ERROR, b"ERROR:root:it broke"),
        (Level.WARN, b"WARNING:py.warnings:x"),
        (Level.INFO, b"INFO:werkzeug: * Running"),
        (Level.WARN, b"2026-11-23 12:03:11,123 - mylogger - WARNING - x"),
        (Level.ERROR, b"2026-11-23 12:03:11,123 - Django - ERROR - x"),
        (Level.ERROR, b"2026-11-23 12:03:11,123 root ERROR x"),
        (Level.ERROR, b"[2026-11-23 12:03:11,123: ERROR/MainProcess] x"),
        (Level.INFO, b"[2026-11-23, 12:03:11 UTC] {task.py:12} INFO - x"),
        (Level.ERROR, b"2026-11-23 12:03:11.123 | ERROR    | app.main:run:12 - x"),
        (Level.ERROR, b"Traceback (most recent call last):"),
        (Level.ERROR, b"ValueError: invalid literal for int()"),
        (Level.ERROR, b"requests.exceptions.ConnectionError: x"),
        (Level.FATAL, b"2026-11-23 12:03:11,123 CRIT Supervisor is running as root"),
    ],
    "databases": [
        (Level.ERROR, b'2026-11-23 12:03:11.123 UTC [47] ERROR:  relation "x" does not exist'),
        (Level.FATAL, b"2026-11-23 12:03:11.123 UTC [47] FATAL:  password authentication failed"),
        (Level.INFO, b"2026-11-23 12:03:11.123 UTC [47] LOG:  checkpoint: error 0"),
        (Level.WARN, b"2026-11-23 12:03:11.123 CET [47] postgres@db WARNING:  x"),
        (Level.FATAL, b"2026-11-23 12:03:11.123 GMT [47] PANIC:  x"),
        (Level.NOTICE, b"1:M 23 Nov 2026 12:03:11.123 * Ready to accept connections"),
        (Level.WARN, b"1:C 23 Nov 2026 12:03:11.123 # WARNING Memory overcommit"),
        (Level.DEBUG, b"1:M 23 Nov 12:03:11.123 . x"),
        (Level.INFO, b"1:S 23 Nov 2026 12:03:11.123 - x"),
        (Level.ERROR, b"2026-11-23T12:03:11.123456Z 0 [ERROR] [MY-010119] [Server] Aborting"),
        (Level.NOTICE, b"2026-11-23T12:03:11.123456Z 0 [System] [MY-010116] [Server] x"),
        (Level.WARN, b"2026-11-23 12:03:11 0 [Warning] mariadbd: x"),
        (Level.NOTICE, b"2026-11-23 12:03:11 0 [Note] InnoDB: x"),
        (Level.ERROR, b"2026.11.23 12:03:11.123456 [ 1 ] {} <Error> Application: x"),
        (Level.INFO, b"2026.11.23 12:03:11.123456 [ 1 ] {} <Information> Application: x"),
        (Level.ERROR, b"2026-11-23 12:03:11.123456+00:00 [error] <0.123.0> x"),
    ],
    "Rust": [
        (Level.ERROR, b"[2026-11-23T12:03:11Z ERROR mycrate::net] x"),
        (Level.INFO, b"[2026-11-23T12:03:11Z INFO  mycrate] x"),
        (Level.WARN, b"2026-11-23T12:03:11.123456Z  WARN mycrate: x"),
        (Level.FATAL, b"thread 'main' panicked at src/main.rs:2:5:"),
    ],
    "Go": [
        (Level.INFO, b"2026-11-23T12:03:11.123Z\tINFO\tserver/main.go:12\tx"),
        (Level.ERROR, b"2026-11-23T12:03:11.123Z\terror\tserver/main.go:12\tx"),
        (Level.INFO, b"1.7638993e+09\tinfo\tx"),
        (Level.ERROR, b"2026/11/23 12:03:11 ERROR x err=y"),
        (Level.INFO, b"2026/11/23 12:03:11 INFO error count n=0"),
        (Level.NONE, b"2026/11/23 12:03:11 listening on :80, no error"),
        (Level.ERROR, b"ERRO[0001] x"),
        (Level.WARN, b"WARN[0000] x"),
        (Level.INFO, b"12:03PM INF x"),
        (Level.ERROR, b"2026-11-23T12:03:11Z ERR x error=y"),
        (Level.WARN, b"2026-11-23T12:03:11.123Z [WARN]  agent: x"),
        (Level.FATAL, b"panic: runtime error: index out of range"),
        (Level.FATAL, b"fatal error: all goroutines are asleep - deadlock!"),
    ],
    ".NET": [
        (Level.INFO, b"info: Microsoft.Hosting.Lifetime[14]"),
        (Level.ERROR, b"fail: Microsoft.AspNetCore.Server.Kestrel[13]"),
        (Level.WARN, b"warn: Shop.Cart[0]"),
        (Level.FATAL, b"crit: Shop.Cart[0]"),
        (Level.DEBUG, b"dbug: Shop.Cart[0]"),
        (Level.TRACE, b"trce: Shop.Cart[0]"),
        (Level.ERROR, b"Unhandled exception. System.InvalidOperationException: x"),
    ],
    "PHP and Ruby": [
        (Level.NOTICE, b"[23-Nov-2026 12:03:11] NOTICE: fpm is running, pid 1"),
        (Level.FATAL, b"[23-Nov-2026 12:03:11 UTC] PHP Fatal error:  Uncaught Exception: x"),
        (Level.WARN, b"PHP Warning:  Undefined variable $x in /app/x.php on line 3"),
        (Level.ERROR, b"[2026-11-23 12:03:11] local.ERROR: x"),
        (Level.WARN, b"[2026-11-23T12:03:11.123456+00:00] app.WARNING: x [] []"),
        (Level.ERROR, b"E, [2026-11-23T12:03:11.123456 #1] ERROR -- : x"),
        (Level.INFO, b"I, [2026-11-23T12:03:11.123456 #1]  INFO -- : x"),
    ],
    "others": [
        (Level.WARN, b"[2026-11-23 12:03:11.123][1][warning][main] [source/x.cc:12] x"),
        (Level.ERROR, b"23-Nov-2026 12:03:11.123 general: error: x"),
        (Level.ERROR, b"[1763899391] unbound[1:0] error: x"),
        (Level.ERROR, b"1763899391: Error: x"),
        (Level.WARN, b"2026/11/23 12:03:11| WARNING: x"),
        (Level.INFO, b"[12:03:11.123] INFO (1): x"),
        (Level.WARN, b"web-1  | WARN x"),
    ],
}
MESSAGES = [
    b"",
    b" ",
    b"no errors found",
    b"error=0",
    b"0 errors, 0 warnings",
    b"3 errors found",
    b"NO ERRORS",
    b"an error occurred",
    b"the ERROR handler is set",
    b"Loaded error pages",
    b"/var/log/error.log opened",
    b"GET /error HTTP",
    b"errors: 0",
    b"Information about the host",
    b"informational text",
    b"debugging is on",
    b"warnings are on",
    b"Tracebacks are off",
    b"infos",
    b"http://example.org/error",
    b"2026-11-23 12:03:11 finished without an ERROR",
    b"12:03:11 the error rate is 0",
    b"added WARN to the list",
    b"==> fatality",
    b"     ",
    b"\x00\xff\xfe",
    b"[some error here] x",
    b"alert fatigue",
]


@pytest.mark.parametrize(
    ("level", "line"),
    [
        pytest.param(*it, id=f"{name}-{it[1][:40]!r}")
        for name, all_ in FORMATS.items()
        for it in all_
    ],
)
def test_a_line_has_the_level_that_its_head_names(level: Level, line: bytes) -> None:
    assert level_of(line).name == level.name


@pytest.mark.parametrize("line", MESSAGES)
def test_a_word_in_the_message_is_no_level(line: bytes) -> None:
    assert level_of(line) is Level.NONE


@pytest.mark.parametrize(
    "line",
    [
        b"\x1b[31mERROR\x1b[0m x",
        b"\x1b[2m2026-11-23T12:03:11Z\x1b[0m \x1b[31mERROR\x1b[0m \x1b[2mmycrate\x1b[0m x",
        b"\x1b[90m12:03PM\x1b[0m \x1b[1m\x1b[31mERR\x1b[0m\x1b[0m x",
        b"\x1b[41m\x1b[30mfail\x1b[39m\x1b[22m\x1b[49m: Shop.Cart[0]",
        b'{"\x1b[34mlevel\x1b[0m":"error","level":"error"}',
        b"[\x1b[31merror\x1b[0m] x",
    ],
)
def test_colour_around_a_level_does_not_hide_it(line: bytes) -> None:
    assert level_of(line) is Level.ERROR


def test_only_the_beginning_of_a_line_is_looked_at() -> None:
    assert level_of(b"[" + b"x" * 300 + b"] ERROR") is Level.NONE


@pytest.mark.parametrize("seed", range(4))
def test_no_bytes_are_too_strange(seed: int) -> None:
    chance = random.Random(seed)
    alphabet = [
        b"ERROR",
        b"[",
        b"]",
        b"{",
        b'"',
        b":",
        b" ",
        b"level",
        b"=",
        b"2026-11-23",
        b"\xff",
    ]
    for _ in range(2_000):
        line = b"".join(chance.choices(alphabet, k=chance.randrange(30)))
        assert level_of(line) in Level
        assert level_of(chance.randbytes(40)) in Level
