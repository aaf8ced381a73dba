from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from bench.floor.models import SearchMiss, UseCase

PER_PAGE = 20
ROWS = UseCase.objects.filter(withdrawn_at=None).select_related("author__unit", "circle").order_by("-asked_at")


@login_required
def feed(request: HttpRequest) -> HttpResponse:
    """20 rows, 3 joins, and whether more follow: no counting of everything."""
    number = int(request.GET.get("page", 1))
    rows = list(ROWS[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    return render(request, "feed.html", {"rows": rows[:PER_PAGE], "number": number, "more": len(rows) > PER_PAGE})


@login_required
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """One row inserted, one counter moved, a redirection: what a comment costs."""
    use_case = get_object_or_404(UseCase.objects.only("pk"), pk=pk)
    words = f"bench {timezone.now():%H%M%S%f} {request.user.pk}"
    SearchMiss.objects.create(words=words, last_at=timezone.now())
    UseCase.objects.filter(pk=use_case.pk).update(supports_count=F("supports_count") + 1)
    return redirect("/")


urlpatterns = [path("", feed), path("<int:pk>/", write)]
