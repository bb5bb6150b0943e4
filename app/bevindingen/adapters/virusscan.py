"""Asks a virus scanner about the bytes of a photo: clamd over its socket (INSTREAM of its protocol), spoken to directly."""

import logging
import socket
import struct
from contextlib import closing

log = logging.getLogger("veldwacht")

SECONDS = 30.0
PIECE = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """The scanner is not there, took too long, or said something else than clean or found."""


def scan_with_clamd(raw: bytes, address: str) -> bool:
    """Whether clamd found something in the bytes.

    Args:
        raw: the photo as it was sent.
        address: `unix:<path>` or `tcp:<host>:<port>`.

    Raises:
        ScannerAway: no verdict.
    """
    try:
        with closing(_connect(address)) as connection:
            connection.sendall(b"zINSTREAM\0")
            for at in range(0, len(raw), PIECE):
                piece = raw[at : at + PIECE]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            answer = _read(connection)
    except (OSError, ValueError) as fault:
        log.warning("the virus scanner could not be asked: %s", type(fault).__name__)
        raise ScannerAway from None
    verdict = answer.strip(b"\0\r\n ")
    if verdict.endswith(b" FOUND"):
        return True
    if verdict.endswith(b": OK"):
        return False
    log.error("the virus scanner gave no verdict")
    raise ScannerAway


def _connect(address: str) -> socket.socket:
    kind, _, place = address.partition(":")
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = place.rpartition(":")
    if kind != "tcp" or not host:
        msg = "no address of a scanner"
        raise ValueError(msg)
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _read(connection: socket.socket) -> bytes:
    answer = b""
    while len(answer) < LONGEST_ANSWER and not answer.endswith(b"\0"):
        piece = connection.recv(LONGEST_ANSWER)
        if not piece:
            break
        answer += piece
    return answer
