"""Is this process alive, and is the installation ready? For load balancers, systemd and whoever installs."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from stadtplatz.kit.worker import last_seen

_migrated = False


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, else 503; and when a worker was last seen, which decides nothing."""
    state: dict[str, bool | int | None] = {"database": False, "migrations": False, "worker_seen_seconds_ago": None}
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state["database"] = True
        state["migrations"] = _is_migrated()
        if state["migrations"] and (seen := last_seen()):
            state["worker_seen_seconds_ago"] = round((timezone.now() - seen).total_seconds())
    except Error:
        connection.close()
    ready = bool(state["database"] and state["migrations"])
    return JsonResponse({"ready": ready} | state, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


def _is_migrated() -> bool:
    """No migration is waiting. Asked until the answer is yes; migrations do not come undone while a process lives."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
