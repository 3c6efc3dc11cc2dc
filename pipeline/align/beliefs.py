"""How likely each bead is, over all segmentations: by the forward and the backward sums (Baum et al. 1970).

A segmentation is taken to be as likely as exp(its score). What a bead's own score cannot tell, this does: whether there
is another way to cut the text that is nearly as good.
"""

import numpy as np

from pipeline.align.lattice import Cells, Lattice, Rung, Shape, Values


class Beliefs:
    """The probabilities of the beads of a lattice."""

    def __init__(self, lattice: Lattice) -> None:
        """Sum over all segmentations of what lies before each cell, and of what lies behind it."""
        self._lattice = lattice.tabled()
        self._backwards = self._lattice.backwards()
        self._before, self._behind = self._lattice.log_sums(), self._backwards.log_sums()
        self._all = lattice.look_up(self._before, np.array([lattice.n]), np.array([lattice.m]))

    def of(self, shape: Shape, i: Cells, j: Cells) -> Values:
        """Return the probabilities of beads of one shape that end before rows i and columns j; 0 outside the band."""
        n, m, score = self._lattice.n, self._lattice.m, self._lattice.score
        before = self._lattice.look_up(self._before, i - shape[0], j - shape[1])
        behind = self._backwards.look_up(self._behind, n - i, m - j)
        return np.asarray(np.exp(np.minimum(0.0, before + score(shape, i, j) + behind - self._all)))

    def most_right(self, threshold: float) -> list[Rung]:
        """Return the segmentation whose beads are together the most probable, each counted above a threshold.

        No bead in it is less probable than that. This expects the most right beads for what it expects to be wrong
        (Goodman 1996), where the segmentation that is likeliest as a whole may hold many that are not.
        """

        def gain(shape: Shape, i: Cells, j: Cells) -> Values:
            return self.of(shape, i, j) - threshold

        return self._lattice._replace(score=gain, skip=0.0).best_path()
