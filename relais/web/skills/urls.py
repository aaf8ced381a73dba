from django.urls import path

from relais.web.skills.views import confirmations, mine, risk, skill_map

app_name = "skills"
urlpatterns = [
    path("competences/", skill_map.skill_list, name="skill_list"),
    path("competences/a-transmettre/", risk.risk_show, name="risk_show"),
    path("competences/<uuid:pk>/", skill_map.skill_show, name="skill_show"),
    path("competences/<uuid:pk>/la-mienne/", mine.skill_claim, name="skill_claim"),
    path("competences/<uuid:pk>/premiers-experts/", confirmations.panelist_name, name="panelist_name"),
    path("competences/les-miennes/", mine.mine_list, name="mine_list"),
    path("competences/les-miennes/<int:pk>/", mine.mine_show, name="mine_show"),
    path("competences/les-miennes/<int:pk>/repondre/", mine.mine_answer, name="mine_answer"),
    path("competences/les-miennes/<int:pk>/demander/", mine.mine_ask, name="mine_ask"),
    path("competences/les-miennes/<int:pk>/contester/", mine.mine_contest, name="mine_contest"),
    path("competences/confirmer/<int:pk>/", confirmations.skill_confirm, name="skill_confirm"),
    path("competences/confirmer/<int:pk>/reprendre/", confirmations.confirmation_withdraw, name="confirmation_withdraw"),
    path("competences/confirmer/<int:pk>/laisser/", confirmations.request_leave, name="request_leave"),
    path("competences/demandes/<int:pk>/", mine.prompt_answer, name="prompt_answer"),
    path("competences/contestees/", confirmations.contest_list, name="contest_list"),
    path("competences/contestees/<int:pk>/", confirmations.contest_judge, name="contest_judge"),
]
