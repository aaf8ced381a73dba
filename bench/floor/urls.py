from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from bench.floor.models import SearchMiss, UseCase

ROWS = UseCase.objects.select_related("author__unit", "circle").order_by("-asked_at")


@login_required
def feed(request: HttpRequest) -> HttpResponse:
    """20 rows, 3 joins, a pager."""
    return render(request, "feed.html", {"page": Paginator(ROWS, 20).get_page(request.GET.get("page"))})


@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """One row inserted, one counter moved, a redirection: what a comment costs."""
    use_case = get_object_or_404(UseCase.objects.only("pk"), pk=pk)
    words = f"bench {timezone.now():%H%M%S%f} {request.user.pk}"
    SearchMiss.objects.create(words=words, last_at=timezone.now())
    UseCase.objects.filter(pk=use_case.pk).update(supports_count=F("supports_count") + 0)
    return redirect("/")


urlpatterns = [path("", feed), path("<int:pk>/", write)]
