"""The pages that axe reads: an address and who looks at it. A new page adds its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from relais.indicators.models import LeverUse
from relais.studio.queries.choices import stop_token
from tests.browser.world import World


@dataclass(frozen=True)
class Shown:
    """A page as somebody sees it; the address may need things of the world."""

    name: str
    role: str
    address: Callable[[World], str]

    def __str__(self) -> str:
        return f"{self.name}-{self.role}"


def at(path: str, role: str = "member") -> Shown:
    """A page whose address needs nothing."""
    return Shown(path, role, lambda _world: path)


def on(name: str, address: Callable[[World], str], role: str = "member") -> Shown:
    """A page of something in the world."""
    return Shown(name, role, address)


PAGES = [
    at("/une-adresse-qui-n-existe-pas/", "stranger"),
    at("/une-adresse-qui-n-existe-pas/", "administrator"),
    # signing in
    at("/compte/connexion/", "stranger"),
    at("/compte/connexion/code/", "stranger"),
    at("/compte/mot-de-passe/oublie/", "stranger"),
    at("/compte/connexion/code/saisie/", "stranger"),
    at("/compte/mot-de-passe/oublie/envoye/", "stranger"),
    at("/compte/mot-de-passe/nouveau/1-x-y/", "stranger"),
    at("/compte/mot-de-passe/nouveau/fait/", "stranger"),
    at("/compte/inactif/", "stranger"),
    at("/invitation/deja-servie/", "stranger"),
    on("invitation", lambda world: f"/invitation/{world.token}/", "stranger"),
    at("/bienvenue/", "newcomer"),
    at("/mon-compte/", "newcomer"),
    at("/mon-compte/"),
    at("/mon-compte/donnees/"),
    at("/mon-compte/partir/"),
    at("/mes-droits/", "newcomer"),
    at("/compte/mot-de-passe/choisir/"),
    at("/compte/securite/"),
    at("/compte/securite/cles/"),
    at("/compte/securite/cles/ajouter/"),
    at("/compte/securite/application/activer/"),
    at("/compte/securite/codes/nouveaux/"),
    at("/compte/deconnexion/"),
    at("/maturite/", "pilot"),
    at("/maturite/repondre/", "newcomer"),
    at("/maturite/ouvrir/", "pilot"),
    at("/maturite/moyens/", "pilot"),
    at("/avis/"),
    at("/avis/choisir/"),
    at("/avis/resume/"),
    on("mail-stop", lambda world: f"/avis/arreter/{stop_token(world.member, 'digest')}/", "stranger"),
    # use cases
    at("/"),
    at("/cas/"),
    at("/cas/?voir=tous"),
    at("/cas/?voir=resolus"),
    at("/cas/?cercle=introuvable"),
    at("/cas/nouveau/"),
    on("case", lambda world: f"/cas/{world.use_case.pk}/"),
    on("case", lambda world: f"/cas/{world.use_case.pk}/", "pilot"),
    on("case-revise", lambda world: f"/cas/{world.use_case.pk}/modifier/"),
    on("case-answer", lambda world: f"/cas/{world.use_case.pk}/repondre/", "pilot"),
    on("case-share", lambda world: f"/cas/{world.use_case.pk}/partager/"),
    on("content", lambda world: f"/apports/{world.content.pk}/"),
    on("content-versions", lambda world: f"/apports/{world.content.pk}/versions/"),
    on("content-revise", lambda world: f"/apports/{world.content.pk}/modifier/", "author"),
    on("content", lambda world: f"/apports/{world.content.pk}/?avec=marie", "author"),
    on("remark", lambda world: f"/apports/{world.content.pk}/remarque/"),
    on("application", lambda world: f"/applications/{world.application.pk}/"),
    at("/remarques/", "author"),
    at("/", "newcomer"),
    at("/", "animator"),
    at("/brouillons/"),
    at("/remarques/"),
    at("/recherche/"),
    at("/recherche/?q=client"),
    at("/recherche/?q=introuvable"),
    at("/cercles/"),
    on("circle", lambda world: f"/cercles/{world.use_case.circle.slug}/"),
    on("person", lambda world: f"/personnes/{world.member.pk}/"),
    at("/personnes/moi/montrer/"),
    on("person", lambda world: f"/personnes/{world.member.pk}/", "pilot"),
    # meetings
    at("/rencontres/"),
    at("/rencontres/?voir=passes"),
    at("/mon-agenda/"),
    at("/initiatives/"),
    at("/initiatives/", "pilot"),
    at("/initiatives/nouvelle/"),
    on("initiative", lambda world: f"/initiatives/{world.initiative.pk}/"),
    on("initiative", lambda world: f"/initiatives/{world.initiative.pk}/", "pilot"),
    on("initiative-revise", lambda world: f"/initiatives/{world.initiative.pk}/modifier/"),
    on("initiative-file", lambda world: f"/initiatives/indicateurs/{world.initiative.indicators.get().pk}/fichier/"),
    at("/rencontres/echanges/"),
    at("/rencontres/echanges/", "animator"),
    on("exchange", lambda world: f"/rencontres/echanges/{world.exchange.pk}/"),
    on("exchange-ask", lambda world: f"/rencontres/echanges/avec/{world.pilot.pk}/"),
    at("/contenus/a-moi/"),
    at("/contenus/a-moi/", "author"),
    at("/rencontres/besoins/"),
    at("/rencontres/besoins/nouveau/"),
    on("need", lambda world: f"/rencontres/besoins/{world.need.pk}/"),
    on("need", lambda world: f"/rencontres/besoins/{world.need.pk}/", "pilot"),
    at("/rencontres/ateliers/proposer/"),
    on("workshop", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/"),
    on("workshop", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/", "pilot"),
    on("workshop-revise", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/modifier/"),
    on("workshop-cancel", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/annuler/"),
    on("workshop-run", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/derouler/"),
    on("workshop-list", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/presents/"),
    on("workshop-here", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/je-suis-la/{world.workshop.check_in}/"),
    on("workshop-rate", lambda world: f"/rencontres/ateliers/{world.workshop.pk}/avis/"),
    # skills
    at("/competences/"),
    at("/competences/?mots=introuvable"),
    at("/competences/?zoom=4", "pilot"),
    at("/competences/a-transmettre/"),
    at("/competences/les-miennes/"),
    at("/competences/les-miennes/", "author"),
    on("skill", lambda world: f"/competences/{world.skill.skill_id}/"),
    on("skill", lambda world: f"/competences/{world.skill.skill_id}/", "pilot"),
    on("skill-mine", lambda world: f"/competences/les-miennes/{world.skill.pk}/"),
    on("skill-contest", lambda world: f"/competences/les-miennes/{world.skill.pk}/contester/"),
    on("skill-confirm", lambda world: f"/competences/confirmer/{world.skill.pk}/", "author"),
    on("skill-panel", lambda world: f"/competences/{world.skill.skill_id}/premiers-experts/", "pilot"),
    at("/competences/contestees/", "author"),
    on("skill-judge", lambda world: f"/competences/contestees/{world.skill.contests.get().pk}/", "author"),
    at("/ou-en-est-on/indicateurs/"),
    at("/ou-en-est-on/revue/", "sponsor"),
    at("/piloter/", "pilot"),
    at("/piloter/leviers/", "pilot"),
    at("/piloter/leviers/L6/", "pilot"),
    at("/piloter/leviers/L1/actionner/", "pilot"),
    at("/piloter/leviers/catalogue/", "pilot"),
    at("/leviers/mes-pas/"),
    on("use", lambda _world: f"/leviers/{LeverUse.objects.get().pk}/", "pilot"),
    at("/piloter/objectifs/engagement/fixer/", "pilot"),
    at("/piloter/objectifs/active_share/fixer/", "pilot"),
    on("goal", lambda world: f"/ou-en-est-on/objectifs/{world.goal}/", "pilot"),
    at("/ou-en-est-on/indicateurs/engagement/"),
    at("/ou-en-est-on/"),
    at("/ou-en-est-on/", "sponsor"),
    on("secret", lambda world: f"/cas/{world.secret.pk}/"),
    on("secret", lambda world: f"/cas/{world.secret.pk}/", "pilot"),
    # looking after
    at("/charte/"),
    at("/mes-signalements/"),
    at("/signalements/", "pilot"),
    on("report", lambda world: f"/signaler/apport/{world.answer.pk}/"),
    on("matter", lambda world: f"/signalements/apport/{world.content.pk}/", "pilot"),
    on("ruling", lambda world: f"/decisions/{world.ruling.pk}/"),
    on("judge", lambda world: f"/decisions/{world.ruling.pk}/juger/", "pilot"),
    at("/levees/", "administrator"),
    on("reveal", lambda world: f"/levees/{world.reveal.pk}/", "administrator"),
    on("reveal-ask", lambda world: f"/cas/{world.secret.pk}/lever/", "pilot"),
    at("/animer/", "animator"),
    at("/reglages/mots/", "administrator"),
    at("/reglages/cercles/", "administrator"),
    at("/administrer/", "administrator"),
    on("circle-animators", lambda world: f"/reglages/cercles/{world.use_case.circle.slug}/", "administrator"),
    at("/administrer/?nom=introuvable", "administrator"),
    at("/administrer/unites/", "administrator"),
    at("/administrer/personnes/ajouter/", "administrator"),
    at("/administrer/personnes/import/", "administrator"),
    at("/administrer/personnes/import/rapport/", "administrator"),
    on("person-manage", lambda world: f"/administrer/personnes/{world.member.pk}/", "administrator"),
]
