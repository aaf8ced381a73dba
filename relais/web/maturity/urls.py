from django.urls import path

from relais.web.maturity import views

app_name = "maturity"
urlpatterns = [
    path("maturite/", views.wave_list, name="wave_list"),
    path("maturite/repondre/", views.sheet_fill, name="sheet_fill"),
    path("maturite/ouvrir/", views.wave_open, name="wave_open"),
    path("maturite/clore/", views.wave_close, name="wave_close"),
    path("maturite/moyens/", views.means_tell, name="means_tell"),
    path("maturite/<int:pk>/", views.wave_show, name="wave_show"),
    path("maturite/<int:pk>/chiffres.csv", views.wave_download, name="wave_download"),
]
