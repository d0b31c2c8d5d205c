"""Workers: a task over many items, done by this process or by several beside it.

Tasks are functions of a module with arguments that pickle. The processes are started fresh (never forked from a
process that has threads, as torch and numba do), and end with the one that started them, however that ends.
"""

import itertools
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import TypeVar

from generator.core.errors import TesseraeError

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4  # chunks given out for each process before the first is taken back: bounds what lies in memory
WORTH = 2.0  # seconds of work: less is done here sooner than processes are started


def run(
    task: Callable[[Item], Result], items: Sequence[Item], *, jobs: int, seconds: float = 0.01, chunk: int = 8
) -> Iterator[Result]:
    """Yield task(item) for every item, in order; `seconds` is about what one takes.

    What a task raises is raised here, and nothing more is begun. A task whose process dies (memory, a broken
    library) raises TesseraeError.
    """
    jobs = min(jobs, -(-len(items) // chunk))
    if jobs <= 1 or len(items) * seconds < WORTH:
        yield from map(task, items)
    else:
        yield from _beside(task, items, jobs, chunk)


def _beside(task: Callable[[Item], Result], items: Sequence[Item], jobs: int, chunk: int) -> Iterator[Result]:
    chunks = (items[start : start + chunk] for start in range(0, len(items), chunk))
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)
    try:
        begun = itertools.islice(chunks, jobs * AHEAD)
        under_way: deque[Future[list[Result]]] = deque(pool.submit(_each, task, part) for part in begun)
        while under_way:
            done = under_way.popleft().result()
            under_way.extend(pool.submit(_each, task, part) for part in itertools.islice(chunks, 1))
            yield from done
    except BrokenProcessPool as error:
        raise TesseraeError(
            "a worker process stopped unexpectedly, perhaps out of memory; try again with --jobs 1"
        ) from error
    except BaseException:  # an error of a task, Ctrl-C, or the caller wants no more: do not wait for what is begun
        _end(pool)
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _each(task: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    return [task(item) for item in items]


def _prepare() -> None:
    """In a new process: leave Ctrl-C to the one that started us, and end when it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _end(pool: ProcessPoolExecutor) -> None:
    # ProcessPoolExecutor.terminate_workers() does this from Python 3.14 on.
    for process in list((pool._processes or {}).values()):
        process.terminate()
