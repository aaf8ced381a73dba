"""First and family names of the cast. Any likeness to somebody is chance."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Agnès Alain Alexandre Alice Amandine Amélie Anaïs André Anne Antoine Arnaud Audrey Aurélie Aya Baptiste Béatrice Benoît Bertrand "
    "Brigitte Bruno Camille Carine Caroline Catherine Cécile Cédric Céline Chantal Charlotte Chloé Christelle Christian Claire Clara "
    "Claude Clément Corinne Coralie Cyril Damien Daniel David Delphine Denis Didier Dominique Élise Élodie Émilie Emma Éric Estelle "
    "Étienne Fabien Fabrice Fanny Fatou Florence Florian Franck Frédéric Gaël Gérard Gilles Grégory Guillaume Hélène Hervé Hugo Inès "
    "Isabelle Jacques Jérémy Jérôme Joëlle Julie Julien Karim Karine Laëtitia Laura Laurence Laurent Léa Leïla Lionel Loïc Louis "
    "Lucas Lucie Ludovic Maëva Magali Malika Manon Marc Marie Marine Marion Martine Mathieu Maud Maxime Mehdi Mélanie Michel Mickaël "
    "Monique Morgane Mourad Myriam Nadia Nadège Nathalie Nicolas Noémie Odile Olivier Pascal Patricia Patrick Paul Pauline Philippe "
    "Pierre Quentin Rachid Raphaël Régis Rémi Romain Rosa Sabrina Samir Samuel Sandra Sarah Sébastien Serge Séverine Sofia Solène "
    "Sonia Sophie Stéphane Stéphanie Sylvain Sylvie Théo Thierry Thomas Valérie Vanessa Véronique Victor Vincent Virginie Xavier "
    "Yann Yasmine Yves Yvonne Zoé"
)
FAMILY = _words(
    "Abgrall Allain Amara Aubert Auger Aubry Bailly Barbier Baron Barreau Baudry Beaumont Bedel Benali Benoist Berger Bernier Besson "
    "Bigot Billard Blin Bodin Boisseau Bonnin Bouchard Boucher Boulay Bourdon Bouvier Breton Brossard Brunet Busson Cadiou Caillaud "
    "Carré Chaillou Charrier Chartier Chauvin Chevalier Clavel Colas Collet Cordier Cosson Courtin Couturier Da-Silva Daniau Davy "
    "Delacroix Delahaye Delaunay Delmas Deniau Derouet Diallo Diop Dubreuil Duchemin Ducros Dumas Duval Esnault Evrard Faucher Ferrand "
    "Ferreira Fleury Forestier Foucher Fouquet Fournier Gallet Garnier Gasnier Gaudin Gautier Gendron Georget Gicquel Girault Godard "
    "Gomes Goupil Grandin Grenier Grimaud Guérin Guichard Guilbert Guillou Guyot Haddad Hamon Hardy Hervieu Houdayer Huet Humbert "
    "Jamin Joubert Jouanneau Kaya Kerdoncuff Lacroix Lambert Landais Langlois Laroche Launay Lebas Lebrun Leclerc Lecomte Lefort "
    "Legrand Lelièvre Lemoine Leroux Letourneau Levasseur Lhermitte Lopes Maillard Mallet Marchand Maréchal Marquet Masson Mauger "
    "Ménard Mercier Merlin Meunier Michaud Monnier Moreau Morvan Moulin Nguyen Noblet Normand Ollivier Ouali Pasquier Pelletier "
    "Perrault Petitjean Picard Pichon Pineau Poirier Poulain Prévost Quéré Rabiller Raimbault Renard Ribeiro Richard Rivière Robin "
    "Rolland Rousseau Roy Salmon Sarrazin Sauvage Savary Simonet Tanguy Tessier Texier Thibault Touré Toussaint Tran Traoré Vallée "
    "Vasseur Verdier Vidal Vigneron Villain Voisin Yilmaz"
)
ENGLISH_FIRST = _words("Amy Ben Charlotte Daniel Emily Gareth Grace Hannah Jack Kelly Liam Lucy Megan Oliver Priya Ryan Shabana Tom")
ENGLISH_FAMILY = _words(
    "Ashworth Barlow Clegg Dawson Entwistle Fielding Greenhalgh Hargreaves Iqbal Kershaw Lomax Ogden Patel Schofield Whittle"
)


def names(rng: Random, first: list[str], family: list[str]) -> Iterator[str]:
    """Full names without end: in a shuffled order, no pair twice until every pair was given."""
    while True:
        firsts, families = rng.sample(first, len(first)), rng.sample(family, len(family))
        for n in range(len(firsts) * len(families)):
            yield f"{firsts[n % len(firsts)]} {families[(n + n // len(firsts)) % len(families)].replace('-', ' ')}"
