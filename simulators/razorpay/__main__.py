"""python -m simulators.razorpay: runs until it is told to stop."""

import os
import signal
import sys
import threading

from simulators.razorpay.configuration import ConfigurationError, read_configuration
from simulators.razorpay.journal import write_line
from simulators.razorpay.server import ControlServer, Server
from simulators.razorpay.simulator import Simulator


def main() -> int:
    try:
        configuration = read_configuration(os.environ)
        server = Server(Simulator(configuration))
        control = _open_control(server)
    except ConfigurationError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"The Razorpay simulator cannot start: {error.strerror or error}.")
    _run(server, control)
    return 0


def _open_control(server: Server) -> ControlServer | None:
    """None where nobody chose the port and the one after ours is taken: payments work without faults."""
    try:
        return ControlServer(server.simulator, simulator_port=server.server_port)
    except (ConfigurationError, OSError, OverflowError):
        if server.simulator.configuration.control_port is not None:
            raise
        return None


def _run(server: Server, control: ControlServer | None) -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    # The first line of all: whoever asked for port 0 learns the port from it.
    write_line(f"Razorpay simulator on {server.url} (no money moves)")
    write_line(f"Fault control on {control.url}" if control else "No fault control: the next port is taken")
    server.simulator.start()
    servers = [server, control] if control else [server]
    for each in servers:
        threading.Thread(target=each.serve_forever, daemon=True).start()
    stop.wait()
    # Requests and deliveries under way end with the process; what they had not committed never happened.
    server.simulator.stop()
    for each in servers:
        each.server_close()


def _complain(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
