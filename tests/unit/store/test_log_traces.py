"""The lines of a stack trace belong to the line before them, and other lines do not."""

from __future__ import annotations

import pytest

from dockertui.store.log_traces import (
    TraceFollower,
    goes_on,
    may_belong,
    may_belong_in,
    surely_begins,
)

TRACES = {
    "Java": """\
2026-11-23 12:03:11,123 ERROR [main] shop.Cart - it broke
java.lang.IllegalStateException: no cart
\tat shop.Cart.add(Cart.java:12)
\tat shop.Main.main(Main.java:3)
\tSuppressed: java.io.IOException: closed
\t\tat shop.Cart.close(Cart.java:40)
Caused by: java.lang.NullPointerException: ERROR
\tat shop.Store.find(Store.java:7) ~[shop.jar:1.0]
\t... 12 more""",
    "Java, uncaught": """\
Exception in thread "main" java.lang.RuntimeException: x
\tat shop.Main.main(Main.java:3)
Caused by: java.io.IOException: y
\t... 1 common frames omitted""",
    "Python": """\
Traceback (most recent call last):
  File "/app/main.py", line 12, in <module>
    run()
    ~~~^^
  File "/app/main.py", line 3, in run
    int("error")
ValueError: invalid literal for int() with base 10: 'x'""",
    "Python, logged and chained": """\
ERROR:root:it broke
Traceback (most recent call last):
  File "/app/main.py", line 3, in run
    int("x")
ValueError: invalid literal

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/main.py", line 12, in <module>
    run()
shop.errors.CartError""",
    "Python, interrupted": """\
Traceback (most recent call last):
  File "/app/main.py", line 12, in <module>
    run()
KeyboardInterrupt""",
    "Go": """\
panic: runtime error: index out of range [3] with length 2

goroutine 1 [running]:
main.(*Cart).Add(0xc000012345, 0x3)
\t/app/cart.go:12 +0x1d
main.main()
\t/app/main.go:7 +0x25
created by net/http.(*Server).Serve in goroutine 1
\t/usr/local/go/src/net/http/server.go:3086 +0x5cb
exit status 2""",
    "Node": """\
TypeError: x is not a function
    at Cart.add (/app/cart.js:12:3)
    at async main (/app/main.js:3:1)
    at node:internal/main/run_main_module:28:49 {
  code: 'ERR_X',
  [cause]: Error: y
      at z (/app/z.js:1:1)
}""",
    ".NET": """\
fail: Shop.Cart[0]
      It broke
      System.InvalidOperationException: no cart
         at Shop.Cart.Add(Item item) in /app/Cart.cs:line 12
      --- End of stack trace from previous location ---
         at Shop.Program.Main()""",
    ".NET, uncaught": """\
Unhandled exception. System.InvalidOperationException: no cart
   at Shop.Cart.Add(Item item) in /app/Cart.cs:line 12
 ---> System.Exception: inner
   --- End of inner exception stack trace ---""",
    "Ruby": """\
/app/cart.rb:12:in `add': no cart (ArgumentError)
\tfrom /app/main.rb:3:in `run'
\tfrom /app/main.rb:7:in `<main>'""",
    "Rust": """\
thread 'main' panicked at src/main.rs:2:5:
index out of bounds
stack backtrace:
   0: rust_begin_unwind
             at /rustc/x/library/std/src/panicking.rs:652:5
   1: shop::main
note: run with `RUST_BACKTRACE=full` for a verbose backtrace.""",
    "PHP": """\
PHP Fatal error:  Uncaught Exception: no cart in /app/cart.php:12
Stack trace:
#0 /app/main.php(3): Cart->add()
#1 {main}
  thrown in /app/cart.php on line 12""",
    "Postgres": """\
2026-11-23 12:03:11.123 UTC [47] ERROR:  relation "x" does not exist at character 15
2026-11-23 12:03:11.123 UTC [47] STATEMENT:  SELECT * FROM x
\tWHERE a = 1""",
    "a message of several lines": """\
INFO the settings are
  port: 80
  tls: no""",
}

ALONE = [
    b"",
    b"ready",
    b"  2026-11-23T12:03:11Z  INFO mycrate: x",
    b" INFO started",
    b"   [WARN] slow",
    b"at last it is done",
    b"Created by hand",
    b"ERROR x",
    b"ValueError: x",
    b"main.main()",
    b"# a heading",
    b"   ",
]


@pytest.mark.parametrize("name", TRACES)
def test_a_trace_stays_with_its_head(name: str) -> None:
    lines = TRACES[name].encode().split(b"\n")
    follower = TraceFollower()
    assert [follower.goes_on(line) for line in (b"INFO ready", *lines, b"INFO ready")] == [
        False,
        False,
        *[True] * (len(lines) - 1),
        False,
    ]


@pytest.mark.parametrize("name", TRACES)
def test_two_traces_are_two(name: str) -> None:
    lines = TRACES[name].encode().split(b"\n")
    follower = TraceFollower()
    goes = [follower.goes_on(line) for line in lines * 2]
    assert goes.count(False) == 2
    assert not goes[len(lines)]


@pytest.mark.parametrize("line", ALONE)
def test_a_line_of_its_own_does_not_go_on(line: bytes) -> None:
    assert not goes_on(line)
    follower = TraceFollower()
    assert not follower.goes_on(b"INFO ready")
    assert not follower.goes_on(line)


def test_what_comes_after_a_traceback_is_no_part_of_it() -> None:
    follower = TraceFollower()
    lines = [b"Traceback (most recent call last):", b'  File "x"', b"ValueError: x", b"Started: x"]
    assert [follower.goes_on(line) for line in lines] == [False, True, True, False]


def test_a_line_between_the_frames_of_a_traceback_does_not_end_it() -> None:
    follower = TraceFollower()
    lines = [b"Traceback (most recent call last):", b'  File "x"', b"10.0.0.1 - GET /"]
    assert [follower.goes_on(line) for line in lines] == [False, True, False]


@pytest.mark.parametrize("name", TRACES)
def test_the_quick_look_for_traces_misses_no_line(name: str) -> None:
    lines = [b"ready", *TRACES[name].encode().split(b"\n"), b"ready"]
    for stamp in (b"2026-11-23T12:03:11.123456789Z ", b""):
        chunk = b"".join(b"A1" + stamp + line + b"\n" for line in lines)
        found = may_belong_in(chunk)
        wanted = [at for at, line in enumerate(lines) if may_belong(line)]
        assert found is None if not stamp else set(wanted) <= set(found or ())


@pytest.mark.parametrize("name", TRACES)
def test_what_surely_begins_never_goes_on(name: str) -> None:
    lines = [b"INFO ready", *TRACES[name].encode().split(b"\n"), b"INFO ready"]
    follower = TraceFollower()
    goes_on = [follower.goes_on(line) for line in lines]
    for at in range(1, len(lines)):
        assert not (goes_on[at] and surely_begins(lines[at], lines[at - 1]))
    assert surely_begins(lines[-1], lines[-2])
