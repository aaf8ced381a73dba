"""What happens around the cases: people come and go, roles are given, sheets age, searches find nothing (pure)."""

from __future__ import annotations

from relais.demo.casting import INTERESTS
from relais.demo.plan import Piece, Planner
from relais.demo.stories import CIRCLES, Text

MISSES = (
    "prime de parrainage", "notice moustiquaire", "borne de recharge utilitaire", "garde-corps en verre", "code portail dépôt",
    "chèque vacances", "pergola bioclimatique", "gants anti coupure taille 11", "remise salarié", "domotique volet",
    "planning astreinte Noël", "triple vitrage poids", "signature électronique devis", "covoiturage", "casier vestiaire",
)  # fmt: skip
REMARKS = {
    "outdated": "La référence citée n'existe plus au catalogue depuis le printemps.",
    "incomplete": "Il manque le cas de la rénovation avec dormant conservé.",
    "not_here": "Chez nous l'atelier n'a pas ce poste, l'étape 2 ne peut pas se faire.",
}
MENDED = "\n\n## Mise à jour\nTexte revu après vos remarques : références vérifiées, étape ajoutée pour les cas particuliers."

ADDED = (
    "\n\n## Ajouté à deux\nEssayé dans une deuxième équipe : cela tient, à condition de prévenir la personne qui prend le relais.",
    "\n\n## Après trois semaines\nLa première étape suffit une fois sur deux. Pour le reste, gardez l'ordre de la fiche.",
    "\n\n## Ce qui nous a surpris\nLe plus long n'est pas le geste : c'est de retrouver le matériel. Préparez-le la veille.",
)
ALSO_ANSWERS = {
    "vente-triple-vitrage-sud/c0": "vente-bruit-rue",
    "sav-buee-exterieure/c0": "qual-condensation-exterieure",
    "prod-premier-jour-interim/c0": "rh-interimaires-pic",
    "it-clique-piege/c0": "bur-rib-fournisseur",
    "qual-rayure-vitrage-reception/c0": "pose-client-refuse-signer-pv",
    "log-rue-etroite/c0": "pose-baie-lourde-escalier",
    "sst-client-agressif/c0": "rc-client-crie-telephone",
}


def tell(planner: Planner) -> None:
    """Everything but cases, reuse and visits."""
    _perimeter(planner)
    _community(planner)
    _remarks(planner)
    _choices(planner)
    _searches(planner)
    _routing(planner)
    _written_together(planner)
    _linked(planner)


def _perimeter(planner: Planner) -> None:
    for member in planner.members:
        if member.arrives > 0:
            planner.do(member.arrives + 0.25, "arrive", member.index)
        if member.departs is not None:
            planner.do(member.departs + 0.75, "depart", member.index)
    movers = [m for m in planner.members if m.place.family == "agence" and m.departs is None and m.joins is not None and m.index % 23 == 0]
    for member in movers:
        planner.do(planner.busy_day(60, planner.days - 5) + 0.25, "move", member.index, "agence-nantes")


def _community(planner: Planner) -> None:
    cast = planner.cast
    planner.do(0.3, "role", cast.administrator.index, "administrator")
    planner.do(0.31, "role", cast.pilot.index, "pilot")
    planner.do(0.32, "role", cast.sponsor.index, "sponsor")
    for n, (circle, (name, purpose)) in enumerate(CIRCLES.items()):
        planner.do(0.4 + n / 1000, "open_circle", cast.pilot.index, circle, (name, purpose))
    for member in planner.members:
        if member.joins is not None:
            at = planner.hour(member.joins)
            planner.do(at, "join", member.index)
            for n, circle in enumerate(dict.fromkeys(member.circles or INTERESTS[member.place.family].split()[:1])):
                planner.do(at + (n + 1) / 2000, "join_circle", member.index, circle)
    for circle, animators in cast.animators.items():
        for n, member in enumerate(animators):
            day = max((member.joins or 0) + 1, 8 if n == 0 else 55)
            planner.do(planner.hour(day), "appoint", cast.pilot.index, circle, member.index)


def _outdated(planner: Planner) -> list[Piece]:
    return [piece for piece in planner.pieces if piece.text.quality == 3 and piece.text.language == "fr"]


def _remarks(planner: Planner) -> None:
    """Sheets that age are questioned; all but the first are mended by their authors."""
    for n, piece in enumerate(_outdated(planner)):
        kinds = ["outdated"] * 4 if n == 0 else planner.rng.sample(sorted(REMARKS), 1)
        for kind in kinds:
            day = planner.busy_day(piece.at + 12, piece.at + 70)
            able = [m for m in planner.members if m.takes_part(day) and m.index != piece.author and piece.circle in m.circles]
            if able:
                planner.do(planner.hour(day), "question", planner.rng.choice(able).index, piece.text.key, (kind, REMARKS[kind]))
                planner.rate(planner.rng.choice(able).index, piece, planner.hour(day))
        if n and planner.rng.random() < 0.7:
            planner.do(
                planner.hour(planner.busy_day(piece.at + 75, piece.at + 90)), "mend", piece.author, piece.text.key, _mended(piece.text)
            )


def _mended(text: Text) -> str:
    return text.body + MENDED


def _written_together(planner: Planner) -> None:
    """Now and then an author brings in a colleague of the circle, who adds what they tried."""
    sheets = [piece for piece in planner.pieces if piece.text.kind in ("sheet", "checklist") and piece.text.quality > 3]
    settled = [piece for piece in sheets if piece.text.language == "fr" and piece.at < planner.days - 30]
    for n, piece in enumerate(settled[2::7]):
        day = planner.busy_day(piece.at + 3, piece.at + 9)
        circle = [m for m in planner.members if m.takes_part(day) and m.here(day + 30) and piece.circle in m.circles]
        used = {act.who for act in planner.acts if act.about == piece.text.key}
        able = [m for m in circle if m.engages is not None and m.index not in used]
        if able and planner.members[piece.author].here(day + 1):
            other = planner.rng.choice(able).index
            planner.applied.add((other, piece.text.key))  # nobody applies or rates what they wrote
            planner.do(planner.hour(day), "co_author", piece.author, piece.text.key, other)
            added = planner.hour(planner.busy_day(day + 4, day + 21))
            planner.do(added, "mend", other, piece.text.key, piece.text.body + ADDED[n % len(ADDED)])


def _linked(planner: Planner) -> None:
    """Authors see that a content of theirs answers a case close to it, too."""
    asked = {story.key: at for at, story in planner.asked}
    for piece in planner.pieces:
        case = ALSO_ANSWERS.get(piece.text.key, "")
        if case in asked:
            later = max(piece.at, asked[case])
            planner.do(planner.hour(planner.busy_day(later + 2, later + 12)), "link", piece.author, piece.text.key, case)


def _choices(planner: Planner) -> None:
    """Somebody leaves the community, somebody takes a pause, somebody comes back from one."""
    cast = planner.cast
    told = {cast.pilot.index, cast.administrator.index, cast.sachant.index, cast.operator.index}
    told |= {m.index for animators in cast.animators.values() for m in animators}
    calm = [m for m in planner.members if m.joins is not None and m.engages is None and m.departs is None and m.index not in told]
    calm = [m for m in calm if (m.joins or 0) < planner.days * 0.6 and not planner.valued[m.index]]
    acting = {act.who: act.at for act in sorted(planner.acts) if act.what not in ("join", "join_circle")}  # their last act
    quiet = [m for m in calm if acting.get(m.index, 0) < planner.days * 0.8]
    for n, member in enumerate(quiet[:4]):
        at = planner.hour(planner.busy_day(planner.days * 0.8 + 1, planner.days * 0.85))
        planner.do(at, "leave" if n == 0 else "pause", member.index)
        if n == 0:
            member.lapses = int(at)
        if n == 3:
            planner.do(planner.hour(planner.busy_day(planner.days * 0.9, planner.days - 2)), "resume", member.index)


def _searches(planner: Planner) -> None:
    for n, words in enumerate(MISSES):
        for _time in range(1 + planner.rng.randrange(1 + 6 // (n + 1))):
            day = planner.busy_day(20, planner.days - 1)
            planner.do(planner.hour(day), "miss", None, words)


def _routing(planner: Planner) -> None:
    """Every night cases are put to more people; now and then somebody passes on a question."""
    for day in range(1, planner.days):
        planner.do(day + 0.05, "tend", None)
    asked_often = [planner.cast.operator, planner.cast.sachant]
    for member in planner.members:
        if member.joins is not None and member.index % 4 == 0 and member not in asked_often:
            for day in range(member.joins + 5, min(planner.days, member.lapses or planner.days), 19):
                planner.do(planner.hour(day), "decline", member.index)
