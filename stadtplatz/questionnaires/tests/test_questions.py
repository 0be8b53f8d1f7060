"""Questions are asked when they make sense, answers keep their wording, and what was published never changes."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from stadtplatz.audit.models import Record
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.questionnaires import actions, queries
from stadtplatz.questionnaires.conditions import holds
from stadtplatz.questionnaires.fields import QuestionsForm
from stadtplatz.questionnaires.models import AnswerSet, Version

LAMP = [
    {
        "name": "fault",
        "kind": "choice",
        "labels": {"de": "Was ist los?", "en": "What is wrong?"},
        "options": [
            {"value": "dark", "labels": {"de": "Leuchtet nicht"}},
            {"value": "post", "labels": {"de": "Mast beschädigt"}},
        ],
        "required": True,
    },
    {
        "name": "wires",
        "kind": "yes_no",
        "labels": {"de": "Sind Kabel zu sehen?"},
        "required": True,
        "when": {"question": "fault", "is": "post"},
    },
    {"name": "number", "kind": "text", "labels": {"de": "Nummer am Mast"}, "most": 10},
    {
        "name": "how_many",
        "kind": "number",
        "labels": {"de": "Wie viele?"},
        "least": 1,
        "most": 50,
        "when": {"question": "fault", "is": "dark"},
    },
]


@pytest.fixture
def lamp(db):
    return actions.publish("tickets:street-light", LAMP, by=SYSTEM)


def posted(**given):
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist("q-shown" if name == "shown" else f"q-{name}", value if isinstance(value, list) else [value])
    return data


def test_the_same_questions_again_are_no_new_version(lamp):
    assert actions.publish("tickets:street-light", LAMP, by=SYSTEM) == lamp
    assert Record.objects.filter(verb="questionnaires.published").count() == 1


def test_a_published_version_never_changes_and_answers_keep_theirs(lamp):
    kept = actions.keep_answers(lamp, {"fault": "dark", "how_many": 3})
    newer = actions.publish("tickets:street-light", LAMP[:1], by=SYSTEM)
    assert (lamp.number, newer.number, queries.current("tickets:street-light")) == (1, 2, newer)
    with pytest.raises(TypeError):
        lamp.save()
    kept = AnswerSet.objects.select_related("version").get(pk=kept.pk)
    assert [(line.question, line.answer) for line in queries.lines(kept)] == [
        ("Was ist los?", "Leuchtet nicht"),
        ("Wie viele?", "3"),
    ]
    assert queries.lines(kept, language="en")[0].question == "What is wrong?"


def test_going_back_to_an_earlier_wording_uses_its_version(lamp):
    actions.publish("tickets:street-light", LAMP[:1], by=SYSTEM)
    assert actions.publish("tickets:street-light", LAMP, by=SYSTEM) == lamp
    assert queries.current("tickets:street-light") == lamp
    assert actions.publish("tickets:street-light", [], by=SYSTEM) is None
    assert queries.current("tickets:street-light") is None
    assert Version.objects.count() == 2


def test_answers_to_questions_that_are_not_asked_are_dropped(lamp):
    kept = actions.keep_answers(lamp, {"fault": "dark", "wires": True, "unknown": "x"})
    assert kept.answers == {"fault": "dark"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"fault"}),
        ({"fault": "post"}, {"wires"}),
        ({"fault": "green"}, {"fault"}),
        ({"fault": "dark", "how_many": 99}, {"how_many"}),
        ({"fault": "dark", "how_many": "viele"}, {"how_many"}),
        ({"fault": "dark", "number": "x" * 11}, {"number"}),
        ({"fault": ["dark"]}, {"fault"}),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(lamp, given, wrong):
    with pytest.raises(actions.AnswersRefused) as refusal:
        actions.keep_answers(lamp, given)
    assert set(refusal.value.errors) == wrong
    assert not AnswerSet.objects.exists()


@pytest.mark.parametrize(
    "questions",
    [
        [LAMP[1]],  # looks at a question that is not there
        [LAMP[1], LAMP[0]],  # looks ahead
        [LAMP[0], LAMP[0]],
        [{"name": "a", "kind": "choice", "labels": {"de": "?"}}],
        [LAMP[0], {**LAMP[2], "when": {"question": "fault"}}],
        [LAMP[0], {**LAMP[2], "when": {"all": []}}],
    ],
)
def test_questions_that_contradict_themselves_are_refused(db, questions):
    with pytest.raises(ActionRefused):
        actions.publish("x", questions, by=SYSTEM)
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("condition", "fulfilled"),
    [
        (None, True),
        ({"question": "a", "is": "x"}, True),
        ({"question": "list", "is": "y"}, True),
        ({"question": "a", "in": ["y", "x"]}, True),
        ({"question": "n", "above": 4}, True),
        ({"question": "n", "above": 5}, False),
        ({"question": "n", "is": True}, False),
        ({"question": "missing", "is": "x"}, False),
        ({"not": {"question": "a", "is": "x"}}, False),
        ({"all": [{"question": "a", "is": "x"}, {"question": "n", "above": 9}]}, False),
        ({"any": [{"question": "a", "is": "q"}, {"question": "n", "above": 1}]}, True),
    ],
)
def test_conditions(condition, fulfilled):
    assert holds(condition, {"a": "x", "list": ["x", "y"], "n": 5}) is fulfilled


def test_the_page_asks_only_what_fits_and_tells_of_a_new_question_without_scolding(lamp):
    assert list(QuestionsForm(lamp).fields) == ["fault", "number"]
    form = QuestionsForm(lamp, posted(fault="post", shown="fault,number"))
    assert list(form.fields) == ["fault", "wires", "number"]
    assert not form.is_valid()
    assert form.errors == {}
    form = QuestionsForm(lamp, posted(fault="post", shown="fault,wires,number"))
    assert not form.is_valid()
    assert set(form.errors) == {"wires"}
    form = QuestionsForm(lamp, posted(fault="post", wires="no", number=" 17 ", shown="fault,wires,number"))
    assert form.is_valid()
    assert form.answers == {"fault": "post", "wires": False, "number": "17"}


def test_the_form_is_readable_for_everybody(lamp):
    form = QuestionsForm(lamp, posted(shown="fault,number"))
    assert not form.is_valid()
    page = render_to_string("questionnaires/parts/questions.html", {"form": form, "action": "/hier/"})
    assert "<fieldset" in page
    assert "<legend" in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_q-fault_error"' in page
    assert 'hx-post="/hier/"' in page


def test_answers_can_be_forgotten_and_the_wording_stays(lamp):
    kept = actions.keep_answers(lamp, {"fault": "dark", "number": "Haus Meier"})
    actions.forget_answers(kept)
    kept.refresh_from_db()
    assert (kept.answers, kept.version) == ({}, lamp)
