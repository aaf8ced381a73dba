"""What keeps the queue itself in order."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

KEPT_HOURS = 30 * 24  # a job that failed stays that long, to be looked at
MAIL_KEPT_HOURS = 24  # but a mail holds links and codes in clear


@app.periodic(cron="* * * * *")
@app.task(name="relais.config.jobs.take_up_again", queueing_lock="relais.config.jobs.take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Every minute, what a killed worker held is handed to another: jobs are safe to repeat."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)


@app.periodic(cron="10 3 * * *")
@app.task(name="relais.config.jobs.forget_old_jobs", queueing_lock="relais.config.jobs.forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Every night, jobs that failed long ago go; mails that never left, after a day."""
    for queue, hours in ((None, KEPT_HOURS), ("mail", MAIL_KEPT_HOURS)):
        await context.app.job_manager.delete_old_jobs(
            nb_hours=hours, queue=queue, include_failed=True, include_cancelled=True, include_aborted=True
        )
