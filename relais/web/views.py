from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from relais.people.actions import choose_language
from relais.web.access import everyone


@require_POST
@everyone
def language_choose(request: HttpRequest) -> HttpResponse:
    """Read Relais in another language, from here on."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "")
    response = HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()) else "/")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", secure=settings.SECURE, httponly=True
        )
        if request.user.is_authenticated:
            choose_language(request.user, language)
    return response
