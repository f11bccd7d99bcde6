"""HTTP in front of the simulator: one thread a connection, kept alive between requests."""

import errno
import os
import socket
import socketserver
import struct
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from simulators.razorpay.configuration import ConfigurationError
from simulators.razorpay.exchange import Answer, Ending, Request
from simulators.razorpay.journal import write_line
from simulators.razorpay.simulator import Simulator

LARGEST_BODY = 1_000_000
IDLE_SECONDS = 60


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.answer = simulator.answer
        self.host, port = self.choose_address()
        super().__init__((self.host, port), Handler)

    def choose_address(self) -> tuple[str, int]:
        return self.simulator.configuration.host, self.simulator.configuration.port

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.server_port}"

    def server_bind(self) -> None:
        # Without HTTPServer's look-up of the host's name, which may take seconds.
        try:
            socketserver.TCPServer.server_bind(self)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            host, port = self.server_address
            complaint = f"The Razorpay simulator cannot start: port {port} on {host} is already taken."
            raise ConfigurationError(complaint) from error
        self.server_port = self.socket.getsockname()[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is nothing to report; the simulator answers its own faults with 500."""


class ControlServer(Server):
    """Where faults are ordered: on a port of its own, and from this machine only."""

    def __init__(self, simulator: Simulator, *, simulator_port: int) -> None:
        self._simulator_port = simulator_port
        super().__init__(simulator)
        self.answer = simulator.control.answer

    def choose_address(self) -> tuple[str, int]:
        chosen = self.simulator.configuration.control_port
        if chosen is None:
            # Whoever lets the system choose the one port lets it choose the other.
            chosen = self._simulator_port + 1 if self.simulator.configuration.port else 0
        return "127.0.0.1", chosen


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "RazorpaySimulator"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    # Headers and body leave together.
    wbufsize = -1

    def answer_request(self) -> None:
        started = time.monotonic()
        answer = self.server.answer(self._read_request())
        milliseconds = (time.monotonic() - started) * 1000
        said = answer.status or answer.ending.value
        write_line(f"{self.command} {self.path.partition('?')[0]} {said} {milliseconds:.0f} ms")
        time.sleep(answer.delay)
        if answer.ending is Ending.SEND:
            self._send(answer)
        else:
            self._break_off(answer.ending)

    # Named as http.server looks for them.
    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_OPTIONS = answer_request  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Said by answer_request, with the time it took."""

    def _read_request(self) -> Request:
        address = urlsplit(self.path)
        query = parse_qs(address.query, keep_blank_values=True)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, unquote(address.path), query, headers, self._read_body())

    def _read_body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isascii() and length.isdigit() else 0
        # What is not read would be taken for the next request.
        if size > LARGEST_BODY or "Transfer-Encoding" in self.headers:
            self.close_connection = True
        return self.rfile.read(min(size, LARGEST_BODY))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
        self.wfile.flush()

    def _break_off(self, ending: Ending) -> None:
        """Ends the connection without a word: in order, or by a reset (nothing lingers)."""
        self.close_connection = True
        if ending is Ending.RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            # Past the socket object, which would say goodbye first.
            os.close(self.connection.detach())
