#!/usr/bin/env python3
"""test_words.py: every word that a user sees can be translated

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys
import tempfile

from catalogue import KEYWORDS, extract, listed
from tree import main

NAMES = '|'.join([word.split(':')[0] for word in KEYWORDS] + ['ngettext'])
MARKED = rf'\b(?:{NAMES})\s*\(\s*(?:[A-Z_]+,\s*)?"|translatable="(?:yes|true)"'


def check_potfiles_lists_every_file_with_words(tree):
    named = set(listed(tree, 'POTFILES.in'))
    for path in tree.under('src', '.c', '.h') + tree.under('ui', '.ui'):
        text = tree.code(path) if path.suffix != '.ui' else tree.text(path)
        if re.search(MARKED, text) and str(path) not in named:
            yield f'{path}: has words, but is not in po/POTFILES.in'


def check_potfiles_lists_no_file_that_is_not_there(tree):
    return [f'{name}: in po/POTFILES.in, but not there' for name in listed(tree, 'POTFILES.in')
            if not (tree.source / name).exists()]


def check_labels_titles_and_tooltips_of_templates_are_translatable(tree):
    plain = r'<property name="(?:label|title|tooltip-text|placeholder-text|description)">[^<]*[A-Za-z]{2,}'
    return tree.grep(plain, tree.under('ui', '.ui'))


def check_no_words_are_cut_by_a_macro(tree):
    """xgettext reads "%" G_GUINT64_FORMAT only up to the macro: the words would never be found in a catalogue."""
    cut = r'\b(?:_|N_|ngettext)\s*\((?:[^;"]|"(?:[^"\\]|\\.)*")*"\s*(?:G_G|PRI)'
    for path in tree.under('src', '.c', '.h'):
        for found in re.finditer(cut, tree.text(path)):
            yield f'{path}: words go on behind a macro: {found.group(0)[:60]}'


# Numbers that are no counts: positions in a text, and what is typed (the range of an option, a version).
NO_COUNT = re.compile(r'position %lu|choose a number from %u to %u|\(default %u\)|U\+%04X|byte %02X')
NOUN = r'(?:bytes?|clients?|records?|messages?|datagrams?|peers?|rules?|matches|packets?|pieces?|lines?|files?|times)'


def check_counts_are_grouped_and_have_plurals(tree):
    """1,234 has one form: numbers come into a sentence as text from ph_format_dup_grouped(). A noun behind a number has its plural."""
    with tempfile.TemporaryDirectory() as folder:
        messages, complaints = extract(tree, folder)
    yield from complaints
    for message in messages:
        for text in filter(None, (message.msgid, message.msgid_plural)):
            if re.search(r"%[\d$']*l*[ud]", NO_COUNT.sub('', text)):
                yield f'“{text}”: the number is not grouped'
        if message.msgid_plural is None and re.search(rf'%(?:\d\$)?(?:s|l*u|d) {NOUN}\b(?!/)', message.msgid):
            yield f'“{message.msgid}”: a count without plural forms'


def check_no_number_is_in_the_form_of_the_locale(tree):
    """Its commas and points would differ from those of all others."""
    paths = [p for p in tree.under('src', '.c') if p.name != 'ph-format-number.c']
    return (tree.grep(r"\"[^\"]*%'|g_format_size|strfmon", paths, tree.code)
            + [line for line in tree.grep(r'"[^"]*%[\d.*]*[fge]\b', paths, tree.code) if 'g_ascii_formatd' not in line and '%.3g' not in line])


if __name__ == '__main__':
    sys.exit(main(globals()))
