"""Production's behaviour with the simulator and demo data, for benchmarks, the compose file and audits."""

from .base import *
from .environment import generated_secret, read, read_list, token_key

SECRET_KEY = read("SECRET_KEY") or generated_secret("secret-key")
SIMPLE_JWT = {**SIMPLE_JWT, "SIGNING_KEY": token_key(SECRET_KEY)}
ALLOWED_HOSTS = read_list("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
SERVE_MEDIA = True
DEMO_DATA_ALLOWED = True
