# words.py: options and words that the programs accept, taken from their help, to compare documentation with
#
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import subprocess
from pathlib import Path

from harness import PATIENCE

TOP = Path(__file__).resolve().parents[2]
SHELL_WORDS = {'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'en', 'GTK_A11Y': 'none'}


def say(program, *words, cwd=None):
    """Runs a program without a display, in a folder; returns its status and all it said."""
    env = {key: value for key, value in os.environ.items() if key not in ('DISPLAY', 'WAYLAND_DISPLAY', 'G_DEBUG')}
    done = subprocess.run([program, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=PATIENCE, env={**env, **SHELL_WORDS}, cwd=cwd, check=False)
    return done.returncode, done.stdout.decode()


class Words:
    """The options and words of porthole-cli or porthole, as it tells them itself."""

    def __init__(self, program):
        _, text = say(program, '--help')
        rows = re.findall(r'^  (?:(-\w), )?(--[a-z-]+)(=\S+)? ', text, re.MULTILINE)
        self.options = {long: short for short, long, _ in rows}
        self.with_value = {long for _, long, value in rows if value}
        self.transports = set(re.search(r'([a-z|-]+\|[a-z|-]+)\]?\n', text).group(1).split('|'))
        self.formats = self.listed(text, '--format')
        self.line_endings = self.listed(text, '--line-ending')

    @staticmethod
    def listed(text, option):
        """The words in “none (default), lf, crlf, cr” behind an option's last colon; none where it has no such list."""
        found = re.search(rf'{option}=\S+ .*: (.*\(default\).*)$', text, re.MULTILINE)
        return set(re.sub(r' \(default\)', '', found.group(1)).split(', ')) if found else set()

    @property
    def every_option(self):
        return set(self.options) | {short for short in self.options.values() if short}


def table(cli, *words):
    """The rows of a table of the program, as print-options prints them."""
    program = Path(cli).resolve().parents[2] / 'tests' / 'cli' / f'print-options{Path(cli).suffix}'
    done = subprocess.run([program, *words], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def options(cli):
    """The rows of the table of transports' options: id, label, help, unit, min, max, default, transports."""
    return table(cli)


def encodings(cli):
    """The ids of all encodings, also of those that this system lacks."""
    return {row['id'] for row in table(cli, '--encodings')}


def offered_encodings(cli):
    """The encodings that this system has, as porthole-cli tells them to whoever names none."""
    _, text = say(cli, 'udp', '--encoding', 'nonsense')
    return set(re.search(r'none of (.*)\n', text).group(1).split(', '))
