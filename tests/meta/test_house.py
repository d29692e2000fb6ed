#!/usr/bin/env python3
"""test_house.py: files keep the rules of the house: rooms, sizes, names, licences, comments

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import subprocess
import sys

from tree import Skip, main

LONGEST_FILE = 600
LONGEST_FUNCTION = 50
GENERATED = {'ph-config.h', 'ph-resources.c', 'ph-resources.h'}  # by the build
FUNCTION = re.compile(r'^(\w+) \([^;{}]*\)\n\{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
DOC_COMMENT = re.compile(r'^/\*\*\n(.*?)^ \*/\n([^{;]*)', re.MULTILINE | re.DOTALL)
DOC_LINE = re.compile(r'^ \* (@(\w+): (?:an?|the) ([\w -]+?)[;.]?)$', re.MULTILINE)
TOP_LEVEL = {'meson.build', 'meson_options.txt', 'README.md', 'LICENSE', 'run', 'src', 'ui', 'po', 'data', 'tests',
             'flatpak'}
SOURCES = ('.c', '.h', '.py', '.ui', '.css', '.build')
# Spelled so that this line is not what it looks for.
MACHINE_PATH = r'(?<![\w.])/(?:wor[k]|roo[t]|hom[e]|User[s])/\w'
APP_ID = 'io.github.porthole' + '.Porthole'


def sources(tree):
    return [p for p in tree.files() if p.suffix in SOURCES]


def texts(tree):
    return [p for p in tree.files() if p.suffix not in ('.png', '.ico', '.pcap', '.bin') and p.name != 'LICENSE']


def check_no_file_is_longer_than_600_lines(tree):
    for path in sources(tree):
        lines = tree.text(path).count('\n')
        if lines > LONGEST_FILE:
            yield f'{path}: {lines} lines'


def check_no_function_is_longer_than_50_lines(tree):
    seen = 0
    for path in tree.under('src', '.c', '.h'):
        for match in FUNCTION.finditer(tree.code(path)):
            seen += 1
            lines = match.group(2).count('\n')
            if lines > LONGEST_FUNCTION:
                yield f'{path}: {match.group(1)} has {lines} lines'
    if seen < 1000:
        yield f'only {seen} functions are found'


def check_threads_are_started_where_one_that_cannot_be_had_is_an_error(tree):
    """g_thread_new() and GLib's pools end the program where the system starts no more threads."""
    for path in tree.under('src', '.c', '.h'):
        if path.parts[1] != 'platform':
            for call in re.findall(r'\b(g_thread_\w*new\w*|g_task_run_in_thread\w*) \(', tree.code(path)):
                yield f'{path}: {call}(): use ph_thread_run() or ph_task_run()'


def words_of(*names):
    """The words that names are made of, in the singular: of “peers” and “PhLogView” they are peer, ph, log and view."""
    return {word.lower().rstrip('s') for name in names for word in re.findall(r'[A-Z]?[a-z]+', name)}


def check_no_doc_line_only_repeats_a_name(tree):
    """“@link: a link” says nothing that the name or the type of the parameter does not say."""
    for path in tree.under('src', '.c', '.h'):
        for comment in DOC_COMMENT.finditer(tree.text(path)):
            for line, name, said in DOC_LINE.findall(comment.group(1)):
                types = re.findall(r'(\w+) [*\s]*' + name + r'\b', comment.group(2))
                if words_of(said) <= words_of(name, *types):
                    yield f'{path}: {line}'


def check_every_file_that_is_named_exists(tree):
    known = {p.name for p in tree.files()} | GENERATED
    for path in tree.under('src', '.c', '.h', '.md', '.build') + tree.under('tests', '.c', '.h', '.build') + tree.under('ui'):
        for number, line in enumerate(tree.text(path).split('\n'), 1):
            yield from (f'{path}:{number}: no file “{name}”' for name in re.findall(r'\b(?:ph|test)-[a-z0-9-]+\.[ch]\b', line)
                        if name not in known)


def check_no_line_ends_in_a_blank_and_no_file_without_a_newline(tree):
    for path in sources(tree):
        text = tree.text(path)
        yield from (f'{path}:{number}: blank at the end' for number, line in enumerate(text.split('\n'), 1)
                    if line != line.rstrip())
        if text and not text.endswith('\n'):
            yield f'{path}: no newline at its end'


def check_every_source_file_begins_by_saying_what_it_does_under_which_licence(tree):
    scripts = [p for p in tree.files() if p.name in ('run', 'with-display')]
    for path in tree.files('*.c', '*.h', '*.py') + scripts:
        head = tree.text(path)[:4000].split('*/')[0]
        if 'SPDX-License-Identifier: GPL-3.0-or-later' not in head:
            yield f'{path}: no SPDX line in its first comment'
        if not re.search(r'^(/\*|#|""")\s*' + re.escape(path.name) + r':', head, re.MULTILINE):
            yield f'{path}: its first comment is not “{path.name}: what it does”'


def check_nothing_unfinished_is_left(tree):
    paths = [p for p in sources(tree) if p.parts[0] in ('src', 'ui')]
    return tree.grep(r'\b(TODO|FIXME|XXX|HACK)\b', paths)


def check_no_file_knows_a_path_of_one_machine(tree):
    return tree.grep(MACHINE_PATH, texts(tree))


def check_the_application_id_is_named_in_one_place(tree):
    # Templates and resources cannot ask the build, and catalogues name the schema's file.
    paths = [p for p in texts(tree) if p.parts[0] in ('src', 'data', 'tests', 'run') and not p.name.startswith(APP_ID)]
    return tree.grep(re.escape(APP_ID), paths)


def check_the_top_level_holds_what_the_design_says_and_nothing_else(tree):
    try:
        command = ['git', '-C', tree.source, 'ls-files', '-co', '--exclude-standard']
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError) as error:
        raise Skip('not a git work tree') from error
    top = {name.split('/')[0] for name in listed}
    return [f'{name}: not of the design' for name in sorted(top - TOP_LEVEL) if not name.startswith('.')]


if __name__ == '__main__':
    sys.exit(main(globals()))
