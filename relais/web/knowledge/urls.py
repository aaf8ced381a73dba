from __future__ import annotations

from django.urls import path

from relais.web.knowledge.views import contributions, drafts, files, reuse, use_cases

app_name = "knowledge"
urlpatterns = [
    path("cas/", use_cases.use_case_list, name="use_case_list"),
    path("cas/nouveau/", use_cases.use_case_ask, name="use_case_ask"),
    path("cas/<int:pk>/", use_cases.use_case_show, name="use_case_show"),
    path("cas/<int:pk>/modifier/", use_cases.use_case_revise, name="use_case_revise"),
    path("cas/<int:pk>/retirer/", use_cases.use_case_withdraw, name="use_case_withdraw"),
    path("cas/<int:pk>/moi-aussi/", use_cases.use_case_support, name="use_case_support"),
    path("cas/<int:pk>/plus-moi/", use_cases.use_case_unsupport, name="use_case_unsupport"),
    path("cas/<int:pk>/resolu/", use_cases.use_case_solve, name="use_case_solve"),
    path("cas/<int:pk>/rouvrir/", use_cases.use_case_reopen, name="use_case_reopen"),
    path("cas/<int:pk>/repondre/", contributions.contribution_answer, name="contribution_answer"),
    path("cas/<int:pk>/partager/", contributions.contribution_share, name="contribution_share"),
    path("apports/<int:pk>/", contributions.contribution_show, name="contribution_show"),
    path("apports/<int:pk>/modifier/", contributions.contribution_revise, name="contribution_revise"),
    path("apports/<int:pk>/retirer/", contributions.contribution_withdraw, name="contribution_withdraw"),
    path("apports/<int:pk>/meilleur/", contributions.contribution_choose, name="contribution_choose"),
    path("apports/<int:pk>/versions/", contributions.version_list, name="version_list"),
    path("apports/<int:pk>/aussi/", contributions.contribution_link, name="contribution_link"),
    path("apports/<int:pk>/avec/", contributions.co_author_add, name="co_author_add"),
    path("apports/<int:pk>/applique/", reuse.application_report, name="application_report"),
    path("apports/<int:pk>/pertinence/", reuse.contribution_rate, name="contribution_rate"),
    path("apports/<int:pk>/remarque/", reuse.reaction_make, name="reaction_make"),
    path("remarques/", reuse.reaction_list, name="reaction_list"),
    path("remarques/<int:pk>/reglee/", reuse.reaction_settle, name="reaction_settle"),
    path("applications/<int:pk>/", reuse.application_tell, name="application_tell"),
    path("applications/<int:pk>/passer/", reuse.application_skip, name="application_skip"),
    path("brouillons/", drafts.draft_list, name="draft_list"),
    path("brouillons/garder/", drafts.draft_keep, name="draft_keep"),
    path("brouillons/jeter/", drafts.draft_drop, name="draft_drop"),
    path("fichiers/", files.file_join, name="file_join"),
    path("fichiers/<uuid:pk>/", files.file_show, name="file_show"),
]
