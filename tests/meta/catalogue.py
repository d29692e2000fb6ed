"""catalogue.py: parses the messages of a catalogue, and extracts those of the sources

SPDX-License-Identifier: GPL-3.0-or-later
"""
import ast
import gettext
import re
from pathlib import Path

from tree import tool

# What meson's preset “glib” gives to xgettext, and po/meson.build.
KEYWORDS = ['_', 'N_', 'NP_:1,2', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']
FLAGS = ['N_:1:pass-c-format', 'C_:2:pass-c-format', 'NC_:2:pass-c-format', 'g_dngettext:2:pass-c-format',
         'g_strdup_printf:1:c-format', 'g_string_printf:2:c-format', 'g_string_append_printf:2:c-format',
         'g_error_new:3:c-format', 'g_set_error:4:c-format', 'g_markup_printf_escaped:1:c-format',
         'g_log:3:c-format', 'g_print:1:c-format', 'g_printerr:1:c-format', 'g_printf:1:c-format']

LINE = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s+(".*")$')


class Message:
    """One message: what the program asks for, and what the catalogue answers, one text a plural form."""

    def __init__(self):
        self.msgctxt = self.msgid_plural = None
        self.msgid = ''
        self.answers = {}
        self.flags = set()
        self.places = ''

    @property
    def key(self):
        return self.msgctxt, self.msgid

    @property
    def translated(self):
        return bool(self.answers) and all(self.answers.values())

    @property
    def fuzzy(self):
        return 'fuzzy' in self.flags

    def pairs(self):
        """(question, answer) for each form: of a plural, every form answers for the many, but a first of several."""
        for form, answer in sorted(self.answers.items()):
            many = self.msgid_plural is not None and (form > 0 or len(self.answers) == 1)
            yield (self.msgid_plural if many else self.msgid), answer


def parse(text):
    """Every message of a catalogue but the obsolete ones; the header is the one with an empty msgid."""
    messages, message, place = [], Message(), None
    for line in text.split('\n') + ['']:
        found = LINE.match(line)
        if line.startswith('#,'):
            message.flags |= {flag.strip() for flag in line[2:].split(',')}
        elif line.startswith('#:'):
            message.places += line[2:]
        elif found:
            place = int(found.group(2) or 0) if found.group(1).startswith('msgstr') else found.group(1)
            add(message, place, found.group(3))
        elif line.startswith('"'):
            add(message, place, line)
        elif not line.strip():
            if message.answers:
                messages.append(message)
            message, place = Message(), None
    return messages


def add(message, place, quoted):
    text = ast.literal_eval(quoted)
    if isinstance(place, int):
        message.answers[place] = message.answers.get(place, '') + text
    else:
        setattr(message, place, (getattr(message, place) or '') + text)


def listed(tree, name):
    """The lines of po/LINGUAS or po/POTFILES.in."""
    lines = tree.text(Path('po') / name).split('\n')
    return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def extract(tree, folder):
    """The messages that the sources have now; and what xgettext has to complain of."""
    pot = Path(folder) / 'porthole.pot'
    arguments = [f'--keyword={k}' for k in KEYWORDS] + [f'--flag={f}' for f in FLAGS]
    code, words = tool('xgettext', *arguments, '--from-code=UTF-8', '--add-comments', '-o', pot,
                       *listed(tree, 'POTFILES.in'), cwd=tree.source)
    complaints = [f'xgettext: {line}' for line in words.strip().split('\n') if line]
    if code != 0 or not pot.exists():
        return [], complaints or ['xgettext wrote no template']
    return [m for m in parse(pot.read_text(encoding='utf-8')) if m.msgid], []


def header(messages):
    """The header's fields."""
    first = messages[0].answers.get(0, '') if messages and not messages[0].msgid else ''
    return dict(line.split(': ', 1) for line in first.split('\n') if ': ' in line)


def plural_forms(fields):
    """How many plural forms the header promises, and the function from a number to its form."""
    found = re.fullmatch(r'nplurals=(\d+); plural=(.*);', fields.get('Plural-Forms', ''))
    return (int(found.group(1)), gettext.c2py(found.group(2))) if found else (0, None)
