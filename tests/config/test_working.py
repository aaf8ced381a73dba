from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from procrastinate.contrib.django import app
from procrastinate.psycopg_connector import PsycopgConnector

from relais.config import jobs, working

PERIODIC = {
    "relais.config.jobs.take_up_again",
    "relais.config.jobs.forget_old_jobs",
    "relais.ledger.jobs.seal",
    "relais.people.jobs.forget",
}


def run(coroutine):
    """In a thread of its own: a browser test of the same worker may have left its event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def test_what_is_done_by_night_is_registered():
    registered = {task.name for task, _periodic in ((entry.task, entry) for entry in app.periodic_registry.periodic_tasks.values())}

    assert PERIODIC - registered == set()


@pytest.mark.parametrize("wait", [True, False])
def test_the_worker_uses_few_connections_and_forgets_jobs_done(wait, monkeypatch):
    seen = {}

    class App:
        def replace_connector(self, connector):
            seen["connector"] = connector
            return self

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def run_worker(self, **options):
            seen.update(options)

    monkeypatch.setattr(working, "app", App())

    working.work(wait=wait)

    assert type(seen["connector"]) is PsycopgConnector
    assert (seen["wait"], seen["delete_jobs"]) == (wait, "successful")


def test_what_a_killed_worker_held_is_taken_up_again():
    again = []

    class Manager:
        async def get_stalled_jobs(self):
            return ["one", "two"]

        async def retry_job(self, job):
            again.append(job)

    run(jobs.take_up_again.func(SimpleNamespace(app=SimpleNamespace(job_manager=Manager())), timestamp=0))

    assert again == ["one", "two"]


def test_jobs_that_failed_stay_a_month_and_mails_a_day():
    given = []

    class Manager:
        async def delete_old_jobs(self, **options):
            given.append(options)

    run(jobs.forget_old_jobs.func(SimpleNamespace(app=SimpleNamespace(job_manager=Manager())), timestamp=0))

    ended = {"include_failed": True, "include_cancelled": True, "include_aborted": True}
    assert given == [{"nb_hours": 720, "queue": None, **ended}, {"nb_hours": 24, "queue": "mail", **ended}]
