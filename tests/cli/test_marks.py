#!/usr/bin/env python3
# test_marks.py: no text of a record, a file name or an argument reaches an output as it is
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_marks.py PORTHOLE_CLI [NAME…]
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

import harness
import made
from harness import PATIENCE, Test

LONG = b'very long ' * 5000
# Options, and whether they take a value: from the help, so that what is new is tried too.
FLAG = re.compile(r'^ +(?:-\w, )?(--[\w-]+)(=?)', re.M)


class Marks(Test):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def run_program(self, *words, program=None):
        # What is understood after all ends for want of a display.
        done = subprocess.run([program or harness.PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                              env=dict(os.environ, LC_ALL='C.UTF-8', DISPLAY='', WAYLAND_DISPLAY='', G_DEBUG=''))
        self.assertGreaterEqual(done.returncode, 0, (words, done.stderr))
        return done

    def assert_safe(self, output, what, keep='\n'):
        text = output.decode()  # it is UTF-8
        self.assertEqual(made.unsafe(text, keep), [], (what, text[:2000]))
        return text

    def formats(self):
        text = self.run_program('--help').stdout.decode()
        names = re.search(r'^Formats\n(.*?)^  With', text, re.M | re.S).group(1)
        return re.findall(r'^  (\w+) ', names, re.M)

    def test_every_kind_of_record_is_read_without_harm_in_every_format(self):
        path = made.hostile(os.path.join(self.folder, 'a.porthole'), [*made.HOSTILE, LONG[:1000]])
        formats = self.formats()
        self.assertIn('netassist', formats)
        for form in formats:
            for words in ((), ('--hex',), ('--quiet',), ('--encoding', 'gbk')):
                done = self.run_program('read', path, '--format', form, *words)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assert_safe(done.stderr, (form, words))
                if form == 'raw':
                    continue
                text = self.assert_safe(done.stdout, (form, words), keep='\n\t')
                self.assertEqual('\n' in text, '--quiet' not in words)
                if form == 'json':
                    self.assertEqual([made.unsafe(str(json.loads(line)['peer'])) for line in text.splitlines() if line],
                                     [[]] * text.count('\n'))
                if form == 'log':
                    for line in text.splitlines():
                        self.assertRegex(line, r'^(    |\d\d:\d\d:\d\d\.\d{3} [←→·!] )')
        self.assert_safe(self.run_program('read', path, '--verify').stdout, 'verify')

    def test_no_name_of_a_file_reaches_a_message_as_it_is(self):
        for name in made.HOSTILE:
            path = os.path.join(self.folder.encode(), name.replace(b'/', b'') + b'.porthole')
            for words in (('read', path), ('read', path, '--verify'), ('udp', '--local', '127.0.0.1:0', '--capture', path + b'/no')):
                done = self.run_program(*words)
                self.assertEqual(done.returncode, 1, words)
                self.assertEqual(self.assert_safe(done.stderr, words).count('\n'), 1)

    def test_no_file_that_is_sent_reaches_the_log_as_it_is(self):
        for name in made.HOSTILE:
            path = os.path.join(self.folder.encode(), name.replace(b'/', b''))
            done = self.run_program('udp', '--local', '127.0.0.1:0', '--remote', '127.0.0.1:9', '--end-when-sent', '--send-file', path)
            self.assertEqual(done.returncode, 1)
            self.assertIn('there is no such file', self.assert_safe(done.stdout, name))
            self.assert_safe(done.stderr, name)

    def options(self, program):
        done = self.run_program('--help', program=program)
        return FLAG.findall(done.stdout.decode())

    def assert_refused(self, words, program):
        done = self.run_program(*words, program=program)
        text = self.assert_safe(done.stderr, words)
        self.assert_safe(done.stdout, words)
        self.assertIn(done.returncode, (1, 2), (words, text))
        self.assertLess(len(text), 6000)

    def test_no_argument_reaches_a_message_as_it_is(self):
        programs = [harness.PROGRAM] + ([os.environ['PORTHOLE']] if 'PORTHOLE' in os.environ else [])
        for program in programs:
            options = self.options(program)
            self.assertGreater(len(options), 4)
            for value in [*made.HOSTILE, LONG]:
                self.assert_refused([b'--' + value], program)
                self.assert_refused([value.replace(b'/', b'')], program)
                self.assert_refused([b'udp', value.replace(b'/', b'')], program)
                for option, takes in options:
                    if takes and option not in ('--send', '--capture', '--save', '--send-file'):
                        self.assert_refused([b'udp', option.encode() + b'=' + value], program)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
