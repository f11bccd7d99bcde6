#!/usr/bin/env bash
# Debian packages of the checks: a browser, the database's headers, and the servers where none answers.
set -euo pipefail

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

needs=()
command -v chromium >/dev/null || command -v google-chrome >/dev/null || needs+=(chromium)
command -v gcc >/dev/null || needs+=(gcc)
command -v pkg-config >/dev/null || needs+=(pkg-config)
{ command -v mariadb_config || command -v mysql_config; } >/dev/null 2>&1 || needs+=(libmariadb-dev)
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || [ -n "${DATABASE_URL:-}" ] || needs+=(mariadb-server)
command -v redis-server >/dev/null || [ -n "${REDIS_URL:-}" ] || needs+=(redis-server)
python3 -c 'import ensurepip, venv' 2>/dev/null || needs+=(python3-venv)

if [ ${#needs[@]} -gt 0 ]; then
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needs[@]}" >/dev/null
fi

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

if [ -z "${REDIS_URL:-}" ] && ! answers 6379; then
    redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no >/dev/null
fi

if [ -z "${DATABASE_URL:-}" ] && ! answers 3306; then
    as_root mkdir -p /run/mysqld
    as_root chown mysql /run/mysqld
    as_root start-stop-daemon --start --oknodo --background --chuid mysql --exec /usr/sbin/mariadbd -- --bind-address=127.0.0.1
    for _ in $(seq 60); do answers 3306 && break; sleep 1; done
    # The tests connect as root without a password; only this machine can reach the server.
    as_root mariadb -e "ALTER USER 'root'@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD('');" || true
fi
