"""Which machines may be asked: names are resolved here, and only public addresses are connected to.

The check stands where the connection is made, so a name cannot pass the check with one address and be connected to
at another.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from importers.web.errors import PRIVATE_FLAG, FetchError, no_address, redacted

Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """The addresses behind a name, in the system's order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_url(url: str) -> str:
    """The address if it can be asked for at all.

    Raises:
        FetchError: another scheme than http and https, no host, or no address at all.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise no_address(url, "is no web address", "check how it is written") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise no_address(url, f"has the scheme {parts.scheme or 'none'!r}")
    if not host:
        raise no_address(url, "names no host", "check how it is written")
    return url


def is_public(address: str) -> bool:
    """Whether an IP address is on the open internet: not private, loopback, link-local, reserved or multicast."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class Guard:
    """Resolves names and lets only public addresses through, or all where private ones are allowed."""

    def __init__(self, *, allow_private: bool = False, resolve: Resolve = resolve) -> None:
        self._allow_private = allow_private
        self._resolve = resolve

    def addresses(self, host: str, port: int) -> list[str]:
        """The addresses to connect to.

        Raises:
            FetchError: the name is unknown, or one of its addresses is not public.
        """
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            hint = "check the address and your connection to the internet"
            raise FetchError(f"cannot find the host {host}", hint, url=host)
        self.check(host, found)
        return found

    def check(self, host: str, addresses: Iterable[str]) -> None:
        """Raises FetchError where one of the addresses is not public and that is not allowed."""
        for address in addresses:
            if not self._allow_private and not is_public(address):
                where = host if host == address else f"{host} ({address})"
                hint = f"{PRIVATE_FLAG} lets it be read"
                raise FetchError(f"{where} is a private address", hint, url=host)

    def check_by_name(self, url: str) -> None:
        """The check where a proxy makes the connection: only it resolves the name, we know what we can see."""
        host = urlsplit(url).hostname or ""
        try:
            found = self._resolve(host, 443)
        except (OSError, UnicodeError):
            found = ["127.0.0.1"] if is_loopback(host) else []
        try:
            self.check(host, found)
        except FetchError as error:
            raise FetchError(error.message, error.hint, url=redacted(url)) from None


class _Backend(httpcore.SyncBackend):
    """Connects to checked addresses only; TLS still checks the name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in self._guard.addresses(host, port):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"cannot connect to {host}")


def transport(guard: Guard, context: ssl.SSLContext) -> httpx.HTTPTransport:
    """An httpx transport whose connections go through the guard."""
    made = httpx.HTTPTransport(verify=context)
    # httpx has no parameter for the network backend; httpcore's pool, which it wraps, has.
    made._pool = httpcore.ConnectionPool(
        ssl_context=context, max_connections=4, max_keepalive_connections=2, network_backend=_Backend(guard)
    )
    return made
