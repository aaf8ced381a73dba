"""What every page of writing does: find the draft again, keep what was typed, say whom it reached."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relais.core.richtext import clean
from relais.core.typed import to_typed
from relais.knowledge.actions.attachments import join_file, refuse_size
from relais.knowledge.actions.drafts import drop_draft
from relais.knowledge.queries.drafts import draft_for
from relais.knowledge.queries.mentions import named_in
from relais.web.access import PersonRequest
from relais.web.kept import kept_fields
from relais.web.knowledge.addresses import address

NOT_KEPT = {"csrfmiddlewaretoken", "sent_key", "place", "file"}


def begun(request: PersonRequest, place: str, start: dict[str, Any] | None = None) -> dict[str, Any]:
    """How a form starts: as it was left at `place`, if it was; `html` is for the editor, `draft` is the draft itself."""
    draft = draft_for(request.user, place)
    left = kept_fields(request, place) or (draft.fields if draft else {})
    fields = {name: value for name, value in left.items() if name not in NOT_KEPT}
    initial = (start or {}) | fields
    html = initial.pop("html", "")
    if initial.get("body_format") == "html":
        html = clean(str(initial.get("body", "")))
        initial |= {"body": to_typed(html), "body_format": "typed"}
    return {"initial": initial, "draft": draft, "html": html}


def arrived(request: PersonRequest, said: str, text: str = "", before: str = "") -> None:
    """What was typed at this page is published: its draft goes, the next page tells the device so, and names whom the text calls."""
    drop_draft(request.path, by=request.user)
    called = [person.name for person in named_in(text, before) if person.pk != request.user.pk]
    if called:
        said = f"{said} {_('%(names)s will be told.') % {'names': ', '.join(called)}}"
    messages.success(request, said, extra_tags=f"{request.user.pk}:{request.path}")


def joined_file(request: PersonRequest) -> str:
    """What a form without script joined, kept and shown as HTML; raises Refused."""
    if heavy := request.META.get("relais.too_heavy"):
        refuse_size(*heavy)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return ""
    return file_html(join_file(file, file.name or "", file.size or 0, by=request.user))


def file_html(attachment: Any) -> str:
    """How a text shows what was joined: a picture as itself, a file as a link."""
    where = f"/fichiers/{attachment.pk}/"
    if attachment.width:
        return format_html(
            '<p><img src="{}" alt="{}" width="{}" height="{}"></p>', where, attachment.name, attachment.width, attachment.height
        )
    return format_html('<p><a href="{}">{}</a></p>', where, attachment.name)


def case_address(use_case_pk: int, contribution_pk: int | None = None) -> str:
    """The page of a case, at one of its contributions."""
    anchor = f"#apport-{contribution_pk}" if contribution_pk else ""
    return address("use_case_show", use_case_pk) + anchor
