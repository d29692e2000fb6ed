#!/usr/bin/env python3
"""test_catalogues.py: every language of po/LINGUAS is complete, and keeps what the program needs of its words

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys
import tempfile
import xml.etree.ElementTree as ET

from catalogue import extract, header, listed, parse, plural_forms
from tree import built, main, options, tool

SHOWN = 3  # messages named for one complaint; the rest are counted



def one(_):
    return 0


def two(n):
    return int(n != 1)


def french(n):
    return int(n > 1)


def russian(n):
    return 0 if n % 10 == 1 and n % 100 != 11 else 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2


# For each language: how many forms a plural has, how they are chosen, and the quotes that are written for “these”.
LANGUAGES = {
    'de': (2, two, ['„“']),
    'es': (2, two, ['«»', '“”']),
    'fr': (2, french, ['«»', '“”']),
    'ja': (1, one, ['「」', '“”']),
    'ko': (1, one, ['“”', '‘’']),
    'ru': (3, russian, ['«»', '„“']),
    'zh_CN': (1, one, ['“”']),
    'zh_TW': (1, one, ['「」', '『』']),
}

CONVERSION = re.compile(r"%(\d+\$)?([-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|z|j|t)?[diouxXeEfFgGaAcsp%])")
# What is typed or compared as it stands: options, programs, ids and escapes.
VERBATIM = re.compile(r'(?<![\w-])--[a-z][a-z-]*|porthole-cli|\b(?:tcp-client|tcp-server|utf-8|gb18030|shift-jis)\b|'
                      r'\b(?:netassist|json|crlf)\b|\\(?:[nrt0\\]|xHH|u\{…\})|https?://\S+')
# A mark at the end, and what may stand for it; a list that goes on ends in 等 in Chinese.
ENDS = {'…': '…等', ':': ':：', '.': '.。', '?': '?？', '!': '!！'}


def catalogues(tree):
    """(language, its messages without the header) of every language that can be read."""
    for language in listed(tree, 'LINGUAS'):
        path = tree.source / 'po' / f'{language}.po'
        if path.exists():
            yield language, [m for m in parse(path.read_text(encoding='utf-8')) if m.msgid]


def short(text):
    text = text.replace('\n', '⏎')
    return f'“{text[:57]}…”' if len(text) > 58 else f'“{text}”'


def told(language, what, texts, total=None):
    """One line for any number of messages with the same fault."""
    if texts:
        count = f'{len(texts)} of {total}' if total else str(len(texts))
        more = ', …' if len(texts) > SHOWN else ''
        yield f'{language}: {what} ({count}): ' + ', '.join(map(short, texts[:SHOWN])) + more


def check_every_word_of_an_option_is_translated(tree):
    words = {row[name] for row in options(tree) for name in ('label', 'help', 'unit') if row[name]}
    for language, messages in catalogues(tree):
        yield from told(language, 'not in the catalogue', sorted(words - {m.msgid for m in messages if m.translated}))


def compared(tree, what, fault):
    """Complaints about every answer for which fault(language, question, answer) is true."""
    for language, messages in catalogues(tree):
        wrong = [answer for message in messages if message.translated
                 for question, answer in message.pairs() if fault(language, question, answer)]
        yield from told(language, what, wrong)


def check_the_languages_are_sorted_and_each_has_a_catalogue(tree):
    languages = listed(tree, 'LINGUAS')
    if languages != sorted(set(languages)):
        yield f'po/LINGUAS: not sorted, or a language twice: {" ".join(languages)}'
    there = {p.stem for p in tree.files('po/*.po')}
    yield from (f'{name}: in only one of po/LINGUAS and po/*.po' for name in sorted(there ^ set(languages)))
    yield from (f'{name}: this test does not know its plurals and quotes' for name in languages if name not in LANGUAGES)


def check_every_catalogue_is_well_formed(tree):
    for language in listed(tree, 'LINGUAS'):
        code, words = tool('msgfmt', '--check', '-o', '/dev/null', tree.source / 'po' / f'{language}.po')
        if code != 0 or words.strip():
            yield f'{language}: {words.strip()}'


def check_every_header_names_language_encoding_and_plurals(tree):
    for language in listed(tree, 'LINGUAS'):
        messages = parse((tree.source / 'po' / f'{language}.po').read_text(encoding='utf-8'))
        fields = header(messages)
        if fields.get('Language') != language or fields.get('Content-Type') != 'text/plain; charset=UTF-8':
            yield f'{language}: the header says it is “{fields.get("Language")}”, “{fields.get("Content-Type")}”'
        wanted, form, _ = LANGUAGES.get(language, (0, None, None))
        count, formula = plural_forms(fields)
        if count != wanted or (formula and any(formula(n) != form(n) for n in range(1200))):
            yield f'{language}: wrong plural forms: {fields.get("Plural-Forms")}'
        wrong = [m.msgid for m in messages if m.msgid_plural is not None and sorted(m.answers) != list(range(wanted))]
        yield from told(language, f'not {wanted} plural forms', wrong)


def check_every_catalogue_is_complete(tree):
    with tempfile.TemporaryDirectory() as folder:
        wanted, complaints = extract(tree, folder)
    yield from complaints
    if not complaints and len(wanted) < 100:
        yield f'xgettext found only {len(wanted)} messages'
    for language, messages in catalogues(tree):
        there = {m.key: m for m in messages}
        total = len(wanted)
        missing = [m.msgid for m in wanted if m.key not in there or there[m.key].msgid_plural != m.msgid_plural]
        known = [there[m.key] for m in wanted if m.key in there]
        yield from told(language, 'not in the catalogue', missing, total)
        yield from told(language, 'not translated', [m.msgid for m in known if not m.translated], total)
        yield from told(language, 'fuzzy', [m.msgid for m in known if m.fuzzy], total)


def conversions(text):
    """A format's conversions, in the order of the arguments they take; None if that order cannot be told."""
    found = [(number, kind) for number, kind in CONVERSION.findall(text) if kind[-1] != '%']
    if not any(number for number, _ in found):
        return [kind for _, kind in found]
    if not all(number for number, _ in found):
        return None
    return [kind for _, kind in sorted(set(found), key=lambda pair: int(pair[0][:-1]))]


def check_formats_take_the_same_arguments_in_the_same_order(tree):
    return compared(tree, 'other conversions', lambda _, question, answer:
                    conversions(question) != conversions(answer) or question.count('%%') != answer.count('%%'))


def check_what_is_typed_as_it_stands_stays_as_it_is(tree):
    return compared(tree, 'options, ids or escapes differ', lambda _, question, answer:
                    sorted(set(VERBATIM.findall(question))) != sorted(set(VERBATIM.findall(answer))))


def other_edges(_, question, answer):
    if answer.endswith('：'):  # a wide colon needs no blank behind it
        question = question.rstrip()
    return any(re.search(edge, question).group(0) != re.search(edge, answer).group(0) for edge in (r'\A\s*', r'\s*\Z'))


def check_blanks_and_line_ends_at_both_ends_are_kept(tree):
    return compared(tree, 'other blanks or line ends at an end', other_edges)


def check_mnemonics_are_kept(tree):
    return compared(tree, 'no mnemonic, or a second one', lambda _, question, answer:
                    re.fullmatch(r'[A-Za-z …]*_[A-Za-z …]+', question) and len(re.findall(r'_\w', answer)) != 1)


def other_end(_, question, answer):
    question, answer = question.rstrip(), answer.rstrip()
    for mark, allowed in ENDS.items():
        if question.endswith(mark) and ' ' in question and not answer.endswith(tuple(allowed)):
            return True
        if answer.endswith((mark, allowed[1])) and allowed[1] != '等' and not question.endswith(mark):
            return True
    return '...' in answer and '...' not in question


def check_ends_with_the_same_mark(tree):
    return compared(tree, 'begins or stops to end in “…”, “:”, “.”, “?” or “!”', other_end)


def other_quotes(language, question, answer):
    if '"' in answer and '"' not in question:
        return True
    wanted = question.count('“')
    return not any(answer.count(pair[0]) == answer.count(pair[1]) == wanted for pair in LANGUAGES[language][2])


def check_quotes_are_those_of_the_language_and_as_many(tree):
    return compared(tree, 'other quotes', other_quotes)


def answers_for(messages, place):
    """What the catalogue has for a file: what a build writes beside the English."""
    return {m.msgid: m.answers[0] for m in messages if place in m.places and m.translated and not m.fuzzy}


def check_the_desktop_entry_speaks_every_language(tree):
    entry = built(tree, '.desktop').read_text(encoding='utf-8')
    fields = re.findall(r'^(GenericName|Comment|Keywords)=(.*)$', entry, re.MULTILINE)
    if len(fields) != 3:
        yield f'only {len(fields)} fields to translate are in the built entry'
    for language, messages in catalogues(tree):
        known = answers_for(messages, 'data/porthole.desktop.in')
        wrong = [key for key, text in fields if f'\n{key}[{language}]={known.get(text)}\n' not in entry]
        yield from told(language, 'not translated in the built entry', wrong)


def check_the_metainfo_speaks_every_language(tree):
    named = '{http://www.w3.org/XML/1998/namespace}lang'
    texts = {}  # what XML calls white space is folded; the no-break spaces of a language are words
    for element in ET.parse(built(tree, '.metainfo.xml')).getroot().iter():
        if element.tag in ('summary', 'p', 'li', 'caption'):
            texts.setdefault(element.get(named), []).append(re.sub('[ \t\n]+', ' ', element.text).strip(' '))
    if len(texts[None]) < 10:
        yield f'only {len(texts[None])} texts are found in the metainfo'
    for language, messages in catalogues(tree):
        known = answers_for(messages, 'data/porthole.metainfo.xml.in')
        wrong = [text for text in texts[None]
                 if known.get(text) != text and known.get(text) not in texts.get(language, [])]
        yield from told(language, 'not translated in the built metainfo', wrong, len(texts[None]))


if __name__ == '__main__':
    sys.exit(main(globals()))
