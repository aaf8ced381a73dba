from __future__ import annotations

from django.urls import path

from relais.web.people.views import account, administration, people_import, rights, sign_in

app_name = "people"
urlpatterns = [
    path("demo/", sign_in.persona_list, name="persona_list"),
    path("invitation/<str:token>/", sign_in.invitation_open, name="invitation_open"),
    path("invitation/<str:token>/rejoindre/", sign_in.invitation_accept, name="invitation_accept"),
    path("invitation/<str:token>/entrer/", sign_in.invitation_enter, name="invitation_enter"),
    path("bienvenue/", sign_in.welcome, name="welcome"),
    path("bienvenue/rejoindre/", sign_in.community_join, name="community_join"),
    path("bienvenue/plus-tard/", sign_in.community_later, name="community_later"),
    path("mon-compte/", account.account, name="account"),
    path("mon-compte/pause/", account.account_pause, name="account_pause"),
    path("mon-compte/reprendre/", account.account_resume, name="account_resume"),
    path("mon-compte/partir/", account.account_leave, name="account_leave"),
    path("mon-compte/donnees/", account.account_data, name="account_data"),
    path("mon-compte/donnees/garder/", account.account_data_keep, name="account_data_keep"),
    path("mon-compte/donnees/telecharger/", account.account_data_download, name="account_data_download"),
    path("mes-droits/", rights.rights_show, name="rights_show"),
    path("mes-droits/papier/", rights.rights_print, name="rights_print"),
    path("administrer/", administration.administration, name="administration"),
    path("administrer/unites/", administration.unit_list, name="unit_list"),
    path("administrer/personnes/ajouter/", administration.person_add, name="person_add"),
    path("administrer/personnes/import/", people_import.people_import, name="people_import"),
    path("administrer/personnes/import/rapport/", people_import.people_import_report, name="people_import_report"),
    path("administrer/personnes/import/appliquer/", people_import.people_import_apply, name="people_import_apply"),
    path("administrer/personnes/<uuid:person_id>/", administration.person_manage, name="person_manage"),
    path("administrer/personnes/<uuid:person_id>/role/", administration.role_grant, name="role_grant"),
    path("administrer/personnes/<uuid:person_id>/role/retirer/", administration.role_revoke, name="role_revoke"),
    path("administrer/personnes/<uuid:person_id>/inviter/", administration.invitation_send, name="invitation_send"),
]
