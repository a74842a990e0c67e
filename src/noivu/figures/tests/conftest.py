import pytest
from django.db import connection

from noivu.figures.registry import DECLARED
from noivu.figures.tests.matters import Matter
from noivu.figures.tests.papers import Paper, declared


@pytest.fixture(scope="session")
def paper_tables(django_db_setup, django_db_blocker):
    """The tables of the test registers, made once beside the product's own."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Paper)
            editor.create_model(Matter)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Matter)
            editor.delete_model(Paper)


@pytest.fixture
def papers(paper_tables, db):
    """An empty paper register."""
    return Paper.objects


@pytest.fixture
def matters(paper_tables, db):
    """An empty register of matters."""
    return Matter.objects


@pytest.fixture
def papers_declared(monkeypatch):
    """The paper register's figures in the place of the product's."""
    for name, shelf in vars(declared()).items():
        monkeypatch.setattr(DECLARED, name, shelf)
    return DECLARED
