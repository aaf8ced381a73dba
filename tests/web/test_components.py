from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from relais.people.models import Person
from relais.web.templatetags.components import read_declaration

COMPONENTS = Path(__file__).resolve().parents[2] / "relais/web/templates/components"


def shown(source: str, **values: Any) -> str:
    context = Context(values)
    context.request = values.get("request")  # as a request's context has it
    with translation.override("en"):
        return " ".join(Template(source).render(context).split())


class Asking(forms.Form):
    title = forms.CharField(help_text="In one sentence")
    note = forms.CharField(required=False)
    urgent = forms.BooleanField(required=False)
    whom = forms.ChoiceField(choices=[("c", "Customers")], widget=forms.RadioSelect)


def test_component_escapes_what_it_is_given() -> None:
    page = shown('{% component "tag" label=text %}', text="<b>")

    assert page == '<span class="tag">&lt;b&gt;</span>'


def test_component_sees_its_parameters_only() -> None:
    page = shown('{% component "tag" label="a" %}', url="/leak/")

    assert page == '<span class="tag">a</span>'


def test_wrap_hands_its_content_over() -> None:
    page = shown('{% wrap "notice" kind="good" %}<p>{{ text }}</p>{% endwrap %}', text="Merci & bravo")

    assert page == '<div class="notice good"> <p>Merci &amp; bravo</p> </div>'


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('{% component "tag" %}', "The component 'tag' needs 'label'."),
        ('{% component "tag" label="a" colour="b" %}', "The component 'tag' does not accept 'colour'."),
        ('{% wrap "tag" label="a" %}b{% endwrap %}', "The component 'tag' does not accept 'slot'."),
        ("{% component tag %}", "{% component %} starts with the component's name in quotes."),
        ("{% component %}", "{% component %} starts with the component's name in quotes."),
        ('{% component "tag" "a" %}', "{% component 'tag' %} takes name=value parameters, not '\"a\"'."),
    ],
)
def test_wrong_call_is_refused_when_the_template_is_compiled(source: str, told: str) -> None:
    with pytest.raises(TemplateSyntaxError) as refusal:
        Template(source)

    assert str(refusal.value) == told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<p></p>", "A component starts with {# accepts: … #} on its first line."),
        ("{# accepts: label Kind=2 #}", "A component's declaration is not understood here: Kind=2"),
    ],
)
def test_component_without_a_readable_declaration_is_refused(source: str, told: str) -> None:
    with pytest.raises(TemplateSyntaxError) as refusal:
        read_declaration(source)

    assert str(refusal.value) == told


def test_declaration_tells_required_from_defaults() -> None:
    declaration = read_declaration('{# accepts: label url="" level=3 open=True #}')

    assert declaration.required == {"label"}
    assert declaration.defaults == {"url": "", "level": 3, "open": True}


def test_readme_lists_what_each_component_accepts() -> None:
    readme = (COMPONENTS / "README.md").read_text()
    shell = {"header", "places", "messages", "footer", "keys", "mark", "favicon"}

    missing = []
    for path in sorted(COMPONENTS.glob("*.html")):
        accepted = path.read_text().split("#}")[0].removeprefix("{# accepts:").strip()
        if path.stem not in shell and (f"`{path.stem}`" not in readme or (accepted and f"`{accepted}`" not in readme)):
            missing.append(path.stem)

    assert missing == []


@pytest.mark.parametrize(
    ("call", "page"),
    [
        ('label="Go" url="/x/"', '<a class="button main" href="/x/"><span>Go</span></a>'),
        ('label="Go" kind="quiet"', '<button class="button quiet"><span>Go</span></button>'),
        ('label="Go" name="verdict" value="yes"', '<button class="button main" name="verdict" value="yes"><span>Go</span></button>'),
    ],
)
def test_button_is_a_link_or_a_button(call: str, page: str) -> None:
    assert shown(f'{{% component "button" {call} %}}') == page


def test_act_is_a_form_with_its_token() -> None:
    page = shown('{% component "act" label="Join" url="/x/" next="/y/" %}', csrf_token="T")

    assert page == (
        '<form class="act" method="post" action="/x/"><input type="hidden" name="csrfmiddlewaretoken" value="T">'
        '<input type="hidden" name="next" value="/y/"><button class="button quiet"><span>Join</span></button></form>'
    )


def test_field_shows_label_help_and_error_bound_to_the_widget() -> None:
    form = Asking({})

    page = shown('{% component "field" field=field %}', field=form["title"])

    assert page == (
        '<div class="field"> <label for="id_title">Title</label> <p class="help" id="id_title_helptext">In one sentence</p> '
        '<ul class="errorlist" id="id_title_error"><li>This field is required.</li></ul> '
        '<input type="text" name="title" required aria-invalid="true" '
        'aria-describedby="id_title_helptext id_title_error" id="id_title"> </div>'
    )


def test_field_says_what_is_optional_rather_than_what_is_required() -> None:
    page = shown('{% component "field" field=field label="A word" %}', field=Asking()["note"])

    assert page == (
        '<div class="field"> <label for="id_note">A word <span class="optional">(optional)</span></label> '
        '<input type="text" name="note" id="id_note"> </div>'
    )


def test_field_puts_a_checkbox_before_its_label() -> None:
    page = shown('{% component "field" field=field %}', field=Asking()["urgent"])

    assert page == (
        '<div class="field check"> <input type="checkbox" name="urgent" id="id_urgent"> <label for="id_urgent">Urgent</label> </div>'
    )


def test_field_puts_a_group_into_a_fieldset() -> None:
    page = shown('{% component "field" field=field %}', field=Asking()["whom"])

    assert page.startswith('<fieldset class="field"> <legend>Whom</legend> <div id="id_whom">')
    assert page.endswith("</fieldset>")


def test_form_errors_lead_to_the_fields() -> None:
    form = Asking({"whom": "c"})
    form.add_error(None, "Twice the same")

    page = shown('{% component "form_errors" form=form %}', form=form)

    assert "2 things need your attention. Nothing you typed is lost." in page
    assert '<li>Twice the same</li> <li><a href="#id_title">Title</a> – This field is required.</li>' in page


def test_form_without_errors_says_nothing() -> None:
    assert shown('{% component "form_errors" form=form %}', form=Asking({"title": "a", "whom": "c"})) == ""


def test_person_is_shown_with_initials() -> None:
    page = shown('{% component "person" person=person detail="Paris" %}', person=Person(name="Ana Maria Silva"))

    assert '<span class="initials" aria-hidden="true">AS</span>' in page
    assert '<span class="person-detail">Paris</span>' in page


@pytest.mark.parametrize("person", [None, Person(name="")])
def test_person_who_left_has_no_name(person: Person | None) -> None:
    page = shown('{% component "person" person=person %}', person=person)

    assert page == ('<span class="person"><span class="initials gone" aria-hidden="true">·</span><span>Somebody who has left</span></span>')


def test_card_is_one_link() -> None:
    page = shown('{% wrap "card" title="A case" url="/cas/1/" %}<p>x</p>{% endwrap %}')

    assert page == '<article class="card "> <h3 class="card-title"><a href="/cas/1/">A case</a></h3> <p>x</p> </article>'


def test_empty_place_invites_one_act() -> None:
    page = shown('{% component "empty" text="No answer yet." title="Lived it?" act="Answer" url="/x/" %}')

    assert page == (
        '<div class="empty"> <p class="empty-title">Lived it?</p> <p>No answer yet.</p> '
        '<a class="button main" href="/x/"><span>Answer</span></a> </div>'
    )


def test_pager_keeps_the_filters() -> None:
    request = RequestFactory().get("/cas/?cercle=1&page=2")

    page = shown('{% component "pager" page=page %}', page=Paginator(range(30), 10).page(2), request=request)

    assert page == (
        '<nav class="pager" aria-label="Pages"> <a class="button quiet" rel="prev" href="?cercle=1&amp;page=1">Previous page</a> '
        '<span>Page 2 of 3</span> <a class="button quiet" rel="next" href="?cercle=1&amp;page=3">Next page</a> </nav>'
    )


def test_pager_of_one_page_says_nothing() -> None:
    assert shown('{% component "pager" page=page %}', page=Paginator(range(3), 10).page(1)) == ""


def test_figure_has_its_sentence_basis_definition_and_table() -> None:
    page = shown(
        '{% wrap "figure" title="One in five is engaged" picture=picture basis="n = 600" definition="Those who…" %}'
        "<table></table>{% endwrap %}",
        picture="",
    )

    assert '<h2 class="figure-title">One in five is engaged</h2>' in page
    assert '<p class="figure-basis">n = 600</p>' in page
    assert "<summary>How it is counted</summary><p>Those who…</p>" in page
    assert "<summary>See the table</summary>" in page


def test_htmx_neither_evaluates_nor_styles() -> None:
    page = shown('{% component "htmx" %}')

    assert '"includeIndicatorStyles":false,"allowEval":false' in page
