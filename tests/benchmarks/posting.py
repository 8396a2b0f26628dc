"""A client of GraphQL endpoints: one answer, or as many as so many connections get in some seconds."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
import time
from itertools import count
from typing import Any

SECONDS = 3.0
ROUNDS = 3

Answer = dict[str, Any]


def request(asked: Answer) -> bytes:
    """A whole request."""
    body = json.dumps(asked).encode()
    return (
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    )


def ask(port: int, asked: Answer) -> Answer:
    """The data of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/graphql", json.dumps(asked), {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    if "errors" in answer:
        raise SystemExit(str(answer["errors"]))
    data: Answer = answer["data"]
    return data


def rate(port: int, requests: list[bytes], connections: int) -> float:
    """Answers a second, asked by so many connections, each as soon as it has its last answer."""
    end = time.perf_counter() + SECONDS
    answered = [0] * connections

    def client(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for turn in count(number):
                if time.perf_counter() > end:
                    break
                connection.sendall(requests[turn % len(requests)])
                read_answer(connection)
                answered[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / SECONDS


def read_answer(connection: socket.socket) -> None:
    """Read one answer whose length is told, and fail unless it is 200."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(1 << 18)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    assert b" 200 " in head[:20], head[:200]
    assert length, head
    missing = int(length[1]) - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 18)))
