"""An address that no part of Relais has words for yet."""

from __future__ import annotations

from django.urls import path

from relais.web.views import language_choose

urlpatterns = [path("inconnu/", language_choose, name="unknown")]
