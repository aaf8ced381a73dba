from django.urls import path

from relais.web import views

app_name = "web"
urlpatterns = [
    path("langue/", views.language_choose, name="language_choose"),
]
