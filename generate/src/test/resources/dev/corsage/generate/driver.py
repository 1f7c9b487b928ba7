"""Runs generated Python for the tests: one task a line, one result a line, both JSON."""

import functools
import json
import logging
import sys
import traceback
import types

# Wrappers log every refusal and every failure.
logging.basicConfig(handlers=[logging.NullHandler()])


# The same source is loaded once, in the order in which it comes.
@functools.lru_cache(maxsize=1)
def load(source):
    module = types.ModuleType("cors")
    exec(compile(source, "cors.py", "exec"), module.__dict__)
    return module


def decide(source, requests):
    """What a module decides on requests."""
    module = load(source)
    return [module.decide(request["method"], request["headers"]) for request in requests]


def wrap(source, exchanges):
    """What a wrapped handler does: on each event, once for each response that it is to return.
    These are JSON; for None it raises."""
    module = load(source)
    return [
        exchange(module, each["event"], response)
        for each in exchanges
        for response in each["responses"]
    ]


def exchange(module, event, response):
    calls = []

    def handler(received, context):
        calls.append(received)
        if response is None:
            raise RuntimeError("of the handler")
        return json.loads(response)

    result = {}
    try:
        result["response"] = module.cors(handler)(json.loads(event), None)
    except RuntimeError as raised:
        result["thrown"] = str(raised)
    return {**result, "calls": len(calls), "passed": calls == [json.loads(event)]}


TASKS = {"decide": decide, "wrap": wrap}

source = None
for line in sys.stdin:
    task = json.loads(line)
    source = task.pop("source", source)
    try:
        result = {"result": TASKS[task.pop("task")](source, **task)}
    except Exception:
        result = {"error": traceback.format_exc()}
    print(json.dumps(result), flush=True)
