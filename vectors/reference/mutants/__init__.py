"""Plausible mistakes, as replacements of text in the reference chip."""

from mutants.cell import CELLS
from mutants.devices import DEVICES
from mutants.energy import ENERGY
from mutants.flash import FLASH
from mutants.mutant import Mutant
from mutants.plain import PLAIN
from mutants.products import PRODUCTS
from mutants.programming import PROGRAMMING
from mutants.registers import REGISTERS
from mutants.settling import SETTLING
from mutants.supplies import SUPPLIES
from mutants.values import VALUES
from mutants.windows import WINDOWS

MUTANTS = [*VALUES, *DEVICES, *PRODUCTS, *PROGRAMMING, *REGISTERS, *SUPPLIES, *SETTLING, *FLASH, *WINDOWS, *CELLS, *PLAIN,
           *ENERGY]
