"""Texts of this wing, in every language."""

from typing import Final

from sim.common.catalogue import Catalogue

tr: Final = Catalogue(__file__)
