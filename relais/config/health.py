"""Whether this installation lives and can serve: for load balancers, monitors and `relais doctor`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from procrastinate.contrib.django.models import ProcrastinateWorker

from relais.core import clock
from relais.web.access import everyone

WORKER_SILENCE = timedelta(seconds=45)  # a worker says every ten seconds that it lives


@dataclass(frozen=True)
class Health:
    """What answers; `ready` tells a load balancer whether to send people here."""

    database: bool = False
    migrations: bool = False
    worker: bool = False

    @property
    def ready(self) -> bool:
        return self.database and self.migrations


def health() -> Health:
    """Ask each part whether it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return Health()
    migrated = is_migrated()
    return Health(database=True, migrations=migrated, worker=migrated and has_worker())


_migrated: list[bool] = []  # once nothing waits, it stays so in this process


def is_migrated() -> bool:
    """Whether no migration waits."""
    if not _migrated and not missing_migrations():
        _migrated.append(True)
    return bool(_migrated)


def missing_migrations() -> list[str]:
    """The migrations that wait, by name."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def has_worker() -> bool:
    """Whether a worker gave a sign of life lately."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=clock.recorded() - WORKER_SILENCE).exists()


@never_cache
@require_GET
@everyone
def health_show(_request: HttpRequest) -> JsonResponse:
    """Live by answering; 503 as long as people should not be sent here."""
    found = health()
    return JsonResponse({"live": True, "ready": found.ready, **asdict(found)}, status=200 if found.ready else 503)
