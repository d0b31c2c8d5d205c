import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.core import workers
from generator.core.errors import TesseraeError

HOME = Path(__file__).resolve().parent.parent


def square(number):
    return number * number


def process(_):
    time.sleep(0.02)
    return os.getpid()


def refuse_seven(number):
    if number == 7:
        raise ValueError("seven")
    return number


def die_at_seven(number):
    if number == 7:
        os._exit(1)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs):
    found = list(workers.run(square, range(100), jobs=jobs, seconds=1))

    assert found == [number * number for number in range(100)]


def test_little_work_is_done_in_this_process():
    assert set(workers.run(process, range(20), jobs=4, seconds=0.001)) == {os.getpid()}


def test_much_work_is_done_in_other_processes():
    found = set(workers.run(process, range(40), jobs=2, seconds=1, chunk=4))

    assert os.getpid() not in found
    assert len(found) <= 2


def test_no_items_give_no_results():
    assert list(workers.run(square, [], jobs=2)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_is_raised_where_its_result_would_come(jobs):
    found = []
    with pytest.raises(ValueError, match="seven"):
        found.extend(workers.run(refuse_seven, range(1000), jobs=jobs, seconds=1, chunk=1))


def test_a_process_that_dies_is_an_error_that_says_what_to_do():
    with pytest.raises(TesseraeError, match="--jobs 1"):
        list(workers.run(die_at_seven, range(100), jobs=2, seconds=1))


def test_results_that_nobody_wants_any_more_are_not_waited_for():
    results = workers.run(process, range(10_000), jobs=2, seconds=1)
    first = next(results)
    begun = time.perf_counter()
    results.close()

    assert time.perf_counter() - begun < 5
    assert not alive(first)


SCRIPT = """
import sys, os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background has it ignored
sys.path[:0] = [{home!r}, {tests!r}]
from generator.core import workers
from test_workers import process
if __name__ == "__main__":
    for number in workers.run(process, range(100_000), jobs=2, seconds=1):
        print(number, flush=True)
"""


def alive(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().split(")")[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_the_one_that_started_them(sign, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(home=str(HOME), tests=str(HOME / "tests")))
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children = {int(parent.stdout.readline()) for _ in range(40)}
    parent.send_signal(sign)
    parent.communicate(timeout=20)
    for _ in range(100):
        if not any(map(alive, children)):
            break
        time.sleep(0.1)

    assert not any(map(alive, children))
