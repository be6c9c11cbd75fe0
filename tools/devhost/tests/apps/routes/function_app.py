"""Routes that match the same paths. Each function returns its name and its parameters."""

import json
from collections.abc import Sequence

import azure.functions as func

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


def _add(name: str, route: str, methods: Sequence[str] | None = None) -> None:
    def handler(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(json.dumps([name, dict(req.route_params)]), mimetype="application/json")

    handler.__name__ = name
    app.function_name(name)(app.route(route=route, methods=methods)(handler))


# The names are compared in upper case: B sorts before _, which sorts before b.
_add("Zebra", "by-name/{z}")
_add("apple", "by-name/{a}")
_add("A_last", "by-upper-case/{b}")
_add("abfirst", "by-upper-case/{a}")

# A catch-all hides the literal routes after it, but not those before it.
_add("everything", "hidden/{*rest}")
_add("exactly", "hidden/exactly")
_add("a_literal", "shown/exactly")
_add("the_rest", "shown/{*rest}")

# If the method does not match, the host tries the functions that follow.
_add("m1_get", "methods/{x}", ["GET"])
_add("m2_post", "methods/{y}", ["POST"])
_add("m3_put", "methods/literal", ["PUT"])
_add("m4_any", "methods/any/{x}")
_add("m5_get", "methods/get", ["GET", "HEAD"])

# A disabled function keeps its route. The test disables `off`.
_add("off", "off/{x}")
_add("on", "off/{y}")

_add("optional", "optional/{number:int?}")
_add("optional_second", "pairs/{a}/{b?}")
_add("optional_inside", "inside/{a?}/end")
_add("defaults", "defaults/{a=1}/{b=2}")
_add("files", "files/{*path}")
_add("whole_number", "rest/{*path:int}")
_add("export", "exports/{name}.csv")
_add("two_parts", "parts/{a}-{b}")
_add("slash", "slash/")
_add("mixed_case", "MIXED/Case/{X}")

for _constraint in (
    *("int", "long", "bool", "guid", "alpha", "decimal", "double", "float", "datetime", "required"),
    *("length(3)", "length(2,4)", "minlength(3)", "maxlength(3)", "min(3)", "max(3)", "range(1,5)"),
    *("alpha:length(2,4)", "regex(^[a-z]{{2}}\\d$)", "regex(b)"),
):
    _word = _constraint.translate(str.maketrans("(),:^[]{}\\$", "-----------"))
    _add(f"c_{_word.replace('-', '_')}", f"constraints/{_word}/{{value:{_constraint}}}")
