"""Processes that write acts from many threads into a migrated database of their own (`DATABASE_URL`).

    python -m noivu.audit.tests.writers together|killed

`together`: two write to their end. `killed`: one gets SIGKILL while its threads are at work. Prints what then stands;
what a killed process left is swept first, which must not be needed otherwise.
"""

import json
import os
import random
import signal
import sys
import threading
import time

import django

django.setup()

from django.db import connection, connections, transaction

from noivu.audit.actions import declare_action
from noivu.audit.api import number_entries, record, record_bulk
from noivu.audit.export import export_lines
from noivu.audit.models import Entry, Leaf, Unnumbered
from noivu.audit.verify import verify
from noivu.core.actors import Actor
from noivu.core.wording import both

declare_action("test.change", both("test"))
BINH = Actor(id="binh", name="Lê Thu Bình", unit_code="VP-BNV")


def prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE acts (writer integer, act integer)")


def act(writer: int, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO acts (writer, act) VALUES (%s, %s)", [writer, number])
    record(actor=BINH, action="test.change", thing=("act", f"{writer}-{number}"), after={"n": number})


def write_acts(writer: int, count: int) -> None:
    """Transactions of one to three acts: some rolled back whole, some to a savepoint, some in bulk."""
    chance = random.Random(writer)
    for number in range(count):
        with transaction.atomic():
            for part in range(chance.randint(1, 3)):
                act(writer, number * 10 + part)
            with transaction.atomic():
                act(writer, number * 10 + 5)
                transaction.set_rollback(chance.random() < 0.3)
            if chance.random() < 0.1:
                record_bulk(actor=BINH, action="test.change", label="bulk", rows=[("act", "bulk", None)])
            transaction.set_rollback(chance.random() < 0.3)
    connection.close()


def write(writers: int, count: int) -> None:
    threads = [threading.Thread(target=write_acts, args=(n, count)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def start(writers: int, count: int) -> int:
    """So many threads that write, in a process of their own; its id."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    write(writers, count)
    os._exit(0)


def acts_committed() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM acts")
        return int(cursor.fetchone()[0])


def together() -> None:
    children = [start(3, 10), start(3, 10)]
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    tell(ends)


def killed() -> None:
    child = start(4, 10_000)
    while not acts_committed():
        time.sleep(0.01)
    time.sleep(random.uniform(0.2, 0.8))
    os.kill(child, signal.SIGKILL)
    end = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    number_entries()
    tell([end])


def tell(ends: list[int]) -> None:
    numbers = list(Leaf.objects.order_by("number").values_list("number", flat=True))
    found = {
        "ends": ends,
        "acts": acts_committed(),
        "entries": Entry.objects.filter(rows_count=None).count(),
        "without_gap": numbers == list(range(Entry.objects.count())),
        "unnumbered": Unnumbered.objects.count(),
        "problems": verify(export_lines()).problems,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    prepare()
    {"together": together, "killed": killed}[sys.argv[1]]()
