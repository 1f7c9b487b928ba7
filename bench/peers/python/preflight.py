"""The preflight function as people write it in Python."""

import os


def entries(variable):
    return [entry.strip() for entry in os.environ[variable].split(",")]


ORIGINS = frozenset(entries("ALLOWED_ORIGINS"))
METHODS = ",".join(entries("ALLOWED_METHODS"))
HEADERS = ",".join(entries("ALLOWED_HEADERS"))


def handler(event, context):
    if event["requestContext"]["http"]["method"] != "OPTIONS":
        return {"statusCode": 405}
    headers = {"Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}
    origin = event["headers"].get("origin")
    if origin in ORIGINS:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Methods"] = METHODS
        headers["Access-Control-Allow-Headers"] = HEADERS
        headers["Access-Control-Max-Age"] = "7200"
    return {"statusCode": 204, "headers": headers}
