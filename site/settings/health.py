"""What a load balancer asks: is the process alive, and may it be sent requests."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def tell_live(request: HttpRequest) -> JsonResponse:
    """The process answers. It says nothing of what it depends on: a restart would not mend that."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def tell_ready(request: HttpRequest) -> JsonResponse:
    """The database answers and is migrated. Redis and mail may be down: pages and API stay up without them."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error:
        return JsonResponse({"status": "unavailable", "database": "down"}, status=503)
    if behind:
        return JsonResponse({"status": "unavailable", "database": "not migrated"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})
