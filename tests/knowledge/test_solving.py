import pytest

from relais.core.errors import NotAllowed
from relais.knowledge.actions.use_cases import mark_solved, support_use_case
from relais.ledger.models import Entry
from tests.factories import make_member, make_use_case

pytestmark = pytest.mark.django_db


def test_case_is_solved_by_somebody_who_has_it_too() -> None:
    use_case, supporter = make_use_case(), make_member()
    support_use_case(use_case, by=supporter)

    mark_solved(use_case, by=supporter)

    use_case.refresh_from_db()
    assert use_case.solved_by == supporter
    assert Entry.objects.filter(verb="use_case.solved", actor=supporter.pk).count() == 1


def test_case_is_not_solved_by_a_passer_by() -> None:
    use_case, passer_by = make_use_case(), make_member()

    with pytest.raises(NotAllowed):
        mark_solved(use_case, by=passer_by)

    use_case.refresh_from_db()
    assert use_case.solved_at is None
