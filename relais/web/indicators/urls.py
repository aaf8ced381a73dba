from django.urls import path

from relais.web.indicators.views import cards, goals, standing

app_name = "indicators"
urlpatterns = [
    path("ou-en-est-on/", standing.standing, name="standing"),
    path("ou-en-est-on/indicateurs/", cards.indicator_list, name="indicator_list"),
    path("ou-en-est-on/indicateurs/<str:key>/", cards.indicator_show, name="indicator_show"),
    path("ou-en-est-on/indicateurs/<str:key>/serie.csv", cards.indicator_download, name="indicator_download"),
    path("ou-en-est-on/objectifs/<int:pk>/", goals.goal_show, name="goal_show"),
    path("piloter/", goals.cockpit, name="cockpit"),
    path("piloter/objectifs/<str:key>/fixer/", goals.goal_set, name="goal_set"),
    path("piloter/objectifs/<int:pk>/terminer/", goals.goal_end, name="goal_end"),
]
