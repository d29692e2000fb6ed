#!/usr/bin/env python3
# test_tsan.py: ThreadSanitizer finds a race, and takes what GLib hands over for none
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_tsan.py RACE
import os
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True  # the source tree stays as it is
import tap  # noqa: E402


class Tsan(unittest.TestCase):
    def run_it(self, *words):
        env = dict(os.environ, TSAN_OPTIONS='exitcode=66')
        return subprocess.run([sys.argv[1], *words], capture_output=True, env=env, timeout=60)

    def test_what_glib_hands_over_is_no_race(self):
        done = self.run_it()
        self.assertEqual((done.returncode, done.stderr), (0, b''))

    def test_a_race_is_found(self):
        done = self.run_it('race')
        self.assertEqual(done.returncode, 66)
        self.assertIn(b'data race', done.stderr)
        self.assertIn(b'race.c', done.stderr)


if __name__ == '__main__':
    sys.exit(tap.run(sys.modules[__name__], []))
