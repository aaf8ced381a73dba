from django.urls import include, path

urlpatterns = [
    path("", include("relais.web.urls")),
    path("compte/", include("allauth.urls")),
]
