"""The texts of the demo: one TOML file a circle, each case with its answers and contents."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "stories"

CIRCLES = {
    "sav": ("Service après-vente", "Diagnostiquer vite, réparer juste, expliquer au client ce qui se passe chez lui."),
    "relation-client": ("Relation client", "Accueillir, rappeler, apaiser : les mots et les gestes qui gardent la confiance."),
    "pose-chantier": ("Pose et chantier", "Poser proprement du premier coup, par tous les temps et dans toutes les maisons."),
    "vente-conseil": ("Vente et conseil", "Comprendre un projet, le chiffrer clairement, tenir ce qu'on promet."),
    "production": ("Production", "Les réglages, les séries et les tours de main de l'usine."),
    "maintenance": ("Maintenance", "Prévenir les pannes, dépanner sans se mettre en danger, garder la trace."),
    "qualite": ("Qualité", "Voir le défaut tôt, en trouver la cause, éviter qu'il revienne."),
    "logistique": ("Logistique", "Recevoir, ranger, charger, livrer : sans casse et à l'heure."),
    "sante-securite": ("Santé et sécurité", "Rentrer entier chaque soir : les risques de nos métiers et ce qui marche."),
    "informatique": ("Informatique au quotidien", "Les outils de tous les jours et leurs petites pannes."),
    "ressources-humaines": ("Vie au travail", "Accueil, plannings, congés, entretiens : s'organiser entre collègues."),
    "bureau-finance": ("Bureau et finance", "Factures, achats, tableaux, réunions : le travail de bureau en plus simple."),
}


@dataclass(frozen=True)
class Text:
    """An answer, or a content when `kind` says so; `family` is where its author works."""

    key: str
    family: str
    body: str
    kind: str = "answer"
    best: bool = False
    quality: int = 5
    title: str = ""
    result: str = ""
    minutes: int | None = None
    url: str = ""
    language: str = "fr"
    by: str = ""


@dataclass(frozen=True)
class Story:
    """One use case, with what colleagues write for it; `ago` and `by` say when it happens, and to whom, when that is no chance."""

    key: str
    circle: str
    language: str
    title: str
    situation: str
    need: str
    audience: str
    customer: bool
    employee: bool
    family: str
    fate: str
    interest: int
    texts: list[Text] = field(default_factory=list)
    by: str = ""
    ago: int | None = None


def _answer(key: str, given: dict[str, Any], language: str) -> Text:
    best = given.get("best", False)
    return Text(key, given["from"], given["body"].strip(), best=best, quality=5 if best else 4, language=language, by=given.get("by", ""))


def _content(key: str, given: dict[str, Any], language: str) -> Text:
    taken = {name: given[name] for name in ("kind", "title", "result", "minutes", "quality") if name in given}
    return Text(key, given["from"], given["body"].strip(), url=given.get("url", ""), language=language, **taken)


def _story(given: dict[str, Any]) -> Story:
    names = ("key", "circle", "language", "title", "audience", "customer", "employee", "fate", "interest")
    key, language = given["key"], given["language"]
    texts = [_answer(f"{key}/a{n}", answer, language) for n, answer in enumerate(given.get("answer", []))]
    texts += [_content(f"{key}/c{n}", content, language) for n, content in enumerate(given.get("content", []))]
    return Story(
        **{name: given[name] for name in names},
        situation=given["situation"].strip(),
        need=given["need"].strip(),
        family=given["asker"],
        texts=texts,
        by=given.get("by", ""),
        ago=given.get("ago"),
    )


def stories() -> list[Story]:
    """Every case, by circle."""
    return [_story(case) for path in sorted(FOLDER.glob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]]
