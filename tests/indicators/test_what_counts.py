from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from relais.indicators.what_counts import WHAT_COUNTS, as_markdown, verbs
from relais.ledger.verbs import known

DOCUMENT = Path(__file__).parents[2] / "docs/figures.md"


def test_every_verb_of_the_ledger_is_judged_and_no_other() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("relais.") and app.module and module_has_submodule(app.module, "events"):
            import_module(f"{app.name}.events")

    assert sorted(WHAT_COUNTS) == sorted(name for name in known() if not name.startswith("test."))


def test_value_acts_are_voluntary() -> None:
    assert set(verbs("value")) - set(verbs("voluntary")) == set()


def test_what_completes_an_engagement_is_a_value_act() -> None:
    assert {*verbs("transmission"), *verbs("closed"), *verbs("closed_if_it_worked")} - set(verbs("value")) == set()


def test_a_visit_is_no_act() -> None:
    assert set(verbs("visit")) & set(verbs("voluntary")) == set()


def test_document_prints_the_table() -> None:
    assert as_markdown() in DOCUMENT.read_text()
