from django.urls import path

from relais.web.indicators.views import cards, goals, levers, review, standing

app_name = "indicators"
urlpatterns = [
    path("ou-en-est-on/", standing.standing, name="standing"),
    path("ou-en-est-on/indicateurs/", cards.indicator_list, name="indicator_list"),
    path("ou-en-est-on/indicateurs/<str:key>/", cards.indicator_show, name="indicator_show"),
    path("ou-en-est-on/indicateurs/<str:key>/serie.csv", cards.indicator_download, name="indicator_download"),
    path("ou-en-est-on/objectifs/<int:pk>/", goals.goal_show, name="goal_show"),
    path("ou-en-est-on/revue/", review.review_show, name="review_show"),
    path("ou-en-est-on/revue.pdf", review.review_print, name="review_print"),
    path("ou-en-est-on/revue.pptx", review.review_slides, name="review_slides"),
    path("piloter/", goals.cockpit, name="cockpit"),
    path("piloter/objectifs/<str:key>/fixer/", goals.goal_set, name="goal_set"),
    path("piloter/objectifs/<int:pk>/terminer/", goals.goal_end, name="goal_end"),
    path("piloter/leviers/", levers.lever_list, name="lever_list"),
    path("piloter/leviers/catalogue/", levers.lever_revise, name="lever_revise"),
    path("piloter/leviers/catalogue.yaml", levers.lever_download, name="lever_download"),
    path("piloter/leviers/<str:key>/", levers.lever_show, name="lever_show"),
    path("piloter/leviers/<str:key>/actionner/", levers.lever_take, name="lever_take"),
    path("leviers/<int:pk>/", levers.use_show, name="use_show"),
    path("leviers/<int:pk>/arreter/", levers.use_stop, name="use_stop"),
    path("leviers/mes-pas/", levers.step_list, name="step_list"),
    path("leviers/pas/<int:pk>/fait/", levers.step_do, name="step_do"),
    path("leviers/pas/<int:pk>/confier/", levers.step_give, name="step_give"),
]
