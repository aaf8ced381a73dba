"""The columns of an HR export: the words people head them with, and where the row of headings is.

Pure, no Django.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

COLUMNS = {
    "email": "e-mail email mail courriel adresse adresse-e-mail adresse-mail adresse-email adresse-electronique email-address"
    " e-mail-address e-mail-professionnel email-professionnel mail-professionnel courriel-professionnel e-mail-pro email-pro mail-pro"
    " adresse-e-mail-professionnelle adresse-email-professionnelle adresse-mail-professionnelle adresse-electronique-professionnelle"
    " work-email work-e-mail business-email business-e-mail business-email-address company-email corporate-email professional-email"
    " primary-email user-principal-name",
    "first_name": "prenom prenom-usuel prenom-d-usage first-name firstname given-name preferred-first-name",
    "last_name": "nom nom-de-famille nom-d-usage nom-usuel last-name lastname surname family-name",
    "full_name": "nom-complet nom-et-prenom nom-prenom prenom-nom prenom-et-nom name full-name display-name salarie employee collaborateur",
    "number": "matricule numero-de-matricule numero n-matricule matricule-rh employee-number employee-id number id identifiant"
    " staff-number",
    "unit": "unite service equipe departement affectation unite-d-affectation unit team department business-unit entite pole",
    "parent_unit": "unite-parente unite-parent direction division unite-mere parent parent-unit rattachement service-parent",
    "manager": "responsable manager e-mail-du-responsable email-du-responsable mail-du-responsable courriel-du-responsable"
    " responsable-e-mail responsable-hierarchique n-1 superieur superieur-hierarchique manager-email email-manager mail-manager"
    " e-mail-manager line-manager e-mail-du-manager email-du-manager nom-du-responsable nom-du-manager manager-name"
    " matricule-du-responsable matricule-responsable matricule-du-manager matricule-manager manager-id manager-number",
    "arrived_on": "date-d-entree date-entree entree date-d-arrivee date-arrivee arrivee date-d-embauche date-embauche embauche"
    " entre-le arrive-le start-date hire-date hired-on joined arrival start",
    "departed_on": "date-de-sortie date-sortie sortie date-de-depart date-depart depart sorti-le end-date leave-date left-on departure end",
    "language": "langue language lang locale",
}
_COLUMN_OF = {word: name for name, words in COLUMNS.items() for word in words.split()}
_DEEPEST_HEADER = 20  # rows that say something, titles above the headings included

Row = tuple[int, list[Any]]  # the line in the file, the cells


@dataclass(frozen=True)
class Header:
    """The row of headings: where it stands, as it is written, and what each column means ("" when unknown)."""

    place: int
    titles: list[str]
    columns: list[str]
    other_sheets: tuple[str, ...] = ()  # of the same workbook, with addresses too, and not read

    @property
    def score(self) -> tuple[bool, int]:
        """A row of headings names an address, and as many known columns as possible."""
        return "email" in self.columns, sum(map(bool, self.columns))


def find_header(rows: Sequence[Row]) -> Header | None:
    """The row among the first ones that looks most like headings; None when nothing is written."""
    said = [_header(place, cells) for place, (_, cells) in enumerate(rows) if any(map(text_of, cells))]
    return max(said[:_DEEPEST_HEADER], key=lambda header: header.score, default=None)


def _header(place: int, cells: list[Any]) -> Header:
    titles = [text_of(cell) for cell in cells]
    return Header(place, titles, [_COLUMN_OF.get(slug(title), "") for title in titles])


def slug(text: str) -> str:
    """`Date d’entrée ` becomes `date-d-entree`."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "-")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")


def text_of(cell: Any) -> str:
    """A cell as one reads it: one line, no spaces around, whole numbers without their point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r"\s+", " ", str(cell)).strip()
