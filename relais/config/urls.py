from django.urls import include, path

from relais.config.health import health_show

urlpatterns = [
    path("sante/", health_show, name="health"),
    path("", include("relais.web.urls")),
    path("", include("relais.web.knowledge.urls")),
    path("", include("relais.web.people.urls")),
    path("", include("relais.web.indicators.urls")),
    path("", include("relais.web.maturity.urls")),
    path("", include("relais.web.studio.urls")),
    path("", include("relais.web.skills.urls")),
    path("compte/", include("relais.web.people.sign_in_urls")),
]

handler400 = "relais.web.errors.bad_request"
handler404 = "relais.web.errors.not_found"
handler500 = "relais.web.errors.server_error"
