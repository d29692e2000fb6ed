#!/usr/bin/env python3
# test_manual.py: the manual pages say what the programs do, in English and in Chinese, and can be read
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_manual.py PORTHOLE_CLI [NAME…]      $PORTHOLE: the window's program, where it is built
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test
from words import TOP, Words, encodings, options, say

LANGUAGES = ('', 'zh_CN')
ESCAPES = {r'\-': '-', r'\(aq': "'", r'\(ha': '^', r'\(ti': '~', r'\&': '', r'\:': '', r'\e': '\\'}
KEYS = {'question': '?', 'Control': 'Ctrl', 'plus': '+', 'minus': '-'}


def plain(text):
    """A line without the escapes of roff."""
    return re.sub(r'\\(?:-|\(..|&|:|e)', lambda found: ESCAPES.get(found.group(0), found.group(0)), text)


class Page:
    def __init__(self, build, language, name):
        self.language, self.name = language, name
        self.path = build / 'data' / 'man' / language / f'{name}.1'
        self.text = self.path.read_text(encoding='utf-8')

    def __str__(self):
        return f'{self.language or "en"}/{self.name}.1'

    def tags(self):
        """Of each .TP: the line with what it describes, and the lines behind it."""
        for part in re.split(r'^\.TP\n', self.text, flags=re.MULTILINE)[1:]:
            tag, _, rest = part.partition('\n')
            yield plain(tag), re.split(r'^\.S[HS] ', rest, flags=re.MULTILINE)[0]

    def options(self):
        return {option for tag, _ in self.tags() for option in re.findall(r'(?<![\w-])--?[A-Za-z][a-z-]*', tag)}

    def with_value(self):
        return {option for tag, _ in self.tags() for option in re.findall(r'(--[a-z-]+) =\\fI', tag)}

    def about(self, option):
        return next(text for tag, text in self.tags() if re.search(rf'(?<![\w-]){option}(?![\w-])', tag))

    def bold(self, option):
        """The words in bold type in what is said of an option, but for other options and section names."""
        text = self.about(option)
        words = [word for line in re.findall(r'^\.BR? (.*)$', text, re.MULTILINE) for word in shlex.split(plain(line))[::2]]
        words += [plain(word) for word in re.findall(r'\\fB(.*?)\\fR', text)]
        return {word for word in words if re.fullmatch('[a-z][a-z0-9-]*', word)}

    def blocks(self):
        """The displays, as they are to be typed."""
        return [plain(block) for block in re.findall(r'^\.EX\n(.*?)^\.EE$', self.text, re.MULTILINE | re.DOTALL)]

    def commands(self):
        """The words of each command of one of our programs."""
        for block in self.blocks():
            for line in block.replace('\\\n', ' ').split('\n'):
                if line.startswith(('porthole ', 'porthole-cli ')):
                    yield shlex.split(re.sub(r'\s+(2?>\S+|&)', '', line))

    def shape(self):
        return re.findall(r'^\.(SH|SS|TP|EX)\b', self.text, re.MULTILINE)


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


class Manual(Test):
    def setUp(self):
        self.build = Path(harness.PROGRAM).resolve().parents[2]
        self.programs = {'porthole-cli': harness.PROGRAM}
        if os.environ.get('PORTHOLE'):
            self.programs['porthole'] = os.environ['PORTHOLE']
        self.known = {name: Words(program) for name, program in self.programs.items()}

    def has_macros(self, name):
        return subprocess.run(['groff', f'-m{name}', '-Tutf8'], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE, check=False).returncode == 0

    def each(self, check):
        for language in LANGUAGES:
            for name in self.programs:
                page = Page(self.build, language, name)
                with self.subTest(page=str(page)):
                    check(page, self.known[name])

    def test_every_option_is_described_and_no_other(self):
        def check(page, known):
            self.assertEqual(page.options(), known.every_option)
            self.assertEqual(page.with_value(), known.with_value)
        self.each(check)

    def test_every_option_of_a_transport_is_described_with_its_default_and_its_limit(self):
        def check(page, known):
            for row in options(harness.PROGRAM) if page.name == 'porthole-cli' else []:
                text = page.about(f'--{row["id"]}')
                self.assertIn(str(row['default']), text, row)
                if row['max'] < 2 ** 31 - 1:
                    self.assertIn(str(row['max']), text, row)
        self.each(check)

    def test_every_word_that_an_option_takes_is_named_and_no_other(self):
        def check(page, known):
            self.assertEqual(page.bold('--encoding'), encodings(harness.PROGRAM))
            for option, words in (('--format', known.formats), ('--line-ending', known.line_endings)):
                if option in known.options:
                    self.assertEqual(page.bold(option), words)
        self.each(check)

    def test_every_cause_of_an_error_is_named(self):
        table = (TOP / 'src' / 'platform' / 'ph-error.c').read_text(encoding='utf-8')
        causes = set(re.findall(r'\[PH_ERROR_\w+\] =\s*\{ "([a-z-]+)"', table))
        self.assertGreater(len(causes), 20)
        for page in (Page(self.build, language, 'porthole-cli') for language in LANGUAGES):
            with self.subTest(page=str(page)):
                self.assertEqual(causes - page.bold('error'), set())

    def test_every_protocol_is_described(self):
        def check(page, known):
            described = {tag.split(' ', 1)[1] for tag, _ in page.tags() if tag.startswith('.B ')}
            self.assertLessEqual(known.transports, described)
        self.each(check)

    def test_every_example_is_understood(self):
        def check(page, known):
            commands = list(page.commands())
            self.assertGreater(len(commands), 2)
            folder = tempfile.TemporaryDirectory()  # for the files that examples make
            self.addCleanup(folder.cleanup)
            for name, *words in commands:
                words = [word.replace('example.org', '127.0.0.1') for word in words]
                if name == 'porthole-cli':
                    words += ['--duration', '0', '--no-stdin'] + ['--connect-timeout', '100'] * ('tcp-client' in words)
                status, text = say(Path(self.programs[name]).resolve(), *words, cwd=folder.name)
                self.assertIn(status, (0, 1), text)  # 1: a port that is in use here, or no display for a window
                self.assertNotIn('--help', text)
        self.each(check)

    def test_the_script_that_waits_learns_the_port_though_an_earlier_run_left_its_file(self):
        for page in (Page(self.build, language, 'porthole-cli') for language in LANGUAGES):
            script = next(block for block in page.blocks() if 'until read' in block)
            with self.subTest(page=str(page)), tempfile.TemporaryDirectory() as folder:
                Path(folder, 'status').write_text('open udp 127.0.0.1:1\n')
                Path(folder, 'porthole-cli').symlink_to(Path(harness.PROGRAM).resolve())
                done = subprocess.run(['sh', '-c', script.replace('60', '1') + 'wait\n'], cwd=folder, timeout=PATIENCE,
                                      env={**os.environ, 'PATH': f'{folder}:{os.environ["PATH"]}'}, capture_output=True)
                self.assertEqual(f'open udp {done.stdout.decode()}', Path(folder, 'status').read_text())
                self.assertEqual(done.stderr, b'')

    def test_an_example_with_a_mistake_would_be_found(self):
        for name, program in self.programs.items():
            status, text = say(program, 'udp', '--lokal', ':0')
            self.assertEqual(status, 2, name)
            self.assertIn('--help', text)

    def test_every_key_of_the_page_is_one_of_the_window(self):
        root = ET.parse(TOP / 'ui' / 'window' / 'shortcuts.ui').getroot()
        there = set()
        for element in root.iter('property'):
            if element.get('name') == 'accelerator':
                *mods, key = re.findall(r'[^<>]+', element.text)
                key = KEYS.get(key, key.upper() if len(key) == 1 else key)
                first, *last = key.split('...')  # 1...9
                keys = map(str, range(int(first), int(last[0]) + 1)) if last else [key]
                there |= {'+'.join([*(mod.capitalize() for mod in mods), each]) for each in keys}
        for page in (Page(self.build, language, 'porthole') for language in LANGUAGES if 'porthole' in self.programs):
            named = set(re.findall(r'\b(?:(?:Ctrl|Alt|Shift)\+)+(?:F\d+|[A-Za-z]+|[0-9?])|\bF\d+\b', page.text))
            self.assertGreater(len(named), 15)
            self.assertLessEqual(named, there, page)

    def test_the_translation_has_every_paragraph_and_example(self):
        for name in self.programs:
            english, chinese = (Page(self.build, language, name) for language in LANGUAGES)
            self.assertEqual(english.shape(), chinese.shape(), name)
            self.assertEqual(list(english.commands()), list(chinese.commands()), name)

    def test_version_and_date_are_those_of_the_release(self):
        metainfo = (TOP / 'data' / 'porthole.metainfo.xml.in').read_text(encoding='utf-8')
        _, date = re.search(r'<release version="([^"]+)" date="([^"]+)"', metainfo).groups()

        def check(page, _):
            version = say(self.programs[page.name], '--version')[1].split()[1]
            self.assertRegex(page.text, rf'(?m)^\.TH \S+ 1 {date} "Porthole {re.escape(version)}" ')
            self.assertNotRegex(page.text, r'@\w+@')
        self.each(check)

    def test_mandoc_has_nothing_to_say(self):
        if shutil.which('mandoc') is None:
            self.skipTest('mandoc is not installed')

        def check(page, _):
            done = subprocess.run(['mandoc', '-Tlint', '-Wwarning', str(page.path)], capture_output=True, text=True,
                                  timeout=PATIENCE, check=False)
            self.assertEqual(done.stdout + done.stderr, '')
        self.each(check)

    def test_every_page_is_set_to_the_width_of_a_terminal(self):
        if shutil.which('groff') is None:
            self.skipTest('groff is not installed')

        def check(page, _):
            # Chinese lines are broken by rules of their own, which some versions of groff never come to an end with.
            macros = ['-mzh'] if page.language and self.has_macros('zh') else []
            for columns in (80, 100):
                done = subprocess.run(['groff', '-Kutf8', '-Tutf8', '-P-c', '-P-b', '-P-o', '-P-u', *macros, '-mandoc',
                                       f'-rLL={columns}n', str(page.path)], capture_output=True, timeout=PATIENCE,
                                      check=False)
                self.assertEqual((done.returncode, done.stderr.decode()), (0, ''))
                lines = done.stdout.decode().split('\n')
                self.assertGreater(len(lines), 50)
                self.assertEqual([line for line in lines if width(line) > columns], [])
        self.each(check)

    def test_pages_and_completions_are_installed_where_they_are_looked_for(self):
        options = json.loads((self.build / 'meson-info' / 'intro-buildoptions.json').read_text(encoding='utf-8'))
        prefix = Path(next(option['value'] for option in options if option['name'] == 'prefix'))
        if not (prefix / 'bin' / 'porthole-cli').exists():
            self.skipTest(f'nothing is installed in {prefix}')
        places = [str(path) for path in prefix.glob('share/**/*') if path.is_file()]
        wanted = ['/zsh/site-functions/_porthole']
        for name in self.programs:
            wanted += [f'/man/man1/{name}.1', f'/man/zh_CN/man1/{name}.1', f'/bash-completion/completions/{name}',
                       f'/fish/vendor_completions.d/{name}.fish']
        self.assertEqual([end for end in wanted if not any(path.endswith(end) for path in places)], [])


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
