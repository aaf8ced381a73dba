from django.urls import path

from relais.web.indicators import views

app_name = "indicators"
urlpatterns = [
    path("ou-en-est-on/", views.standing, name="standing"),
]
