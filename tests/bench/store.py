"""store.py: rows of ./run bench about captured records: the search

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import subprocess

import kit

MILLIONS = 10        # records, as bench-search has them


def search(bench):
    """The program lets both take turns itself, on records that it fills in once: ten million take their time."""
    done = subprocess.run([bench.helper('bench-search'), str(bench.rounds), bench.path('payloads')], check=True, timeout=1800,
                          capture_output=True)
    return {key: kit.Turns({name: [{'rate': MILLIONS / second} for second in seconds] for name, seconds in both.items()}, {})
            .beside('rate', 'porthole', 'grep -c') for key, both in json.loads(done.stdout).items()}


ROWS = [
    kit.Row('search', 'Search a text in ten million records', search,
            [kit.Figure('rare', 'in 100 records', 'million/s', kit.at_least_times(0.5)),
             kit.Figure('any-case', 'the same in any case', 'million/s', kit.at_least_times(0.5)),
             kit.Figure('every', 'in every record', 'million/s', kit.at_least_times(0.5))]),
]
