"""Which addresses may be asked: http and https, hosts whose every address is public."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from claimtrace.errors import InputError

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")  # RFC 8215: for use inside a network
_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """An address taken apart and resolved: ``number`` is the one that is connected to, so that a name that resolves
    differently a moment later leads nowhere else."""

    scheme: str
    host: str
    port: int
    request: str
    number: str
    url: str

    @property
    def authority(self) -> str:
        """Host, and port where it is not the usual one, as the ``Host`` header wants it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"


def resolve(url: str, allow_private: bool) -> Target:
    """Check and resolve an address.

    Args:
        url: as a user or a redirect names it.
        allow_private: whether addresses of private networks and of this machine may be asked.

    Raises:
        InputError: its scheme is none of the two (``scheme``), it cannot be understood or resolved (``address``), or
            leads to an address that is not public (``private-address``).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{url[:200]}: this is no address ({error})", "address") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise InputError(f"{url[:200]}: only http and https addresses are read, not {scheme or 'this'}", "scheme")
    host = (parts.hostname or "").rstrip(".")
    if not host or parts.username is not None or any(ord(sign) < 33 for sign in url):
        raise InputError(f"{url[:200]}: this is no address with a host alone; check it", "address")
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
        found = socket.getaddrinfo(name, port or _PORTS[scheme], type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{url[:200]}: the host {host} cannot be found ({error})", "address") from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private:
        for number in numbers:
            if not _is_public(number):
                where = "the address" if number == host else f"{host} leads to {number}, which"
                raise InputError(f"{url[:200]}: {where} is not public; --allow-private permits it", "private-address")
    request = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme, name, port or _PORTS[scheme], _quoted(request), numbers[0], url)


def _is_public(number: str) -> bool:
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address in _LOCAL_NAT64:
            return False
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast


def _quoted(request: str) -> str:
    from urllib.parse import quote

    return quote(request, safe="/?&=%:@!$'()*+,;~-._[]#")
