"""Made-up texts whose words are as unequal as those of people: little words everywhere, trade words often, others seldom."""

from __future__ import annotations

import random
from itertools import accumulate, product


def _words(listed: str) -> list[str]:
    return listed.split()


LITTLE = _words("le la de les des un une et en à pour dans que qui sur avec pas on il elle ce se nous est plus par mais")
TRADE = _words("""
client commande fenêtre porte volet pose chantier retard facture devis agence atelier machine réglage vitrage joint livraison transport
camion stock pièce contrôle mesure plan équipe consigne sécurité gant harnais échelle écran réseau imprimante mot passe tableau formule
contrat congé accueil tuteur stage formation réunion compte rendu appel courrier plainte remise essai défaut humidité isolation thermique
motorisation télécommande serrure clé cylindre poignée quincaillerie peinture laque nettoyage tri déchet
""")
SYLLABLES = [
    _words("ba ca do fi ga lu mi no pa ro sa té vi"),
    _words("bre cho dan fel gri lon mar"),
    _words("che don fier ger mant rin teau vir"),
]
RARE = ["".join(parts) for parts in product(*SYLLABLES, _words("s r age eur ine ment ois ure"))]
WORDS = LITTLE + [word for pair in zip(TRADE, RARE, strict=False) for word in pair] + RARE[len(TRADE) :]
WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(1, len(WORDS) + 1)))


def text(rng: random.Random, words: int) -> str:
    """So many words, as a sentence."""
    return " ".join(rng.choices(WORDS, cum_weights=WEIGHTS, k=words)).capitalize() + "."
