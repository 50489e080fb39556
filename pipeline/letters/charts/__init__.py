"""Charts of a summary as drawings: bars by trait, bars by who has to act, columns by month.

Each says in words what it shows, for those who have it read out; a table with the same figures always stands beside it.
Nothing is told by colour alone: what differs is dark or pale, filled or hatched, and every bar has its figure.
"""

from pipeline.letters.charts.bars import bars
from pipeline.letters.charts.columns import columns
from pipeline.letters.charts.held import held

__all__ = ["bars", "columns", "held"]
