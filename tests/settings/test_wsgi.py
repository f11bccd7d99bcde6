import json

from tests.settings.fresh import run

PRINT_LOADED = "import json, sys; import settings.wsgi; print(json.dumps(sorted(sys.modules)))"


def test_web_process_has_loaded_redis_before_its_first_request(tmp_path):
    """Nothing answers on this port: a shop starts while Redis is down."""
    done = run(
        "-c",
        PRINT_LOADED,
        folder=tmp_path,
        DJANGO_SETTINGS_MODULE="settings.development",
        REDIS_URL="redis://127.0.0.1:1/0",
    )

    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert {"redis.client", "django_redis.client", "kombu.transport.redis", "api.urls"} <= loaded
