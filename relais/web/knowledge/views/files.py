from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from relais.core.errors import Refused, RelaisError
from relais.knowledge.actions.attachments import join_file, refuse_size
from relais.knowledge.queries.contributions import attachment_for
from relais.web.access import PersonRequest, members

YEAR = 31_536_000


@require_POST
@members
def file_join(request: PersonRequest) -> HttpResponse:
    """Keep what the editor joins; the answer says where it is, or why it was refused."""
    try:
        file = request.FILES.get("file")  # reading the files is what finds out that one is too heavy
        if heavy := request.META.get("relais.too_heavy"):
            refuse_size(*heavy)
        if not isinstance(file, UploadedFile):
            raise Refused(_("Choose a file first."), field="file")
        joined = join_file(file, file.name or "", file.size or 0, by=request.user)
    except RelaisError as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    size = {"width": joined.width, "height": joined.height}
    return JsonResponse({"url": f"/fichiers/{joined.pk}/", "name": joined.name} | size, status=201)


@require_GET
@members
def file_show(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """What somebody joined, for those who take part; never run by a browser as a page."""
    attachment = attachment_for(request.user, pk)
    if attachment is None:
        raise Http404
    try:
        opened = attachment.file.open()
    except FileNotFoundError as error:  # a folder restored without its files
        raise Http404 from error
    shown_in_place = attachment.content_type.startswith(("image/", "video/"))
    response = FileResponse(opened, as_attachment=not shown_in_place, filename=attachment.name, content_type=attachment.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response
