"""Runs generated modules for the tests: a line of JSON in, a line of JSON out."""

import json
import logging
import sys
import types

logging.basicConfig(stream=sys.stderr)


def load(code):
    module = types.ModuleType("cors")
    exec(compile(code, "cors.py", "exec"), module.__dict__)
    return module


def wrapped(module, exchange):
    calls = []

    def handler(event, context):
        calls.append(event)
        if "raises" in exchange:
            raise RuntimeError(exchange["raises"])
        return exchange["response"]

    result = {}
    try:
        result["response"] = module.cors(handler)(exchange["event"], None)
    except RuntimeError as raised:
        result["thrown"] = str(raised)
    return {**result, "calls": len(calls), "passed": calls == [exchange["event"]]}


def result(task):
    module = load(task["code"])
    return [
        module.decide(request["method"], request["headers"]) for request in task.get("requests", ())
    ] + [wrapped(module, exchange) for exchange in task.get("exchanges", ())]


for line in sys.stdin:
    print(json.dumps(result(json.loads(line))), flush=True)
