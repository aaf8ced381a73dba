"""What people write: checked for shape here, for meaning by the actions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from relais.core import richtext
from relais.core.typed import to_typed
from relais.knowledge.actions.contributions import ContributionText
from relais.knowledge.actions.use_cases import UseCaseText
from relais.knowledge.queries.use_cases import circles_for
from relais.people.models import Person


class Serves(TextChoices):
    CUSTOMERS = "customers", _("Customers")
    EMPLOYEES = "employees", _("Colleagues")


class Kind(TextChoices):
    """The contents one can share; an answer has its own form."""

    SHEET = "sheet", _("Practice sheet: the steps that work")
    STORY = "story", _("Story: what happened to us, and what we learned")
    CHECKLIST = "checklist", _("Checklist: what to check, in order")
    MEDIA = "media", _("Video or file")
    LINK = "link", _("Link: a page worth reading")


def _area(rows: int, placeholder: Any = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "placeholder": placeholder})


class SentOnce(forms.Form):
    """A form with a key of its own: sent twice, it publishes once."""

    sent_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["sent_key"] = uuid4()


class UseCaseForm(SentOnce):
    title = forms.CharField(
        label=_("Your case in one sentence"),
        max_length=160,
        error_messages={"required": _("One sentence is enough for colleagues to recognise the case.")},
        help_text=_("As you would say it to a colleague. Example: How do I calm a customer who has waited for an hour?"),
    )
    situation = forms.CharField(
        label=_("What happens"),
        error_messages={"required": _("Tell what happens: two sentences are enough.")},
        widget=_area(4),
        help_text=_("Where, when, what you have tried. Example: Saturday at 11, six people queue, one order cannot be found."),
    )
    need = forms.CharField(
        label=_("What you need"),
        error_messages={"required": _("Say what would help you, so that colleagues answer just that.")},
        widget=_area(2),
        help_text=_("Example: two sentences that calm, and what I may offer."),
    )
    circle: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label=_("Circle"),
        help_text=_("Yours come first."),
        empty_label=_("Choose a circle"),
        error_messages={"required": _("Choose a circle: it brings your case to those who know.")},
    )
    serves = forms.MultipleChoiceField(
        label=_("Whom will it serve?"),
        choices=Serves,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One is enough."),
        error_messages={"required": _("Tick at least one of the two.")},
    )
    audience = forms.CharField(
        label=_("Who else meets this case?"), max_length=120, required=False, help_text=_("Example: counter teams, new arrivals.")
    )

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = viewer.language
        self.fields["circle"].queryset = circles_for(viewer)  # type: ignore[attr-defined]

    def text(self) -> UseCaseText:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        return UseCaseText(
            title=given["title"],
            situation=richtext.from_typed(given["situation"]),
            need=richtext.from_typed(given["need"]),
            circle=given["circle"],
            for_customers=Serves.CUSTOMERS in given["serves"],
            for_employees=Serves.EMPLOYEES in given["serves"],
            audience=given["audience"],
            language=self.language,
        )

    @staticmethod
    def filled_from(use_case: Any) -> dict[str, Any]:
        """What the form starts from when a case is revised."""
        serves = [(Serves.CUSTOMERS, use_case.for_customers), (Serves.EMPLOYEES, use_case.for_employees)]
        return {
            "title": use_case.title,
            "situation": to_typed(use_case.situation),
            "need": to_typed(use_case.need),
            "circle": use_case.circle_id,
            "serves": [value.value for value, chosen in serves if chosen],
            "audience": use_case.audience,
        }


class AskForm(UseCaseForm):
    """Asking, where one may choose a pseudonym: once the case is published, the choice stands."""

    pseudonym = forms.BooleanField(
        label=_("Ask under a pseudonym"),
        required=False,
        help_text=_(
            "Colleagues will not see your name on this case; answers always bear one. Only for a serious reason may two people,"
            " each holding a key, lift it together, and you are told at once."
        ),
    )


class BodyForm(SentOnce):
    """Rich text: HTML when the editor wrote it, typed text without script; `body_format` says which."""

    kind = "answer"
    body = forms.CharField(label=_("Your answer"), required=False, widget=_area(6))
    body_format = forms.ChoiceField(choices=[("typed", ""), ("html", "")], initial="typed", required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("A picture or a file"),
        required=False,
        help_text=_("Picture up to 10 MB; PDF, office document or video (MP4, WebM) up to 50 MB."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def body_html(self) -> str:
        """The body as HTML, whichever way it was written."""
        body: str = self.cleaned_data["body"]
        return body if self.cleaned_data["body_format"] == "html" else richtext.from_typed(body)

    def text(self, joined: str = "", language: str = "fr") -> ContributionText:
        """What was written, with what was joined below it, as the action takes it."""
        return ContributionText(body=self.body_html() + joined, kind=self.kind, language=language)

    @staticmethod
    def filled_from(contribution: Any) -> dict[str, Any]:
        """What the form starts from when a text is revised."""
        return {"body": to_typed(contribution.body), "html": contribution.body, "base": contribution.version}


class AnswerForm(BodyForm):
    body = forms.CharField(
        label=_("Your answer"), widget=_area(6), error_messages={"required": _("There is no text yet: two sentences are enough.")}
    )


class ContentForm(BodyForm):
    kind = forms.ChoiceField(label=_("What do you share?"), choices=Kind, initial=Kind.SHEET, widget=forms.RadioSelect)  # type: ignore[assignment]
    title = forms.CharField(label=_("Title"), max_length=160, help_text=_("Example: Closing the till in ten minutes."))
    result = forms.CharField(
        label=_("The result to expect"), max_length=200, required=False, help_text=_("Example: the till is right at the first count.")
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"), min_value=1, max_value=600, required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    url = forms.URLField(label=_("Address of the page"), max_length=500, required=False, assume_scheme="https")
    field_order = ["kind", "title", "result", "minutes", "url", "body", "file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("The text")

    def text(self, joined: str = "", language: str = "fr") -> ContributionText:
        """What was written, as the action takes it."""
        columns = {name: self.cleaned_data[name] for name in ("kind", "title", "result", "minutes", "url")}
        return ContributionText(body=self.body_html() + joined, language=language, **columns)

    @staticmethod
    def filled_from(contribution: Any) -> dict[str, Any]:
        """What the form starts from when a text is revised."""
        columns = {name: getattr(contribution, name) for name in ("kind", "title", "result", "minutes", "url")}
        return columns | BodyForm.filled_from(contribution)


class Remark(TextChoices):
    OUTDATED = "outdated", _("It is outdated")
    INCOMPLETE = "incomplete", _("Something is missing")
    NOT_HERE = "not_here", _("It does not apply where I work")


class RemarkForm(forms.Form):
    kind = forms.ChoiceField(label=_("What should be mended?"), choices=Remark, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In a few words"), max_length=500, required=False, widget=_area(3), help_text=_("Example: the form changed in March.")
    )


class Outcome(TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class Saved(IntegerChoices):
    """The bands of METHOD 3.3."""

    NOTHING = 0, _("No time")
    FIVE = 5, _("About 5 minutes")
    QUARTER = 15, _("About a quarter of an hour")
    HALF_HOUR = 30, _("About half an hour")
    HOUR = 60, _("About an hour")
    TWO_HOURS = 120, _("About two hours")
    HALF_DAY = 240, _("Half a day or more")


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Did it work?"), choices=Outcome, widget=forms.RadioSelect)
    minutes_saved = forms.TypedChoiceField(
        label=_("What time did it save you?"),
        choices=[("", _("I cannot say")), *Saved.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
