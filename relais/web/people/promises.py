"""What Relais promises about people, each with the test that holds it to it; French law's anchors; what an organisation completes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

PROMISES: list[tuple[Words, str]] = [
    (
        _("Nothing here serves to assess, pay, promote or discipline anybody. No file about people is made for that, and none may be."),
        "tests/web/people/test_rights_page.py::test_only_ones_own_data_leave_by_a_page",
    ),
    (
        _("No page tells anybody's activity to their hierarchy: no time spent, no visits, no ranking, no list of who does not take part."),
        "tests/web/people/test_rights_page.py::test_manager_reads_no_more_of_those_they_lead_than_a_colleague",
    ),
    (
        _("No figure counts fewer than %(k)s people, and nobody can work one out from the others, from dates, units, pages or files."),
        "tests/indicators/test_attacks.py::test_no_small_group_can_be_worked_out_from_anything_published",
    ),
    (
        _("Who asks under a pseudonym is told to nobody, unless two people of two roles lift it with a written reason, told to the asker."),
        "tests/web/test_pseudonym_attack.py::test_reading_everything_never_tells_who_asked",
    ),
    (
        _("Who reported something is never told to its author."),
        "tests/knowledge/test_moderation.py::test_reporter_learns_what_came_of_it_and_the_author_not_who_reported",
    ),
    (
        _("Who gave which answer to a satisfaction question is written nowhere."),
        "tests/knowledge/test_measures.py::test_answer_is_tied_to_nobody_in_any_row_or_fact",
    ),
    (
        _("Taking part is a choice, made by oneself, changed in two clicks. Leaving takes the name away at once, everywhere."),
        "tests/people/test_privacy.py::test_nothing_that_names_a_person_who_leaves_is_left_in_any_table",
    ),
    (
        _(
            "Confidential is not anonymous: whoever holds the database or a backup can tie facts to an opaque number, and a number to a "
            "name while somebody is here. The organisation names them and holds them to secrecy."
        ),
        "tests/people/test_privacy.py::test_facts_of_a_person_who_left_stay_under_an_opaque_number",
    ),
]

ANCHORS: list[tuple[Words, Words]] = [
    (
        "C. trav. L.1121-1",
        _("Nothing restricts people's freedoms beyond what the task justifies: taking part is free, reading is not followed."),
    ),
    ("C. trav. L.1222-4", _("No information is collected by a means not made known beforehand: this page opens before one joins.")),
    (
        "C. trav. L.2312-38",
        _("The works council is informed and consulted before any means that could watch activity: hand it this paper."),
    ),
    ("C. trav. L.2312-8", _("The works council is consulted when a new technology is brought in.")),
    (
        _("GDPR, art. 6 (1) f and 21"),
        _("Basis proposed: legitimate interest, with a true way out (never joining, pausing, leaving). An employee's consent is too weak."),
    ),
    (_("GDPR, art. 13, 15, 17"), _("To be told, to have a copy, to be erased: this page, “My data”, “Leave Relais”.")),
    (_("GDPR, art. 35"), _("An impact assessment belongs beside this paper; it is the organisation's, and is signed by it.")),
]

TO_COMPLETE: list[Words] = [
    _("Who is responsible for the processing (name, address)"),
    _("Data protection officer (name, how to reach them)"),
    _("Works council: informed on, consulted on, opinion"),
    _("People told on, and how"),
    _("Impact assessment: reference, date"),
    _("Who hosts it, and who holds the database and its backups"),
    _("Anybody else who receives data, and why"),
]
