from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Unit(models.Model):
    name = models.CharField(max_length=120)

    class Meta:
        managed = False
        db_table = "people_unit"


class Person(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, models.DO_NOTHING)
    is_active = models.BooleanField(default=True)
    USERNAME_FIELD = "email"
    objects = BaseUserManager()

    class Meta:
        managed = False
        db_table = "people_person"


class Circle(models.Model):
    name = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "knowledge_circle"


class UseCase(models.Model):
    author = models.ForeignKey(Person, models.DO_NOTHING)
    circle = models.ForeignKey(Circle, models.DO_NOTHING)
    title = models.CharField(max_length=160)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    answers_count = models.IntegerField()
    supports_count = models.IntegerField()

    class Meta:
        managed = False
        db_table = "knowledge_usecase"


class SearchMiss(models.Model):
    words = models.CharField(max_length=120, unique=True)
    times = models.IntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "knowledge_searchmiss"


class Session(AbstractBaseSession):
    class Meta:
        managed = False
        db_table = "people_session"
