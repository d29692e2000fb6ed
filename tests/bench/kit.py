"""kit.py: the parts of a row of ./run bench: figures with goals, and programs that are measured in turns

SPDX-License-Identifier: GPL-3.0-or-later
"""
import dataclasses
import os
import shutil
import statistics
import tempfile
from typing import Callable


class LeftOut(Exception):
    """Why something cannot be measured here: “ncat is not installed”."""


# ---- goals ----

@dataclasses.dataclass(frozen=True)
class Goal:
    """What a figure has to reach; judge(ours, values of the others) tells whether it does, and pick which of them it is a multiple of."""
    text: str
    judge: Callable[[float, list[float]], bool]
    pick: Callable[[list[float]], float] | None = lambda others: others[0]


def at_least_times(factor):
    return Goal(f'at least {factor} ×', lambda ours, others: ours >= factor * others[0])


def at_most_times(factor):
    return Goal(f'at most {factor} ×', lambda ours, others: ours <= factor * others[0])


def at_most_more(more, unit):
    return Goal(f'at most {more} {unit} more', lambda ours, others: ours <= others[0] + more)


def at_most(limit, unit):
    return Goal(f'at most {limit} {unit}'.strip(), lambda ours, others: ours <= limit, None)


def at_least(limit, unit):
    return Goal(f'at least {limit:,.0f} {unit}'.strip(), lambda ours, others: ours >= limit, None)


def ahead():
    return Goal('more than each', lambda ours, others: ours > max(others), max)


def less():
    return Goal('less than each', lambda ours, others: ours < min(others), min)


# ---- figures ----

@dataclasses.dataclass(frozen=True)
class Measured:
    """Ours, and the others as (name, value) or, where one is left out, (name, LeftOut): medians. What they are medians of:
    samples, by name."""
    ours: float
    others: list = ()
    samples: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Figure:
    """A number that a row shows. Its unit: “datagrams/s”, “ms”, “%”…"""
    key: str
    what: str
    unit: str
    goal: Goal


@dataclasses.dataclass(frozen=True)
class Row:
    """A line of the table. measure(bench) gives a #Measured for the key of each figure, or raises LeftOut."""
    name: str
    what: str
    measure: Callable
    figures: list[Figure]


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What came of a figure: judged, or left out with a reason."""
    figure: Figure
    measured: Measured = None
    met: bool = None
    reason: str = ''

    @property
    def ratio(self):
        """Ours to the one that the goal is about; None where it is about none, or there is none to divide by."""
        values = present(self.measured) if self.measured else []
        beside = self.figure.goal.pick(values) if values and self.figure.goal.pick else 0
        return self.measured.ours / beside if beside else None


def present(measured):
    return [value for _name, value in measured.others if not isinstance(value, LeftOut)]


def judge(figure, measured):
    """What comes of a figure; @measured may be a LeftOut."""
    if isinstance(measured, LeftOut):
        return Verdict(figure, reason=str(measured))
    if measured.others and not present(measured):
        return Verdict(figure, measured, reason='; '.join(str(why) for _name, why in measured.others))
    return Verdict(figure, measured, bool(figure.goal.judge(measured.ours, present(measured))))


# ---- rounds ----

class Turns:
    """What contenders measured, turn by turn."""

    def __init__(self, samples, left_out):
        self.samples = samples      # contender → list of dicts
        self.left_out = left_out    # contender → LeftOut

    def values(self, contender, key):
        return [sample[key] for sample in self.samples[contender]]

    def median(self, contender, key):
        return statistics.median(self.values(contender, key))

    def beside(self, key, ours, *others):
        """The medians of @key as Measured, of @ours beside those of @others."""
        if ours in self.left_out:
            raise self.left_out[ours]
        names = [name for name in (ours, *others) if name not in self.left_out]
        return Measured(self.median(ours, key),
                        [(name, self.left_out.get(name) or self.median(name, key)) for name in others],
                        {name: self.values(name, key) for name in names})


class Bench:
    """What every row is given: the build to measure, how often, and a folder for files that goes away."""

    def __init__(self, build, rounds):
        self.build = build
        self.rounds = rounds
        self.folder = tempfile.mkdtemp(prefix='bench-', dir=build)  # on the disk that the build is on: /tmp may be memory

    def tidy(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def ours(self, name):
        """A program of Porthole's, as installed."""
        return os.path.join(self.build, 'prefix', 'bin', name)

    def helper(self, name):
        """A program of tests/bench."""
        return os.path.join(self.build, 'tests', 'bench', name)

    def tool(self, *names):
        """The first of some programs that is installed."""
        for name in names:
            if shutil.which(name):
                return name
        raise LeftOut(f'{names[-1]} is not installed')

    def path(self, name):
        """A file in the folder."""
        return os.path.join(self.folder, name)

    def need_disk(self, mebibytes):
        free = shutil.disk_usage(self.folder).free >> 20
        if free < mebibytes:
            raise LeftOut(f'needs {mebibytes} MiB of disk, {free} are free')

    def take_turns(self, contenders, rounds=None):
        """Each contender, a function that returns a dict of numbers, is called once a round, so that a slow moment hits all.
        One that raises LeftOut is out of the race."""
        samples, left_out = {name: [] for name in contenders}, {}
        for _ in range(rounds or self.rounds):
            for name, contender in contenders.items():
                if name in left_out:
                    continue
                try:
                    samples[name].append(contender())
                except LeftOut as why:
                    left_out[name] = why
        return Turns(samples, left_out)
