from __future__ import annotations

from pathlib import PurePath
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from relais.core import clock
from relais.core.errors import NotAllowed, Refused
from relais.knowledge.file_kinds import HEAD, PICTURES, extension, kind_of, limit_for
from relais.knowledge.models import Attachment
from relais.knowledge.pictures import NotAPicture, Picture, TooManyPixels, kept_picture
from relais.people.models import Person
from relais.people.rules import can_take_part

MEGA = 2**20


def refuse_size(name: str, size: int) -> None:
    """Refuse what is heavier than its kind may be, in words; raises Refused."""
    limit = limit_for(name)
    if size <= limit:
        return
    weights = {"size": max(round(size / MEGA), limit // MEGA + 1), "limit": limit // MEGA}
    if extension(name) in PICTURES:
        message = _("This picture weighs %(size)s MB, the limit is %(limit)s MB. Your text is kept. Make it smaller or share a link.")
    else:
        message = _("This file weighs %(size)s MB, the limit is %(limit)s MB. Your text is kept. Make it lighter or share a link.")
    raise Refused(message % weights, field="file")


@transaction.atomic
def join_file(source: IO[bytes], name: str, size: int, *, by: Person) -> Attachment:
    """Keep a picture (re-encoded, without metadata) or a file that somebody joins to what they write."""
    if not can_take_part(by):
        raise NotAllowed(_("Join the community first: one click on the welcome page."))
    refuse_size(name, size)
    source.seek(0)
    kind = kind_of(name, source.read(HEAD))
    if kind is None:
        accepted = _("Join a picture (JPEG, PNG, WebP, GIF), a PDF, an office document or a video (MP4, WebM).")
        raise Refused(_("This kind of file is not accepted. Your text is kept.") + " " + accepted, field="file")
    shown = PurePath(name.replace("\\", "/")).name[-200:]
    attachment = Attachment(owner=by, name=shown, joined_at=clock.now(), content_type=kind.content_type, size=size)
    if kind.content_type.startswith("image/"):
        _keep_picture(attachment, _opened(source))
    else:
        source.seek(0)
        attachment.file.save(f"{attachment.pk}.{extension(name)}", File(source), save=False)
    attachment.save(force_insert=True)
    return attachment


def _opened(source: IO[bytes]) -> Picture:
    try:
        return kept_picture(source)
    except TooManyPixels as error:
        raise Refused(_("This picture has too many pixels to be opened. Your text is kept. Make it smaller."), field="file") from error
    except NotAPicture as error:
        raise Refused(_("This picture cannot be opened: the file is damaged. Your text is kept. Try another one."), field="file") from error


def _keep_picture(attachment: Attachment, picture: Picture) -> None:
    attachment.content_type, attachment.size = "image/webp", len(picture.data)
    attachment.width, attachment.height = picture.width, picture.height
    attachment.file.save(f"{attachment.pk}.webp", ContentFile(picture.data), save=False)
