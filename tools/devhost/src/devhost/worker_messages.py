"""Dataclasses that replace the gRPC messages of the Functions worker library.

The library receives its message classes as an argument. Azure's classes are generated from a .proto file that
is not published separately. Here no message leaves the process, so dataclasses with the same field names are
enough.
"""

import sys
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, ClassVar

type _Bytes = bytes  # TypedData has fields with the names of these types
type _Int = int


@dataclass(slots=True)
class TypedData:
    """An input or output value of a function; exactly one field is set."""

    string: str | None = None
    json: str | None = None
    bytes: _Bytes | None = None
    http: "RpcHttp | None" = None
    int: _Int | None = None
    double: float | None = None

    def WhichOneof(self, _group: str) -> str | None:  # noqa: N802 - protobuf's name
        return next((name for name in self.__slots__ if getattr(self, name) is not None), None)


@dataclass(slots=True)
class RpcHttp:
    """An HTTP request (method, url, params, query) or response (status_code, cookies)."""

    method: str = ""
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: TypedData = field(default_factory=TypedData)
    status_code: str = "200"
    cookies: "list[RpcHttpCookie] | None" = None
    enable_content_negotiation: bool = False


class _SameSite:
    """The worker reads the members by these names; the values are those of the Set-Cookie attribute."""

    Lax = "Lax"
    Strict = "Strict"
    ExplicitNone = "None"


setattr(_SameSite, "None", None)  # a member whose name is a keyword


@dataclass(slots=True)
class Nullable:
    """NullableString, NullableBool, NullableDouble, NullableTimestamp: a value that may be absent."""

    value: Any = None


@dataclass(slots=True)
class Timestamp:
    """Seconds since 1970 (UTC)."""

    seconds: int = 0


@dataclass
class RpcHttpCookie:
    """A cookie of a response; attributes that the function did not set are None."""

    SameSite: ClassVar[type[_SameSite]] = _SameSite

    name: str
    value: str
    domain: Nullable | None = None
    path: Nullable | None = None
    expires: Nullable | None = None
    secure: Nullable | None = None
    http_only: Nullable | None = None
    same_site: str | None = None
    max_age: Nullable | None = None


@dataclass(slots=True)
class ParameterBinding:
    """A named value: an argument of an invocation, or one of its outputs."""

    name: str
    data: TypedData | None

    def WhichOneof(self, _group: str) -> str:  # noqa: N802 - protobuf's name
        return "data"


@dataclass
class BindingInfo:
    """A binding as the worker describes it; the directions are those of azure.functions.BindingDirection."""

    out: ClassVar[int] = 1
    inout: ClassVar[int] = 2
    undefined: ClassVar[None] = None

    type: str
    data_type: int | None
    direction: int


@dataclass
class RpcException:
    """An error in the app. The worker creates it in an exception handler; ``error`` is that exception."""

    message: str
    stack_trace: str
    error: BaseException | None = field(default_factory=sys.exception)


@dataclass
class StatusResult:
    """Whether a request to the worker succeeded."""

    Success: ClassVar[str] = "success"
    Failure: ClassVar[str] = "failure"

    status: str
    exception: RpcException | None = None


@dataclass
class RpcFunctionMetadata:
    """A function as the worker describes it; ``raw_bindings`` are JSON texts."""

    name: str
    function_id: str
    raw_bindings: list[str]
    directory: str
    script_file: str
    entry_point: str
    language: str
    bindings: dict[str, BindingInfo]
    properties: dict[str, str]
    managed_dependency_enabled: bool = False
    is_proxy: bool = False
    retry_options: Any = None


@dataclass(slots=True)
class InvocationResponse:
    """The response to an invocation: the return value and the named outputs, or the error in ``result``."""

    invocation_id: str
    result: StatusResult
    return_value: TypedData | None = None
    output_data: list[ParameterBinding] = field(default_factory=list)


NullableString = NullableBool = NullableDouble = NullableTimestamp = Nullable

# Messages whose fields devhost reads by name only, or not at all.
WorkerInitResponse = FunctionMetadataResponse = FunctionLoadResponse = WorkerMetadata = RpcRetryOptions = (
    SimpleNamespace
)
