"""Closed-loop clients in a process of their own: `python -m bench.clients < plan.json`.

Each client keeps one connection to this machine, sends a request, waits for
the whole answer, and sends the next, until the time is over. All of them share
one thread: the fewer cores the clients take, the more the server has. Reads a
`Plan` on standard input, prints a `Report`; nothing else is ever addressed.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass, field

HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds after which a silent server is given up."""


@dataclass
class Plan:
    """What to ask. `head` and `body` may hold `{n}`, which becomes a number of its own in each request."""

    port: int
    clients: int
    seconds: float
    path: str
    body: str
    headers: dict[str, str]
    expected: int
    warm: float = 0.0


@dataclass
class Report:
    """What came back: seconds of each expected answer, and the first lines of all others."""

    waits: list[float] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    elapsed: float = 0.0
    cpu: float = 0.0


class Client:
    """One connection and the request under way on it."""

    def __init__(self, plan: Plan, name: str) -> None:
        self._plan = plan
        self._name = name
        self._sent = 0
        self.buffer = b""
        self.began = 0.0
        self.socket = socket.create_connection((HOST, plan.port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self) -> None:
        """Send the next request."""
        self._sent += 1
        serial = f"{self._name}-{self._sent}"
        body = self._plan.body.replace("{n}", serial).encode()
        lines = [f"POST {self._plan.path} HTTP/1.1", f"Host: {HOST}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value.replace('{n}', serial)}" for name, value in self._plan.headers.items()]
        self.buffer = b""
        self.began = time.perf_counter()
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def receive(self) -> bool:
        """Take what has arrived; True when the answer is whole. Raises ConnectionError at its end."""
        piece = self.socket.recv(65536)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self.buffer += piece
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        return bool(found) and len(rest) >= length_of(head)


def length_of(head: bytes) -> int:
    """Return the Content-Length of an answer; raises ValueError where there is none."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without its length")


def run(plan: Plan) -> Report:
    """Ask until the time is over; answers within the first `warm` seconds are not reported."""
    run_id = f"{time.time_ns():x}"
    clients = [Client(plan, f"{run_id}-{number}") for number in range(plan.clients)]
    report = Report()
    with selectors.DefaultSelector() as selector:
        for client in clients:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send()
        start = time.perf_counter() + plan.warm
        cpu = time.process_time()
        end = start + plan.seconds
        open_requests = len(clients)
        while open_requests:
            ready = selector.select(PATIENCE)
            if not ready:
                raise TimeoutError("the server has stopped answering")
            for key, _ in ready:
                client = key.data
                if not client.receive():
                    continue
                now = time.perf_counter()
                _note(report, client, now, start, plan.expected)
                if now < end:
                    client.send()
                else:
                    open_requests -= 1
    report.elapsed = time.perf_counter() - start
    report.cpu = time.process_time() - cpu
    for client in clients:
        client.socket.close()
    return report


def _note(report: Report, client: Client, now: float, start: float, expected: int) -> None:
    status = int(client.buffer[9:12])
    if status != expected:
        report.others.append(client.buffer.decode(errors="replace").replace("\r\n", " | ")[:600])
    elif client.began >= start:
        report.waits.append(now - client.began)


if __name__ == "__main__":
    print(json.dumps(asdict(run(Plan(**json.load(sys.stdin))))))
