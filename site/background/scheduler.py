"""Beat on rows: `celery beat` reads and keeps its times in the database, and outlives a database that is away."""

import logging
import time
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections
from django_celery_beat.schedulers import DatabaseScheduler

from background.services.jobs import write_jobs
from database.transactions import Busy

logger = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
DATABASE_IS_AWAY = (DatabaseError, InterfaceError, Busy)


class ShopScheduler(DatabaseScheduler):
    """Differs from its parent in two ways: rows that staff changed stay as they are, and no fault ends beat."""

    def setup_schedule(self) -> None:
        while True:
            try:
                write_jobs(planned=self.app.conf.beat_schedule, app=self.app)
                self._initial_read = True
                _ = self.schedule
                return
            except DATABASE_IS_AWAY as error:
                self.wait_for_database(error)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        try:
            return super().tick(*args, **kwargs)
        except DATABASE_IS_AWAY as error:
            self.wait_for_database(error)
            self._initial_read = True  # what was read may be half of it
            return 0.0

    def wait_for_database(self, error: Exception) -> None:
        logger.warning("The database does not answer, beat tries again in %s s: %s", RETRY_SECONDS, error)
        close_old_connections()
        time.sleep(RETRY_SECONDS)
