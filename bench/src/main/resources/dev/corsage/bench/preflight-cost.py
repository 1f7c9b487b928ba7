# Times what was generated for Python. Arguments: the file, how many preflights in a round, how many
# rounds. Prints the nanoseconds of one, a line for each round, and then the status of the last
# response.
import importlib.util
import json
import sys
import time

file, count, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
headers = json.load(sys.stdin)
spec = importlib.util.spec_from_file_location("cors", file)
cors = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cors)
status = None
for _ in range(rounds):
    start = time.perf_counter_ns()
    for _ in range(count):
        status = cors.decide("OPTIONS", headers)["status"]
    print((time.perf_counter_ns() - start) / count)
print(status)
