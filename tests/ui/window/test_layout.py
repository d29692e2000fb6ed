#!/usr/bin/python3
"""test_layout.py: in every language, from left to right and from right to left, nothing overlaps and nothing is cut off

SPDX-License-Identifier: GPL-3.0-or-later

    test_layout.py PROGRAM PICTURES LINGUAS [NAME…]

PORTHOLE_TEST_LANGUAGES="de zh_CN" looks at these only.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
import tap  # noqa: E402

PATIENCE = 120
# GTK 4.24 says so of every popover, also of an empty program's.
NOT_OURS = 'gdk_frame_timings_submitted() called on submitted frame'
PROGRAM, PICTURES, LINGUAS = sys.argv[1:4]


class Layout(unittest.TestCase):
    """A test for each language; all of them in a locale that is made here, as translations need one."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        made = shutil.which('localedef') is not None and subprocess.run(
            ['localedef', '-i', 'en_US', '-f', 'UTF-8', f'{cls.folder}/en_US.UTF-8'], capture_output=True).returncode == 0
        if not made:
            raise unittest.SkipTest('the locale en_US cannot be made here')

    def check(self, language, direction):
        # The accessibility tree is not needed here, and costs a sixth of the time.
        env = {**os.environ, 'LOCPATH': self.folder, 'LC_ALL': 'en_US.UTF-8', 'G_DEBUG': 'fatal-criticals', 'GTK_A11Y': 'none'}
        folder = os.path.join(PICTURES, f'{language}-{direction}')
        result = subprocess.run([PROGRAM, language, direction, folder], env=env, capture_output=True, text=True,
                                timeout=PATIENCE)
        if result.returncode != 0:
            self.fail(f'exit status {result.returncode}\n{result.stdout}{result.stderr}')
        self.assertEqual([line for line in result.stderr.splitlines() if line and NOT_OURS not in line], [])


def add_test(language, direction):
    def test(self):
        self.check(language, direction)
    setattr(Layout, f'test_{language}_{direction}', test)


with open(LINGUAS, encoding='utf-8') as lines:
    languages = ['en', *(line.strip() for line in lines if line.strip() and not line.startswith('#'))]
    for one in os.environ.get('PORTHOLE_TEST_LANGUAGES', ' '.join(languages)).split():
        add_test(one, 'ltr')
        add_test(one, 'rtl')


if __name__ == '__main__':
    sys.exit(tap.run(sys.modules[__name__], sys.argv[4:]))
