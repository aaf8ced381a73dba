from django.urls import path

from relais.web.indicators.views import cards, standing

app_name = "indicators"
urlpatterns = [
    path("ou-en-est-on/", standing.standing, name="standing"),
    path("ou-en-est-on/indicateurs/", cards.indicator_list, name="indicator_list"),
    path("ou-en-est-on/indicateurs/<str:key>/", cards.indicator_show, name="indicator_show"),
    path("ou-en-est-on/indicateurs/<str:key>/serie.csv", cards.indicator_download, name="indicator_download"),
]
