"""CORS by one policy, for Lambda functions in Python 3.9 and later.

    from cors import cors

    @cors
    def handler(event, context):
        return {"statusCode": 200, "body": "..."}

The handler may be invoked by REST APIs, HTTP APIs (payload formats 1.0 and 2.0), function URLs,
load balancers (with single and with multi-value headers) and VPC Lattice. A preflight never reaches
it. On every response, errors included, its own Access-Control-* headers are replaced and its Vary
is completed. If it raises an exception, the response is a 500 that the page can read, and the
exception is in the log alone. A WebSocket is opened for allowed origins only. Events that are not
HTTP requests reach the handler as they are, and so does what it returns.
"""

import functools
import json
import logging
import re

# Nothing but data: the code below is the same for every policy.
_POLICY = json.loads(
    r'''@POLICY@'''
)

_LOG = logging.getLogger(__name__)

_ALLOW_ORIGIN = "Access-Control-Allow-Origin"
_ALLOW_METHODS = "Access-Control-Allow-Methods"
_ALLOW_HEADERS = "Access-Control-Allow-Headers"

_ANY_ORIGIN = _POLICY["anyOrigin"]
_EXACT_ORIGINS = frozenset(_POLICY["exactOrigins"])
_SUFFIXES = frozenset(_POLICY["suffixes"])
_METHODS = frozenset(_POLICY["methods"]) | {"GET", "HEAD", "POST"}
_REQUEST_HEADERS = frozenset(_POLICY["requestHeaders"])
_ANY_METHOD = "*" in _METHODS
_ANY_HEADER = "*" in _REQUEST_HEADERS
_CREDENTIALS = _POLICY["credentials"]

# With credentials browsers read * as a name, so the response names what was asked for. What is
# repeated is bounded.
_MAX_REPEATED_HEADERS = 100
_MAX_REPEATED_LENGTH = 128

_BLOCKED_STATUS = 403

# RFC 9110, section 5.6.2.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
# https://fetch.spec.whatwg.org/#forbidden-method
_FORBIDDEN_METHODS = frozenset(("CONNECT", "TRACE", "TRACK"))
# An element of a list, without the white space in front of it (RFC 9110, section 5.6.1).
_ELEMENT = re.compile(r"[^, \t][^,]*")

# https://fetch.spec.whatwg.org/#origin-header: in the one spelling that browsers send. Lengths are
# bounded, and no two parts of an expression can take the same text, so that matching is linear.
_ORIGIN = re.compile(
    r"([a-z][a-z0-9+.-]{0,63})://(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::([1-9][0-9]{0,4}))?"
)
_MAX_ORIGIN_LENGTH = 64 + 3 + 253 + 1 + 6
_MAX_PORT = 65535
_MAX_HOST_LENGTH = 253
_MAX_LABEL_LENGTH = 63
_DEFAULT_PORTS = {"https": 443, "wss": 443, "http": 80, "ws": 80, "ftp": 21}
# https://url.spec.whatwg.org/#origin: the others have the origin null.
_OPAQUE_SCHEMES = frozenset(("file", "data", "blob", "about", "javascript"))
# https://url.spec.whatwg.org/#ends-in-a-number-checker: browsers read such a host as an address.
_LAST_LABEL_IS_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)")
_BYTE = r"(?:0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])"
_IPV4 = re.compile(_BYTE + r"(?:\." + _BYTE + r"){3}")


def decide(method, headers, domain=None):
    """Return what the policy says of a request.

    ``headers`` are those of the request: names in any case, each with a string or a list of its
    lines. ``domain`` is what the request was sent to, for a request without ``Host``.

    The result is a dict with ``kind`` ("non-cors", "preflight" or "actual"), ``allowed``,
    ``reason``, ``status`` and ``headers`` (names with a list of values). Where ``status`` is not
    None, respond with it, with the headers and without a body. Otherwise put the headers on the
    application's response.
    """
    return _decide(method, _lines(headers), domain, False)


def cors(handler):
    """Put the policy around a Lambda handler ``handler(event, context)``."""

    @functools.wraps(handler)
    def wrapped(event, context):
        shape, method = _shape_and_method(event)
        if shape is None:
            return handler(event, context)
        lines = _event_lines(event)
        domain = _text(_context(event).get("domainName"))
        decision = _decide(method, lines, domain, shape not in _WITH_HTTP)
        if not decision["allowed"]:
            _log_refusal(decision, method, lines)
        if shape is _WEBSOCKET:
            # Browsers let every page open a WebSocket to every server, with the user's cookies; the
            # server must check the origin itself (RFC 6455, section 10.2).
            return handler(event, context) if decision["allowed"] else _own(shape, 403, {}, "")
        decided = {name: values[0] for name, values in decision["headers"].items()}
        if decision["status"] is not None:
            return _own(shape, decision["status"], decided, "")
        try:
            return _completed(handler(event, context), shape, decided)
        except MemoryError:
            # The process cannot be trusted any more; Lambda starts another.
            raise
        except _MalformedResponse as malformed:
            _LOG.error("the function's response is malformed: %s", malformed)
            return _error(shape, 502, decided)
        except Exception:
            _LOG.exception("the function failed")
            return _error(shape, 500, decided)

    return wrapped


# How a request is decided (https://fetch.spec.whatwg.org/#http-cors-protocol).


def _decide(method, lines, domain, https_only):
    origins = lines.get("origin")
    if not origins:
        # A cache may hand the response on to a CORS request: it must vary, or be the same for all.
        headers = _POLICY["actualHeaders" if _ANY_ORIGIN else "refusedActualHeaders"]
        return _decision("non-cors", True, "no-origin", None, "*" if _ANY_ORIGIN else None, headers)
    # Fetch joins the lines of a header, and what joins several origins is not an origin.
    origin = ", ".join(origins)
    asked = lines.get("access-control-request-method")
    if method == "OPTIONS" and asked:
        return _decide_preflight(origin, ", ".join(asked), lines)
    if _is_origin_allowed(origin):
        return _decision(
            "actual", True, "allowed", None, _named(origin), _POLICY["actualHeaders"]
        )
    headers = _POLICY["refusedActualHeaders"]
    if origin == _target_origin(lines, domain, https_only):
        return _decision("non-cors", True, "same-origin", None, None, headers)
    status = _BLOCKED_STATUS if _POLICY["blockRefusedOrigins"] else None
    return _decision("actual", False, _refusal_of_origin(origin), status, None, headers)


def _decide_preflight(origin, method, lines):
    asked = lines.get("access-control-request-headers") or ()
    if not _is_origin_allowed(origin):
        reason = _refusal_of_origin(origin)
    elif not _is_method_allowed(method):
        reason = "method-not-allowed"
    elif not _are_headers_allowed(asked):
        reason = "header-not-allowed"
    else:
        headers = _preflight_headers(method, asked)
        status = _POLICY["preflightStatus"]
        return _decision("preflight", True, "allowed", status, _named(origin), headers)
    return _decision(
        "preflight",
        False,
        reason,
        _POLICY["refusedStatus"],
        _POLICY["refusedOrigin"],
        _POLICY["refusedPreflightHeaders"],
    )


def _decision(kind, allowed, reason, status, allow_origin, headers):
    lists = {} if allow_origin is None else {_ALLOW_ORIGIN: [allow_origin]}
    # An empty value stands for that of Access-Control-Allow-Origin.
    lists.update((name, [value or allow_origin]) for name, value in headers.items())
    return {
        "kind": kind,
        "allowed": allowed,
        "reason": reason,
        "status": status,
        "headers": lists,
    }


def _named(origin):
    return "*" if _ANY_ORIGIN else origin


def _is_method_allowed(method):
    return method in _METHODS or (
        _ANY_METHOD
        and _TOKEN.fullmatch(method) is not None
        and method.upper() not in _FORBIDDEN_METHODS
    )


def _names(lines):
    for line in lines:
        for element in _ELEMENT.finditer(line):
            yield element.group().rstrip(" \t")


def _are_headers_allowed(lines):
    repeated = _ANY_HEADER and _CREDENTIALS
    for count, name in enumerate(_names(lines), 1):
        if not _is_header_allowed(name) or (repeated and count > _MAX_REPEATED_HEADERS):
            return False
    return True


def _is_header_allowed(name):
    if not _ANY_HEADER:
        return _lower(name) in _REQUEST_HEADERS
    # In the standard * does not cover Authorization.
    return (
        _TOKEN.fullmatch(name) is not None
        and (not _CREDENTIALS or len(name) <= _MAX_REPEATED_LENGTH)
        and (
            _CREDENTIALS
            or "authorization" in _REQUEST_HEADERS
            or _lower(name) != "authorization"
        )
    )


def _preflight_headers(method, lines):
    headers = dict(_POLICY["preflightHeaders"])
    if _CREDENTIALS and _ANY_METHOD:
        headers[_ALLOW_METHODS] = method
    if _CREDENTIALS and _ANY_HEADER:
        headers[_ALLOW_HEADERS] = ",".join(sorted({_lower(name) for name in _names(lines)}))
        if not headers[_ALLOW_HEADERS]:
            del headers[_ALLOW_HEADERS]
    return headers


def _lower(name):
    """Lower-case ASCII letters alone: KELVIN SIGN must not become a k."""
    return name.lower() if name.isascii() else name


# Which origins are allowed.


def _is_origin_allowed(origin):
    if _ANY_ORIGIN or origin in _EXACT_ORIGINS:
        return True
    if origin == "null":
        return _POLICY["nullOrigin"]
    if not _SUFFIXES and _EXPRESSIONS is None:
        return False
    parts = _parsed(origin)
    return parts is not None and (
        _has_allowed_end(*parts) or (_EXPRESSIONS is not None and _EXPRESSIONS.matches(origin))
    )


def _has_allowed_end(scheme, host, port):
    if not _SUFFIXES:
        return False
    # The whole host, and its end from every dot on.
    starts = [0] + [at for at, character in enumerate(host) if character == "."]
    return any(
        scheme + "://" + host[start:] + end in _SUFFIXES
        for start in starts
        for end in (":" + port if port else "", ":*")
    )


def _refusal_of_origin(origin):
    if origin == "null":
        return "origin-null"
    return "origin-malformed" if _parsed(origin) is None else "origin-not-allowed"


def _parsed(origin):
    """Return scheme, host and port (None for none) of a well-formed origin; None for others."""
    match = _ORIGIN.fullmatch(origin) if len(origin) <= _MAX_ORIGIN_LENGTH else None
    if match is None:
        return None
    scheme, host, port = match.groups()
    default_port = _DEFAULT_PORTS.get(scheme)
    if scheme in _OPAQUE_SCHEMES:
        return None
    if port is not None and (int(port) > _MAX_PORT or int(port) == default_port):
        return None
    return (scheme, host, port) if _is_host(host, default_port is not None) else None


def _is_host(host, is_domain):
    """Hosts of schemes that browsers do not know, such as app://-, are opaque names."""
    if host.startswith("["):
        return _is_ipv6(host[1:-1])
    name = host[:-1] if host.endswith(".") else host
    labels = name.split(".")
    if is_domain and _LAST_LABEL_IS_NUMBER.fullmatch(labels[-1]):
        return _IPV4.fullmatch(host) is not None
    return len(name) <= _MAX_HOST_LENGTH and all(_is_label(label, is_domain) for label in labels)


def _is_label(label, is_domain):
    if not 0 < len(label) <= _MAX_LABEL_LENGTH:
        return False
    # No A-label ends with a hyphen (RFC 3492); other names below a registered one may.
    return not is_domain or not (
        label.startswith("-") or (label.startswith("xn--") and label.endswith("-"))
    )


def _is_ipv6(address):
    # Few origins have one, so most functions start without the module.
    import ipaddress

    try:
        parsed = ipaddress.IPv6Address(address)
    except ValueError:
        return False
    # Two spellings reach a machine with a mapped address; browsers send one.
    return parsed.ipv4_mapped is None and str(parsed) == address


class _Automaton:
    """All expressions of the policy as one table: a step for each character of an origin."""

    _DIGITS = {
        digit: value
        for value, digit in enumerate(
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
        )
    }

    def __init__(self, table):
        self._start = table["start"]
        self._column_of = {
            character: self._DIGITS[column]
            for character, column in zip(table["characters"], table["columns"])
        }
        self._columns = table["columnCount"]
        self._width = table["width"]
        # The numbers stay text: to read them all would take longer than to look a few up.
        self._next = table["next"]
        self._accepting = table["accepting"]

    def matches(self, origin):
        """Tell whether an expression matches a well-formed origin."""
        state = self._start
        for character in origin:
            column = self._column_of.get(character)
            if column is None or state == 0:
                return False
            at = (state * self._columns + column - 1) * self._width
            state = 0
            for digit in self._next[at : at + self._width]:
                state = state * 64 + self._DIGITS[digit]
        return self._accepting[state] == "1"


_EXPRESSIONS = None if _POLICY["expressions"] is None else _Automaton(_POLICY["expressions"])


def _target_origin(lines, domain, https_only):
    """Return the origin that a request was sent to, or None where it is not known.

    What a page could set itself is not believed, such as X-Forwarded-Host.
    """
    origins = lines.get("origin") or []
    # https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    if len(origins) == 1 and lines.get("sec-fetch-site") == ["same-origin"]:
        return origins[0]
    hosts = lines.get("host") or [domain]
    if len(hosts) > 1 or hosts[0] is None:
        return None
    host = hosts[0]
    scheme = _target_scheme(lines, host, https_only)
    if scheme is None:
        return None
    default_port = ":443" if scheme == "https" else ":80"
    return scheme + "://" + (host[: -len(default_port)] if host.endswith(default_port) else host)


def _target_scheme(lines, host, https_only):
    # Load balancers have listeners of both schemes, and set X-Forwarded-Proto. API Gateway and
    # function URLs have https on port 443 alone, so another port is that of an emulator.
    has_port = host.rfind(":") > host.rfind("]") and not host.endswith(":443")
    forwarded = lines.get("x-forwarded-proto")
    if not forwarded or (https_only and not has_port):
        return "https"
    only = forwarded[0] if len(forwarded) == 1 else ""
    return only if only in ("https", "http") else None


# What invoked the function, told by what its event contains: "version" says 2.0 for HTTP APIs and
# for VPC Lattice, and emulators differ.

_REST = "REST API, or HTTP API with payload format 1.0"
_REST_MULTI_VALUE = "the same, with multi-value headers alone"
_PAYLOAD_2 = "HTTP API with payload format 2.0, or function URL"
_ALB = "load balancer"
_ALB_MULTI_VALUE = "load balancer with multi-value headers"
_LATTICE = "VPC Lattice"
_WEBSOCKET = "WebSocket API"

_WITH_HTTP = (_ALB, _ALB_MULTI_VALUE, _LATTICE)
_WITH_STATUS_DESCRIPTION = (_ALB, _ALB_MULTI_VALUE, _LATTICE)
_WITH_MULTI_VALUE_HEADERS_ALONE = (_REST_MULTI_VALUE, _ALB_MULTI_VALUE)

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
_REASON_PHRASES = {
    204: "No Content",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}

_NEEDED_HEADERS = frozenset(
    (
        "origin",
        "access-control-request-method",
        "access-control-request-headers",
        "host",
        "x-forwarded-proto",
        "sec-fetch-site",
    )
)


def _text(value):
    return value if isinstance(value, str) else None


def _dict(value):
    return value if isinstance(value, dict) else {}


def _context(event):
    return _dict(event.get("requestContext"))


def _shape_and_method(event):
    """Return the shape of a request and its method; None for the shape of what is passed on."""
    event = _dict(event)
    is_for_authorizer = _text(event.get("methodArn")) or _text(event.get("routeArn"))
    if is_for_authorizer and event.get("type") in ("REQUEST", "TOKEN"):
        return None, None
    context = _context(event)
    method = _text(_dict(context.get("http")).get("method"))
    if method is not None:
        return _PAYLOAD_2, method
    if _text(context.get("connectionId")) is not None:
        # The handshake is a GET (RFC 6455, section 4.1). Messages have no origin.
        return _WEBSOCKET if context.get("eventType") == "CONNECT" else None, "GET"
    method = _text(event.get("httpMethod"))
    multi_value = isinstance(event.get("multiValueHeaders"), dict)
    if method is not None and isinstance(context.get("elb"), dict):
        return _ALB_MULTI_VALUE if multi_value else _ALB, method
    if method is not None:
        alone = multi_value and not isinstance(event.get("headers"), dict)
        return _REST_MULTI_VALUE if alone else _REST, method
    method = _text(event.get("method"))
    path = event.get("path") if _text(event.get("raw_path")) is None else event["raw_path"]
    if method is not None and _text(path) is not None:
        return _LATTICE, method
    return None, None


def _event_lines(event):
    """Return the lines of the headers that matter; multi-value headers count where they are."""
    lines = _lines(event.get("headers"))
    multi_value = _lines(event.get("multiValueHeaders"))
    lines.update((name, own) for name, own in multi_value.items() if own)
    return lines


def _lines(headers):
    lines = {}
    for name, value in _dict(headers).items():
        # REST APIs keep names in the client's case. Names that differ in case are one header.
        name = name.lower()
        if name in _NEEDED_HEADERS:
            _add_lines(lines.setdefault(name, []), value)
    return lines


def _add_lines(lines, value):
    if isinstance(value, str):
        lines.append(value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _add_lines(lines, item)


# Responses.

_CORS_PREFIX = "access-control-"
_SET_COOKIE = "set-cookie"
# RFC 9110, section 5.5: whoever reads such a value may end the line there.
_ENDS_LINE = re.compile(r"[\r\n\0]")


def _is_replaced(name):
    return name.startswith(_CORS_PREFIX) or name in _POLICY["replacedHeaders"]


class _MalformedResponse(Exception):
    """The handler returned what its invoker would not accept."""


def _own(shape, status, headers, body):
    response = {"statusCode": status}
    if shape in _WITH_STATUS_DESCRIPTION:
        phrase = "OK" if status < 300 else "Refused" if status < 500 else "Error"
        response["statusDescription"] = "%d %s" % (status, _REASON_PHRASES.get(status, phrase))
    if shape in _WITH_MULTI_VALUE_HEADERS_ALONE:
        response["multiValueHeaders"] = {name: [value] for name, value in headers.items()}
    else:
        response["headers"] = headers
    response["body"] = body
    response["isBase64Encoded"] = False
    return response


def _with_json(headers):
    return {**headers, "Content-Type": "application/json"}


def _error(shape, status, decided):
    # The same text for every failure: nothing of an exception reaches a page.
    return _own(shape, status, _with_json(decided), '{"message":"Internal Server Error"}')


def _completed(response, shape, decided):
    """Return the handler's response with the headers of a decision."""
    status = response.get("statusCode") if isinstance(response, dict) else None
    if status is not None:
        return _Headers(shape).complete(response, decided)
    if shape is not _PAYLOAD_2:
        raise _MalformedResponse("It has no statusCode.")
    # What API Gateway makes of a response without a status.
    return _own(shape, 200, _with_json(decided), _json(response))


def _json(value):
    try:
        return json.dumps(value, ensure_ascii=False, default=_number)
    except (TypeError, ValueError) as unserializable:
        raise _MalformedResponse("It cannot be written as JSON.") from unserializable


def _number(value):
    # Numbers from DynamoDB. Most functions start without the module.
    if type(value).__name__ != "Decimal":
        raise TypeError(type(value).__name__)
    return int(value) if value == value.to_integral_value() else float(value)


class _Headers:
    """The headers of a handler's response, and how those of a decision are put in."""

    def __init__(self, shape):
        self._shape = shape
        self._headers = {}
        self._multi_value_headers = {}
        self._cookies = []
        self._vary = {}
        self._dropped = {}

    def complete(self, response, decided):
        completed = self._read(response)
        alone = self._shape in _WITH_MULTI_VALUE_HEADERS_ALONE
        if alone:
            for name, values in self._headers.items():
                self._multi_value_headers.setdefault(name, values)
        else:
            self._keep_cookies_apart()
        ours = self._multi_value_headers if alone else self._headers
        for name, value in decided.items():
            if name == "Vary":
                self._add_vary(value)
            else:
                ours[name] = [value]
        if self._vary:
            ours["Vary"] = ["*" if "*" in self._vary else ", ".join(self._vary.values())]
        if not alone:
            completed["headers"] = {
                name: ", ".join(values) for name, values in self._headers.items() if values
            }
        if alone or self._multi_value_headers:
            completed["multiValueHeaders"] = self._multi_value_headers
        if self._cookies:
            completed["cookies"] = self._cookies
        self._log_dropped()
        return completed

    def _read(self, response):
        """Take the headers, and return a copy of the rest."""
        rest = {}
        for field, value in response.items():
            if field == "headers":
                self._add_all(self._headers, field, value)
            elif field == "multiValueHeaders":
                self._add_all(self._multi_value_headers, field, value)
            elif field == "cookies":
                # API Gateway reads a list; an object has no cookies.
                self._add_cookies([] if isinstance(value, dict) else _scalars(field, value))
            else:
                rest[field] = value
        _check_status(rest["statusCode"])
        if isinstance(rest.get("body"), (dict, list, tuple, bytes)):
            raise _MalformedResponse("The body is not a string; write JSON as a string.")
        # A large body is not worth the time.
        _json({field: value for field, value in rest.items() if not isinstance(value, str)})
        return rest

    def _add_all(self, headers, field, values):
        if values is None or values == []:
            return
        if not isinstance(values, dict):
            raise _MalformedResponse("The field %s is not an object." % field)
        for name, value in values.items():
            self._add(headers, name, _scalars(field, value))

    def _add(self, headers, name, values):
        is_token = isinstance(name, str) and _TOKEN.fullmatch(name) is not None
        if not is_token or any(map(_ENDS_LINE.search, values)):
            self._dropped[str(name)] = True
        elif name.lower() == "vary":
            for value in values:
                self._add_vary(value)
        elif not _is_replaced(name.lower()):
            headers[name] = values

    def _add_cookies(self, values):
        for value in values:
            if _ENDS_LINE.search(value):
                self._dropped[_SET_COOKIE] = True
            else:
                self._cookies.append(value)

    def _add_vary(self, value):
        for name in value.split(","):
            name = name.strip(" \t")
            if name:
                self._vary.setdefault(name.lower(), name)

    def _keep_cookies_apart(self):
        """Several Set-Cookie lines cannot be joined (RFC 6265, section 3)."""
        if all(len(values) < 2 for values in self._headers.values()):
            return
        names = [name for name in self._headers if name.lower() == _SET_COOKIE]
        lines = [line for name in names for line in self._headers.pop(name)]
        if self._shape is _PAYLOAD_2:
            self._cookies += lines
        elif self._shape is _REST:
            if lines:
                self._multi_value_headers.setdefault(_SET_COOKIE, []).extend(lines)
        else:
            # A line for each spelling of the name: to load balancers these are several headers.
            spellings = 1 << (len(_SET_COOKIE) - 1)
            for number, line in enumerate(lines[:spellings]):
                self._headers[_spelling(number)] = [line]
            if len(lines) > spellings:
                self._dropped[_SET_COOKIE] = True

    def _log_dropped(self):
        if self._dropped:
            names = list(self._dropped)
            more = ["and %d more" % (len(names) - 20)] if len(names) > 20 else []
            _LOG.warning(
                "headers of the function's response were dropped, because a name is not a token or"
                " a value has CR, LF or NUL: %s",
                json.dumps([name[:300] for name in names[:20]] + more),
            )


def _spelling(bits):
    """Return the name with those letters in upper case whose bits are set."""
    name = ""
    for character in _SET_COOKIE:
        if character == "-":
            name += character
        else:
            name += character.upper() if bits & 1 else character
            bits >>= 1
    return name


def _check_status(status):
    if isinstance(status, str):
        valid = re.fullmatch("[1-9][0-9]*", status) is not None
    else:
        is_number = type(status).__name__ == "Decimal" or isinstance(status, (int, float))
        valid = is_number and not isinstance(status, bool) and status >= 1
    if not valid:
        raise _MalformedResponse("The statusCode is not that of a response.")


def _scalars(field, value):
    """Return the texts of one value, or of those in a list."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return [_scalar(field, item) for item in values if item is not None]


def _scalar(field, value):
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)) or type(value).__name__ == "Decimal":
        # API Gateway takes the text of numbers and booleans.
        return _json(value)
    raise _MalformedResponse("A value in %s is neither a text nor a list of texts." % field)


def _log_refusal(decision, method, lines):
    asked = lines.get("access-control-request-method")
    fields = {
        "corsage": "refused",
        "kind": decision["kind"],
        "reason": decision["reason"],
        "origin": ", ".join(lines["origin"])[:300],
        "method": (", ".join(asked) if decision["kind"] == "preflight" else method)[:300],
    }
    # JSON in ASCII: no value can begin another line.
    _LOG.warning("%s", json.dumps(fields))
