"""A client of the Lambda Runtime API for Python functions.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
For machines without AWS's own client (awslambdaric), which has a native part.
Usage: python bootstrap.py MODULE.FUNCTION, in the folder of the function.
"""
import decimal
import http.client
import importlib
import json
import os
import sys
import time
import traceback

HOST, _, SECRET = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
BASE = ("/" + SECRET if SECRET else "") + "/2018-06-01/runtime/"


class Context:
    """The context object: https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    identity = None
    client_context = None

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = "/aws/lambda/" + self.function_name
        self.log_stream_name = self.function_version
        self._deadline = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


def call(method, operation, body=None):
    connection = http.client.HTTPConnection(HOST)
    try:
        connection.request(method, BASE + operation, body)
        response = connection.getresponse()
        return response.headers, response.read()
    finally:
        connection.close()


def report(operation):
    kind, error, trace = sys.exc_info()
    traceback.print_exc()
    document = {
        "errorMessage": str(error),
        "errorType": kind.__name__,
        "stackTrace": traceback.format_tb(trace),
    }
    call("POST", operation, json.dumps(document).encode())


def load(handler):
    module, _, name = handler.rpartition(".")
    return getattr(importlib.import_module(module.replace("/", ".")), name)


def written(value):
    """What json does not write itself."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)


def main():
    # The folder of the function, and not that of this file.
    sys.path[0] = os.getcwd()
    sys.stdout.reconfigure(line_buffering=True)
    try:
        handler = load(sys.argv[1])
    except BaseException:
        report("init/error")
        sys.exit(1)
    while True:
        headers, event = call("GET", "invocation/next")
        invocation = "invocation/" + headers["Lambda-Runtime-Aws-Request-Id"]
        try:
            result = handler(json.loads(event), Context(headers))
            body = json.dumps(result, default=written, ensure_ascii=False).encode()
        except Exception:
            report(invocation + "/error")
            continue
        call("POST", invocation + "/response", body)


if __name__ == "__main__":
    main()
