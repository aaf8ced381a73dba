from __future__ import annotations

from django.urls import path

from relais.web.studio import views

app_name = "studio"
urlpatterns = [
    path("avis/", views.notice_list, name="notice_list"),
    path("avis/lus/", views.notice_read_all, name="notice_read_all"),
    path("avis/choisir/", views.choice, name="choice"),
    path("avis/resume/", views.digest_show, name="digest_show"),
    path("avis/arreter/<str:token>/", views.mail_stop, name="mail_stop"),
    path("avis/<int:pk>/", views.notice_open, name="notice_open"),
]
