from django.urls import path

from relais.web.indicators.views import standing

app_name = "indicators"
urlpatterns = [
    path("ou-en-est-on/", standing.standing, name="standing"),
]
