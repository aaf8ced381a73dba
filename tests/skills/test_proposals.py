"""From what is published to what is proposed, and what its owner makes of it."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.queries.detection import texts_of
from relais.ledger.models import Entry
from relais.people.actions import leave_community
from relais.people.models import Person
from relais.skills.actions import detection, proposals
from relais.skills.actions.proposals import answer_proposal, claim_skill, note_evidence, propose, tag
from relais.skills.actions.references import install_reference, read_reference_files
from relais.skills.actions.starter import add_starter_vocabulary
from relais.skills.actions.vocabulary import Wording, add_skills, merge_skill
from relais.skills.detection.detector import Found
from relais.skills.detection.words import Language
from relais.skills.models import Evidence, PersonSkill, Skill, Tag
from relais.skills.queries import detection as queries
from relais.skills.queries.people import name_of, skills_of, skills_shown_by
from relais.skills.queries.proposals import Act, answered_proposals, skill_by_entry
from relais.skills.starter import starter_skills
from tests.factories import make_member

pytestmark = pytest.mark.django_db
SHEET = "Excel : un tableau croisé dynamique et RECHERCHEX pour le rapport des ventes"


def act(text: str = SHEET, pk: int = 1, language: Language = "fr") -> Act:
    return Act("contribution", pk, text, language, clock.today())


def test_starter_vocabulary_names_each_skill_once_in_both_languages() -> None:
    skills = starter_skills()

    assert len(skills) > 280
    for code in ("fr", "en"):
        names = [one.names[code][0].lower() for one in skills]
        assert len(set(names)) == len(names)
    assert all(one.closest for one in skills)


def test_starter_vocabulary_is_given_once_and_never_to_a_community_that_has_its_own() -> None:
    assert len(add_starter_vocabulary()) == len(starter_skills())
    assert add_starter_vocabulary() == []


def test_what_is_published_is_tagged_with_the_words_that_show_it(starter: dict[str, Skill]) -> None:
    tags = tag(act())

    found = {one.skill: one.words for one in tags}
    assert {"Excel", "RECHERCHEX"} <= set(found[starter["Tableur (Excel, Calc)"]])


def test_reading_again_replaces_what_was_noted(starter: dict[str, Skill]) -> None:
    tag(act())
    tag(act("Soudage TIG sur inox : réglages et argon"))

    assert starter["Soudage TIG"] in {one.skill for one in Tag.objects.all()}
    assert starter["Tableur (Excel, Calc)"] not in {one.skill for one in Tag.objects.all()}


def test_thanks_and_small_talk_are_about_no_skill(starter: dict[str, Skill]) -> None:
    assert tag(act("Merci à tous, à lundi !")) == []


def test_author_alone_is_told_and_nobody_sees_it_before_they_accept(starter: dict[str, Skill]) -> None:
    author = make_member()
    tag(act())

    [mine, *_others] = propose(author, act())

    assert mine.state == PersonSkill.State.PROPOSED
    assert skills_shown_by(author) == []
    answer_proposal(mine, "shown", by=author)
    assert [one.pk for one in skills_shown_by(author)] == [mine.pk]


def test_proposing_twice_changes_nothing(starter: dict[str, Skill]) -> None:
    author = make_member()
    tag(act())
    propose(author, act())
    before = (Evidence.objects.count(), Entry.objects.count())

    propose(author, act())

    assert (Evidence.objects.count(), Entry.objects.count()) == before


def test_what_was_refused_is_not_proposed_again(starter: dict[str, Skill]) -> None:
    author = make_member()
    tag(act())
    for mine in propose(author, act()):
        answer_proposal(mine, "refused", by=author)
    tag(act(pk=2))

    assert propose(author, act(pk=2)) == []
    assert {one.level for one in skills_of(author)} == {0}


def test_minds_change_and_saying_it_twice_is_told_once(starter: dict[str, Skill]) -> None:
    author = make_member()
    mine = claim_skill(starter["Python"], by=author)
    answer_proposal(mine, "shown", by=author)
    answer_proposal(mine, "kept", by=author)

    verbs = list(Entry.objects.filter(object_type="personskill").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["skill.accepted", "skill.kept"]


def test_only_its_owner_answers(starter: dict[str, Skill]) -> None:
    mine = claim_skill(starter["Python"], by=make_member())

    with pytest.raises(NotAllowed):
        answer_proposal(mine, "refused", by=make_member())


def test_whoever_left_is_told_nothing_and_says_nothing(starter: dict[str, Skill]) -> None:
    author = make_member()
    leave_community(author)
    author = Person.objects.get(pk=author.pk)
    tag(act())

    assert propose(author, act()) == []
    with pytest.raises(NotAllowed):
        claim_skill(starter["Python"], by=author)


def test_what_helped_is_evidence_too(starter: dict[str, Skill]) -> None:
    author = make_member()
    tag(act())
    propose(author, act())

    note_evidence(author, Evidence.What.APPLIED, "contribution", 1, clock.today() - timedelta(1))

    whats = set(Evidence.objects.filter(person_skill__skill=starter["Tableur (Excel, Calc)"]).values_list("what", flat=True))
    assert whats == {"published", "applied"}


def own_list(folder: Path) -> Path:
    table = folder / "metiers.csv"
    table.write_text(
        "id,label_fr,alt_fr\n1,poser une fenêtre,pose de fenêtres|poser des fenêtres\n2,régler un vantail,\n", encoding="utf-8"
    )
    return table


def test_vocabulary_grows_from_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_reference(read_reference_files(own_list(tmp_path)))
    add_skills([Wording((("fr", "preferred", "Autre chose"),))], by=None)
    monkeypatch.setattr(proposals, "detector", lambda: Sure("metiers:1"))

    [found] = tag(act("Pose de fenêtres en rénovation"))
    [again] = tag(act("Poser une fenêtre", pk=2))

    assert name_of(Skill.objects.prefetch_related("labels").get(pk=found.skill_id), "en") == "poser une fenêtre"
    assert again.skill_id == found.skill_id


class Sure:
    """Finds one thing, surely or nearly."""

    def __init__(self, key: str, *, detected: bool = True) -> None:
        self.found = [Found(key, 1.0, 0.9, detected, ("fenêtres",))]

    def detect(self, _text: str, _language: str) -> list[Found]:
        return self.found


@pytest.mark.parametrize(
    ("key", "detected"), [("metiers:1", False), ("metiers:404", True), ("skill:00000000-0000-0000-0000-000000000000", True)]
)
def test_it_does_not_grow_from_a_guess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, *, detected: bool) -> None:
    install_reference(read_reference_files(own_list(tmp_path)))
    monkeypatch.setattr(proposals, "detector", lambda: Sure(key, detected=detected))

    assert tag(act()) == []
    assert Skill.objects.count() == 0


def test_a_name_that_is_taken_is_not_given_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_reference(read_reference_files(own_list(tmp_path)))
    add_skills([Wording((("fr", "preferred", "Poser une fenêtre"),))], by=None)
    monkeypatch.setattr(proposals, "detector", lambda: Sure("metiers:1"))

    assert tag(act()) == []


# The index in the database's state


def test_skills_that_a_reference_covers_are_found_under_its_concept(tmp_path: Path) -> None:
    install_reference(read_reference_files(own_list(tmp_path)))
    [covered] = add_skills([Wording((("fr", "preferred", "Fenêtres"), ("en", "hidden", "Windows")), (("metiers:1", "exact"),))], by=None)
    [own] = add_skills([Wording((("fr", "preferred", "Volets"),), (("esco:9", "close"),))], by=None)

    entries, skills = queries.what_is_looked_for()

    assert [entry.key for entry in entries] == ["metiers:1", "metiers:2", f"skill:{own.pk}"]
    assert [list(skill.entries) for skill in skills] == [["metiers:1"], [f"skill:{own.pk}"]]
    assert set(skill_by_entry(["metiers:1", "metiers:2", f"skill:{own.pk}"]).values()) == {covered, own}
    assert queries.uris_by_key()[f"skill:{own.pk}"] == ["esco:9"]


def test_the_closest_alignment_says_whose_concept_it_is() -> None:
    add_skills([Wording((("fr", "preferred", "Large"),), (("a:1", "exact"), ("a:2", "broader")))], by=None)
    [narrow] = add_skills([Wording((("fr", "preferred", "Étroit"),), (("a:2", "exact"),))], by=None)

    assert skill_by_entry(["a:2"]) == {"a:2": narrow}


def test_detector_follows_the_vocabulary(starter: dict[str, Skill]) -> None:
    before = queries.vocabulary_mark()
    merge_skill(starter["Macros et VBA"], starter["Tableur (Excel, Calc)"], by=None)

    assert queries.vocabulary_mark() != before
    found = queries.detector("fast").detect("Une macro VBA", "fr")
    assert found[0].key == f"skill:{starter['Tableur (Excel, Calc)'].pk}"


def test_older_indexes_are_taken_away(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    old = queries.index_path("old")
    old.write_bytes(b"")
    os.utime(old, (0, 0))

    queries.index_of(queries.vocabulary_mark())

    assert [one.name for one in tmp_path.glob("skills/*.npz")] == [queries.index_path(queries.vocabulary_mark()).name]


def test_meanings_are_used_only_when_all_models_are_ready(starter: dict[str, Skill], monkeypatch: pytest.MonkeyPatch) -> None:
    index = queries.index_of(queries.vocabulary_mark())
    ready: dict[str, Any] = {"sentence": "near", "e5": "nearer"}

    class Named:
        def __init__(self, name: str) -> None:
            self.name = name

    monkeypatch.setattr(queries, "installed", lambda: [Named(name) for name in ready])
    monkeypatch.setattr(queries, "load_meanings", lambda model, _keys, _path: ready[model.name])
    assert queries.meanings_of(index) == {"sentence": "near", "e5": "nearer"}

    ready["e5"] = None
    assert queries.meanings_of(index) == {}


# Learning


SUBJECTS = {
    "Tableur (Excel, Calc)": SHEET,
    "Soudage TIG": "Soudage TIG sur inox",
    "Anglais": "Une réunion en anglais",
    "Budget": "Suivre un budget",
}


def labelled(starter: dict[str, Skill], count: int) -> list[str]:
    subjects = list(SUBJECTS.items()) * count
    return [
        json.dumps({"text": f"{text} {n}", "lang": "fr", "gold": [f"skill:{starter[name].pk}"]})
        for n, (name, text) in enumerate(subjects[:count])
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1"),
        ('{"text": "a", "lang": "de", "gold": []}', "can be fr or en"),
        ('{"text": "a", "lang": "fr"}', "line 1"),
        ("3", "line 1"),
    ],
)
def test_texts_to_learn_from_are_refused_with_their_line(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        list(detection.read_labelled([line]))


def test_weights_are_learnt_from_what_was_accepted_and_refused(starter: dict[str, Skill], settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    author = make_member()
    tag(act())
    for mine in propose(author, act()):
        answer_proposal(mine, "shown" if mine.skill == starter["Tableur (Excel, Calc)"] else "refused", by=author)
    told = {("contribution", 1): SHEET}
    [learnt_from] = answered_proposals(lambda things: {thing: told[thing] for thing in things})
    assert learnt_from.right == {f"skill:{starter['Tableur (Excel, Calc)'].pk}"}
    assert answered_proposals(lambda _things: {}) == []
    assert texts_of([("contribution", 404)]) == {}

    comparison = detection.train([learnt_from, *detection.read_labelled(labelled(starter, 36))])
    detection.adopt(comparison.learnt)

    assert set(comparison.new) == {"fast"}
    assert comparison.better == (comparison.new["fast"] >= comparison.present["fast"])
    assert queries.weights()["fast"].features == comparison.learnt["fast"].features
    assert queries.detector("fast").detect(SHEET, "fr")


def test_meanings_are_learnt_too_where_they_are(
    starter: dict[str, Skill], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(detection, "meanings_of", lambda _index: {"sentence": Near(), "e5": Near()})

    comparison = detection.train(list(detection.read_labelled(labelled(starter, 36))))

    assert set(comparison.new) == {"fast", "accurate"}
    assert len(comparison.learnt["accurate"].features) > len(comparison.learnt["fast"].features)


def test_too_few_texts_teach_nothing(starter: dict[str, Skill]) -> None:
    with pytest.raises(Refused, match="30"):
        detection.train(list(detection.read_labelled(labelled(starter, 8))))


class Near:
    """Finds everything equally near."""

    def close(self, _text: str, _language: str) -> Any:
        return {part: np.ones(len(starter_skills()), np.float32) for part in ("name", "best name", "text")}


def test_index_is_built_with_what_its_entries_mean(
    starter: dict[str, Skill], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    told: list[Any] = []

    class Model:
        name = "sentence"

    monkeypatch.setattr(detection, "installed", lambda: [Model])
    monkeypatch.setattr(detection, "learn_meanings", lambda model, entries, path, _bar: told.append((model, len(entries), path.name)))
    detection.rebuild_index(lambda model, count: told.append((model, count > 0)) or len)

    assert told == [("sentence", True), (Model, len(starter_skills()), "meanings-sentence.npz")]


def test_predictions_name_the_concepts_first() -> None:
    found = [Found("skill:1", 2.0, 0.9, True, ("Excel",)), Found("a:2", 1.0, 0.4, False)]

    line = json.loads(detection.prediction("x", found, {"skill:1": ["a:1", "a:2"]}))

    assert line == {"id": "x", "skills": ["a:1", "a:2"], "auto": ["a:1", "a:2"]}
