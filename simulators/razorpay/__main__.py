"""python -m simulators.razorpay: runs until it is told to stop."""

import errno
import os
import signal
import sys
import threading

from simulators.razorpay.configuration import Configuration, ConfigurationError, read_configuration
from simulators.razorpay.journal import write_line
from simulators.razorpay.server import Server
from simulators.razorpay.simulator import Simulator


def main() -> int:
    try:
        configuration = read_configuration(os.environ)
        server = Server(Simulator(configuration))
    except ConfigurationError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"The Razorpay simulator cannot start: {_explain(error, configuration)}")
    _run(server)
    return 0


def _run(server: Server) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # The first line of all: whoever asked for port 0 learns the port from it.
    write_line(f"Razorpay simulator on {server.url} (no money moves)")
    server.simulator.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stop.wait()
    # Requests and deliveries under way end with the process; what they had not committed never happened.
    server.simulator.stop()
    server.server_close()


def _explain(error: OSError, configuration: Configuration) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {configuration.port} on {configuration.host} is already taken."
    return f"{error.strerror or error}."


def _complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
