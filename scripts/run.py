"""Prepares the embedded shop and runs all of it under one process manager; Ctrl-C ends it.

Every step may be repeated: a run that was killed anywhere is picked up where it stopped.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
RUN_MARK = "HAAT_RUN"  # in the environment of every process of a run, so that leftovers are found
GRACE_SECONDS = 5.0


def main() -> int:
    os.chdir(ROOT)
    environment = build_environment()
    port = int(environment["PORT"])
    end_leftovers(environment[RUN_MARK])
    for name in ("PORT", "SIMULATOR_PORT"):
        if is_taken(int(environment[name])):
            print(
                f"Port {environment[name]} is taken by another program: stop it, or choose another with {name}=…",
                file=sys.stderr,
            )
            return 1
    filling = "prepare_shop" if environment.get("EMPTY_SHOP") else "seed_db"
    for step in (["migrate", "--verbosity", "1"], [filling]):
        if subprocess.run([sys.executable, "manage.py", *step], env=environment).returncode:
            return 1
    address = f"http://127.0.0.1:{port}"
    print(f"\nHaat is starting at {address} (admin at /admin/, mails at /mailbox/).", flush=True)
    print("Ctrl-C ends it.\n", flush=True)
    return run_processes(environment)


def build_environment() -> dict[str, str]:
    """What every process of the run sees: the settings, the source root, the tools of the environment."""
    environment = dict(os.environ)
    environment["PORT"] = environment.get("PORT") or "8000"
    port = int(environment["PORT"])
    environment["SIMULATOR_PORT"] = environment.get("SIMULATOR_PORT") or str(port + 1)
    data_dir = (ROOT / (environment.get("DATA_DIR") or "var")).resolve()
    environment["DATA_DIR"] = str(data_dir)
    environment["SIMULATOR_WEBHOOK_URLS"] = f"http://127.0.0.1:{port}/payments/webhook/"
    environment["DJANGO_SETTINGS_MODULE"] = (
        environment.get("DJANGO_SETTINGS_MODULE") or "settings.development"
    )
    environment["PYTHONPATH"] = f"{ROOT / 'site'}{os.pathsep}{ROOT}"
    environment["PATH"] = f"{BIN}{os.pathsep}{environment.get('PATH', '')}"
    environment["PYTHONUNBUFFERED"] = "1"
    # One process with threads: it ends at once with the others, where forked children would be killed.
    environment.setdefault("WORKER_POOL", "threads")
    environment[RUN_MARK] = str(data_dir)
    # A process that renames itself (setproctitle, where installed) must not overwrite the mark.
    environment["SPT_NOENV"] = "1"
    return environment


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def run_processes(environment: dict[str, str]) -> int:
    """Run the Procfile until it ends, or until somebody ends it; then nothing of it is left."""
    honcho = subprocess.Popen([str(BIN / "honcho"), "start"], env=environment, start_new_session=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: honcho.send_signal(signal.SIGTERM))
    status = honcho.wait()
    end_leftovers(environment[RUN_MARK])
    return 0 if status in (0, 130, 143, -signal.SIGTERM, -signal.SIGINT) else status


def end_leftovers(mark: str) -> None:
    """End processes of an earlier run on the same data, whose manager was killed before them (Linux)."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        ends_at = time.monotonic() + GRACE_SECONDS
        # Told once more at each look: a process may have been born of another one meanwhile.
        while (left := find_marked(mark)) and time.monotonic() < ends_at:
            for pid in left:
                send(pid, number)
            time.sleep(0.2)


def find_marked(mark: str) -> list[int]:
    wanted = f"{RUN_MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            variables = entry.read_bytes().split(b"\0")
        except OSError:
            continue  # ended meanwhile, or somebody else's
        if wanted in variables and int(entry.parent.name) != os.getpid():
            found.append(int(entry.parent.name))
    return found


def send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass  # ended by itself


if __name__ == "__main__":
    sys.exit(main())
