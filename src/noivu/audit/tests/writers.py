"""A process of its own that writes acts from many threads into a database of its own (`DATABASE_URL`).

    python -m noivu.audit.tests.writers prepare|write|check

`write` prints a line once its threads are at work. `check` sweeps first only when told: it must not be needed.
"""

import json
import random
import sys
import threading

import django

django.setup()

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

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
    executor = MigrationExecutor(connection)  # this room's tables alone, without the signals of the others
    executor.migrate(executor.loader.graph.leaf_nodes("audit"))
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
    sys.stdout.write("writing\n")
    sys.stdout.flush()
    for thread in threads:
        thread.join()


def check(sweep: bool) -> None:
    if sweep:
        number_entries()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM acts")
        acts = cursor.fetchone()[0]
    numbers = list(Leaf.objects.order_by("number").values_list("number", flat=True))
    found = {
        "acts": acts,
        "entries": Entry.objects.filter(rows_count=None).count(),
        "without_gap": numbers == list(range(Entry.objects.count())),
        "unnumbered": Unnumbered.objects.count(),
        "problems": verify(export_lines()).problems,
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare()
    elif sys.argv[1] == "write":
        write(int(sys.argv[2]), int(sys.argv[3]))
    else:
        check(sweep="sweep" in sys.argv)
