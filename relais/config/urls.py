from django.urls import include, path

urlpatterns = [
    path("", include("relais.web.urls")),
    path("", include("relais.web.knowledge.urls")),
    path("compte/", include("allauth.urls")),
]

handler400 = "relais.web.errors.bad_request"
handler404 = "relais.web.errors.not_found"
handler500 = "relais.web.errors.server_error"
