"""First names that people of such a quarter have, by the language that they read.

First names alone, each once: nobody who lives is meant.
"""

from collections.abc import Mapping

FIRST_NAMES: Mapping[str, tuple[str, ...]] = {
    "fr": (
        *("Josiane", "Bernard", "Ludivine", "Antoine", "Chantal", "Mehdi", "Gaspard", "Yasmine"),
        *("Fatou", "Ousmane", "Nadia", "Sylvie", "Kévin", "Aïcha", "Marcel", "Jordan"),
        *("Maryse", "Thierry", "Mélanie", "Aminata", "Didier", "Océane"),
    ),
    "ar": (
        *("Khadija", "Rachid", "Zohra", "Abdelkader", "Latifa", "Mustapha"),
        *("Hayat", "Brahim", "Souad", "Driss"),
    ),
    "tr": ("Ayşe", "Mehmet", "Elif", "Hasan", "Zeynep", "Murat"),
    "kab": ("Tassadit", "Mokrane", "Ouardia", "Idir"),
    "pt": ("Maria", "João", "Fernanda"),
    "pl": ("Agnieszka", "Zbigniew", "Halina"),
    "ro": ("Elena", "Ionuţ", "Mihaela"),
    "en": ("Blessing", "Emmanuel", "Joy"),
    "es": ("Carmen", "Luis"),
    "uk": ("Oksana", "Andriy"),
}
