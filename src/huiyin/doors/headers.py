"""Headers of every answer, and which headers of a request are believed."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

_ALWAYS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
        "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), "
        "xr-spatial-tracking=()"
    ),
}
_FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_REMOTE_USER",
    "REMOTE_USER",
)


class SecurityHeaders:
    """Outermost: adds what a view has not set itself to pages, errors, redirects and static files (R21-R23).

    A view may be stricter, for example `Referrer-Policy: no-referrer` on the tracking page.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with every header in place and none that names the software."""
        response = self._get_response(request)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        # Web servers put their own name where there is no such header, and keep an empty one (J1).
        response.headers["Server"] = ""
        if "X-Powered-By" in response.headers:
            del response.headers["X-Powered-By"]
        return response


class TrustedProxies:
    """Drops forwarded headers unless they come from a configured proxy (R28, J3).

    Behind a proxy of `HUIYIN_PROXIES` the client's address is the last hop of
    `X-Forwarded-For` that is not itself such a proxy, put into REMOTE_ADDR.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response
        self._proxies = [ipaddress.ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settle who asks, then go on."""
        sender = request.META.get("REMOTE_ADDR", "")
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        scheme = request.META.get("HTTP_X_FORWARDED_PROTO", "")
        for name in _FORWARDED:
            request.META.pop(name, None)
        if self._is_proxy(sender):
            if scheme in {"http", "https"}:
                request.META["HTTP_X_FORWARDED_PROTO"] = scheme
            for hop in (part.strip() for part in reversed(hops)):
                if not _is_address(hop):
                    break
                request.META["REMOTE_ADDR"] = hop
                if not self._is_proxy(hop):
                    break
        return self._get_response(request)

    def _is_proxy(self, text: str) -> bool:
        return _is_address(text) and any(ipaddress.ip_address(text) in network for network in self._proxies)


def client_address(request: HttpRequest) -> str:
    """Return the address that limits count by: an IPv4 address, or the /64 of an IPv6 one."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    if not _is_address(text):
        return "0.0.0.0"  # noqa: S104 - a unix socket has no address; all such senders share one
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return text


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
