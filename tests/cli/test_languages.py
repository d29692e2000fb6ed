#!/usr/bin/env python3
# test_languages.py: the installed porthole-cli speaks every language of po/LINGUAS: help, errors and the log
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_languages.py PORTHOLE_CLI [NAME…]
import os
import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
TOP = Path(__file__).resolve().parents[2]
sys.path.insert(1, str(TOP / 'tests' / 'meta'))

import harness
from catalogue import listed, parse
from harness import PATIENCE, Test
from tree import Tree

COMPLETE = 'zh_CN'  # translated before any other: what is asked of a language is never nothing


def utf8_locale():
    """A locale of this system that is UTF-8: LANGUAGE counts in it. Better not the C one, whose language some ignore."""
    known = subprocess.run(['locale', '-a'], capture_output=True, text=True, check=False).stdout.split()
    named = sorted(name for name in known if re.search(r'\.utf-?8$', name, re.IGNORECASE))
    return next((name for name in named if not name.startswith('C.')), 'C.UTF-8')


class Languages(Test):
    def setUp(self):
        self.languages = listed(Tree(TOP), 'LINGUAS')
        self.locale = utf8_locale()

    def messages(self, language, name):
        """English and translation of a file's messages, as far as they are translated: tests/meta asks for all.
        The folders of a catalogue's places are those of the last update-po, so only the file's name counts."""
        text = (TOP / 'po' / f'{language}.po').read_text(encoding='utf-8')
        return {m.msgid: m.answers[0] for m in parse(text)
                if f'/{name}' in m.places and m.translated and not m.fuzzy}

    def say(self, language, *words):
        """Runs it in a language; returns its status, standard output and standard error."""
        done = subprocess.run([harness.PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=PATIENCE, env=dict(os.environ, LC_ALL=self.locale, LANGUAGE=language))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def each(self, name, check):
        """Calls check(language, English to translation of the messages of a file) for every language."""
        for language in self.languages:
            with self.subTest(language=language):
                check(language, self.messages(language, name))

    def translated(self, language, known, question):
        answer = known.get(question, question)
        self.assertTrue(answer != question or language != COMPLETE, f'“{question}” has no translation to look for')
        return answer

    def test_help_is_in_every_language(self):
        _, english, _ = self.say('en', '--help')

        def check(language, known):
            shown = {text: answer for text, answer in known.items() if text in english and answer != text}
            status, text, _ = self.say(language, '--help')
            self.assertEqual(status, 0)
            self.assertEqual([answer for answer in shown.values() if answer not in text], [])
            self.assertEqual([question for question in shown if len(question) > 12 and question in text], [])
            self.assertTrue(len(shown) > 15 or language != COMPLETE, f'only {len(shown)} messages are in the help')
        self.each('ph-cli-options.c', check)

    def test_an_error_of_the_command_line_is_in_every_language(self):
        def check(language, known):
            status, _, text = self.say(language)
            self.assertEqual(status, 2)
            self.assertIn(self.translated(language, known, 'say what to open: one of %s') %
                          'udp, tcp-client, tcp-server', text)
        self.each('ph-cli-options.c', check)

    def test_an_error_of_the_engine_is_in_every_language(self):
        def check(language, known):
            status, _, text = self.say(language, 'udp', '--local', ':http')
            self.assertEqual(status, 2)
            self.assertIn(self.translated(language, known, '“%s” is not a port: a port is a number') % 'http', text)
        self.each('ph-place.c', check)

    def test_the_log_is_in_every_language_and_the_line_for_scripts_in_none(self):
        def check(language, known):
            status, log, told = self.say(language, 'tcp-server', '--local', '127.0.0.1:0', '--duration', '0')
            self.assertEqual(status, 0)
            address = re.match(r'open tcp-server (127\.0\.0\.1:\d+)\n', told)
            self.assertTrue(address, told)
            self.assertIn(self.translated(language, known, 'Open on %s') % address.group(1), log)
        self.each('ph-format-event.c', check)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
