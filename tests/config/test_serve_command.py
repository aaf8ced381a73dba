from __future__ import annotations

import os
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from click.testing import CliRunner

from relais.config import cli
from relais.config.commands import serve
from relais.config.supervisor import Child


class NotReady(BaseHTTPRequestHandler):
    """Lives, and says 503 on the page asked."""

    def do_GET(self):
        self.send_response(200 if self.path.startswith("/live") else 503)
        self.end_headers()

    def log_message(self, *_):
        pass


def run(*arguments, **environment):
    return CliRunner().invoke(cli.main, arguments, env=environment)


def test_a_port_that_is_taken_is_said_with_another_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = run("serve", "--port", str(port), RELAIS_HOST="127.0.0.1")

    assert result.exit_code == 1
    assert result.stderr == (
        f"Error: Port {port} of 127.0.0.1 cannot be used (Address already in use): choose another with --port or RELAIS_PORT, "
        f"for example RELAIS_PORT={port + 1}.\n"
    )


@pytest.fixture
def said(monkeypatch):
    found = []
    monkeypatch.setattr(serve.click, "echo", lambda text, **_: found.append(text.strip()))
    return found


@pytest.fixture
def ran(monkeypatch):
    found = []
    monkeypatch.setattr(serve, "_run", lambda *arguments: found.append(arguments[1 if arguments[0] == "manage" else 0]))
    monkeypatch.setattr(serve.readiness, "note", lambda **_: found.append("noted"))
    monkeypatch.setattr(serve.readiness, "fingerprint", lambda: "new")
    return found


@pytest.mark.parametrize(("ready", "steps"), [(True, []), (False, ["migrate", "createcachetable", "collectstatic", "skills", "noted"])])
def test_getting_ready_does_nothing_when_nothing_changed(ready, steps, ran, said, monkeypatch):
    monkeypatch.setattr(serve.readiness, "is_ready", lambda: ready)

    serve.get_ready(demo=False)

    assert ran == steps


@pytest.mark.parametrize(("has_demo", "steps"), [(True, []), (False, ["demo"])])
def test_the_demo_is_built_once(has_demo, steps, ran, monkeypatch):
    monkeypatch.setattr(serve.readiness, "is_ready", lambda: True)
    monkeypatch.setattr(serve.readiness, "has_demo", lambda: has_demo)
    monkeypatch.setattr(serve.readiness, "has_people", lambda: has_demo)

    serve.get_ready(demo=True)

    assert ran == steps


def test_the_demo_is_never_built_into_a_real_community(ran, monkeypatch):
    monkeypatch.setattr(serve.readiness, "has_demo", lambda: False)
    monkeypatch.setattr(serve.readiness, "has_people", lambda: True)

    with pytest.raises(serve.click.ClickException, match="holds a community that is not the demo"):
        serve.build_demo()

    assert ran == []


def test_a_step_that_succeeds_lets_the_start_go_on(monkeypatch):
    monkeypatch.setattr(serve, "RELAIS", [sys.executable, "-c", "import sys; sys.exit(sys.argv[1:] != ['manage', 'migrate'])"])

    assert serve._run("manage", "migrate") is None


def test_a_step_that_fails_stops_the_start(monkeypatch):
    monkeypatch.setattr(serve, "RELAIS", [sys.executable, "-c", "import sys; sys.exit(len(sys.argv))"])

    with pytest.raises(serve.click.ClickException, match=r"relais manage migrate did not succeed \(code 3\)"):
        serve._run("manage", "migrate")


def test_an_interrupted_step_is_ended_too(monkeypatch):
    ended = []

    class Step:
        def __init__(self, command):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def wait(self):
            raise KeyboardInterrupt

        def terminate(self):
            ended.append(True)

    monkeypatch.setattr(serve.subprocess, "Popen", Step)

    with pytest.raises(KeyboardInterrupt):
        serve._run("demo")

    assert ended == [True]


def test_a_database_that_answers_or_is_not_ours_is_left_alone(said):
    class Server:
        revive = None

    serve.look_after(Server())
    serve.look_after(None)

    assert said == []


@pytest.mark.parametrize(("failure", "sentences"), [(None, 1), (subprocess.TimeoutExpired("pg_ctl", 10), 2)])
def test_a_database_that_died_is_started_again(failure, sentences, said, monkeypatch):
    revived = []

    class Server:
        def revive(self):
            revived.append(True)
            if failure:
                raise failure

    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/away")

    serve.look_after(Server())

    assert (revived, len(said)) == ([True], sentences)


@pytest.mark.parametrize(
    ("demo", "line"),
    [
        ("yes", "Choose a persona of the demo on the first page: no password is needed."),
        ("", "Sign in with your e-mail address; for a first administrator: relais create-admin YOU@EXAMPLE.ORG"),
    ],
)
def test_the_welcome_says_where_and_how(demo, line, said, monkeypatch):
    answers = iter([False, True])
    monkeypatch.setattr(serve, "_answers", lambda _: next(answers))
    monkeypatch.setenv("RELAIS_DEMO", demo)
    monkeypatch.setenv("RELAIS_PORT", "8123")

    serve.welcome()

    assert said == ["Relais is ready: http://localhost:8123", line, "Ctrl-C stops everything."]


def test_a_server_answers_even_when_it_is_not_ready():
    with HTTPServer(("127.0.0.1", 0), NotReady) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"

        found = [serve._answers(address), serve._answers(f"{address}/live"), serve._answers("http://127.0.0.1:1")]

        server.shutdown()

    assert found == [True, True, False]


def test_serving_starts_web_and_worker_and_ends_them(said, monkeypatch):
    seen = []
    monkeypatch.setattr(serve, "welcome", lambda: None)
    monkeypatch.setattr(serve.signal, "signal", lambda _number, _handler: None)
    monkeypatch.setattr(serve.Supervisor, "run", lambda self: seen.extend(self.children) or self.look_after() or self.say("said"))

    serve.supervise(None)

    assert [(child.name, child.command[-2]) for child in seen] == [("web server", "web"), ("worker", "worker")]
    assert isinstance(seen[0], Child)
    assert said == ["said"]


def test_the_command_takes_the_port_and_the_demo_and_says_goodbye(monkeypatch):
    seen = []
    monkeypatch.setattr(serve.signal, "signal", lambda _number, _handler: None)
    monkeypatch.setattr(serve.database, "ensure", lambda: "server")
    monkeypatch.setattr(serve, "check_port", lambda _host, port: seen.append(port))
    monkeypatch.setattr(serve, "get_ready", lambda demo: seen.append((demo, os.environ["RELAIS_DEMO"])))
    monkeypatch.setattr(serve, "supervise", seen.append)
    monkeypatch.setenv("RELAIS_DEMO", "")
    monkeypatch.setenv("RELAIS_PORT", "8000")

    result = run("serve", "--demo", "--port", "8124")

    assert (seen, result.stderr) == ([8124, (True, "yes"), "server"], "Relais has stopped.\n")
