"""What schemathesis is taught about Muster: the check that requests which fit the document are not refused for their shape."""

import os

import schemathesis

# Codes of `errors[]` that say of one value what JSON Schema could have said (libs/platform/src/problems/validation-texts.ts).
SHAPE = {
    "required", "wrong_type", "too_short", "too_long", "too_small", "too_large", "too_few", "too_many", "not_unique",
    "not_allowed", "unknown_property",
}  # fmt: skip
# Which fields an account needs depends on its kind; and null, which leaves a field of a new account out, would empty it in a
# change. One schema describes the fields of all.
DEPENDS_ON_KIND = {("createUser", "required"), ("changeUser", "required"), ("startMassChange", "required")}
# Problems that are about nothing but the shape of a request.
UNREADABLE = {"malformed_request", "unsupported_media_type", "idempotency_key_invalid"}

# Ids of the accounts, keys and company that the run itself works with.
OWN = set(filter(None, os.environ.get("MUSTER_OWN_IDS", "").split(",")))
NOBODY = "0" * 32


@schemathesis.check
def shape_is_documented(ctx, response, case):
    """A request that fits the document is not refused for something that the document could have said."""
    # Parts with made-up names are written as no client would write them.
    if case.media_type == "multipart/form-data":
        return
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 415, 422):
        return
    problem = response.json()
    operation = case.operation.definition.raw.get("operationId")
    codes = SHAPE - {code for name, code in DEPENDS_ON_KIND if name == operation}
    faults = [
        fault
        for fault in problem["errors"]
        # Which fields of its own a company has, no document can say.
        if fault["code"] in codes and not fault.get("pointer", "").startswith("/customFields/")
    ]
    if problem["code"] in UNREADABLE or (problem["code"] == "validation_failed" and faults):
        raise AssertionError(f"fits the document, and is refused for its shape: {problem['detail']} {faults}")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Nothing is done to the accounts that the run signs in with, or it would end itself."""
    parameters = case.path_parameters
    if case.method != "GET" and parameters and parameters.get("id") in OWN:
        parameters["id"] = NOBODY
