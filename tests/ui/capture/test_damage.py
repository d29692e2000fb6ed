#!/usr/bin/python3
"""test_damage.py: files that are no captures, are damaged, or change or vanish while they are shown: a message, and nothing worse

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, WindowTest, bound_port, wait_for  # noqa: E402

import made  # noqa: E402


class Damage(WindowTest):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        self.folder = os.path.join(self.home, 'porthole', 'captures')
        os.makedirs(self.folder)

    def begin(self, *arguments):
        return self.start(*arguments, XDG_CACHE_HOME=self.home)

    def path(self, name):
        return os.path.join(self.home, name)

    def look_around(self, window):
        """Shows the log in every mode, scrolls to both ends, and searches."""
        for mode in ('Show table', 'Show bytes', 'Show compact'):
            window.click(mode)
            window.keys('Tab', 'ctrl+Home', 'Next', 'ctrl+End', 'Prior')
        window.keys('ctrl+f')
        subprocess.run(['xdotool', 'type', 'a'], check=True)
        window.keys('Return', 'Return', 'Escape')
        self.assertTrue(window.is_running())

    def test_what_is_no_capture_is_told_whatever_it_is(self):
        window = self.begin()
        window.button('Open')
        for path in made.useless(self.home):
            subprocess.run([os.path.abspath(harness.PROGRAM), path], check=True, timeout=PATIENCE)
            window.wait_for_text(f'Cannot open {path}: ')
        self.assertTrue(window.is_running())

    def test_of_files_that_come_together_each_that_is_no_capture_is_told(self):
        folder, nothing = self.path('folder.porthole'), self.path('nothing.porthole')
        os.mkdir(folder)
        window = self.begin(folder, made.damaged(self.path('damaged.porthole')), nothing)
        told = window.wait_for_text('This file is damaged')
        window.picture('bad-files')
        for path in (folder, nothing):
            self.assertRegex(told, rf'(?m)^Cannot open {re.escape(path)}: ')

    def test_of_many_files_the_first_are_told_and_how_many_more_there_are(self):
        paths = [self.path(f'{i}.porthole') for i in range(12)]
        window = self.begin(*paths)
        told = window.wait_for_text('and 7 more')
        self.assertEqual([line.split(':')[0] for line in told.split('\n')],
                         [f'Cannot open {path}' for path in paths[:5]] + ['and 7 more'])
        window.picture('many-bad-files')

    def test_whatever_records_say_they_are_shown(self):
        for seed in range(2):
            with self.subTest(seed=seed):
                window = self.begin(made.wild(self.path(f'{seed}.porthole'), seed))
                window.wait_for_text('Recording, read only')
                self.look_around(window)
                window.picture(f'wild-{seed}')
                window.end()

    def test_names_that_are_no_text_are_shown(self):
        names = [b'a\nb.porthole', b'no \xff\xfe text.porthole', '\u202egpj.porthole'.encode()]
        paths = [made.stream(os.path.join(self.home.encode(), name), 1) for name in names]
        window = self.begin(*paths)
        for tab in ('a', 'no ', 'gpj'):
            window.wait_for_text(tab)
        window.wait_for_text('Recording, read only')
        window.picture('names')

    def assert_safe(self, window, part):
        window.wait_for_text(part)
        for text in (*window.texts(), window.newest()):
            self.assertEqual(made.unsafe(text), [], text)

    def test_what_a_file_and_its_records_are_called_is_shown_with_marks(self):
        name = b'a\x1b[2J\x0a\xe2\x80\xaeb\xff\xc2\x9b\xe2\x80\xa8.porthole'
        path = os.path.join(self.home.encode(), name)
        made.hostile(path)
        window = self.begin(path)
        self.assert_safe(window, 'a⟨ESC⟩[2J⟨LF⟩⟨U+202E⟩b')
        for mode in ('Show table', 'Show bytes', 'Show compact'):
            window.click(mode)
            for keys in ('ctrl+Home', 'Down', 'Next', 'Next', 'ctrl+End'):
                window.keys(keys)
                self.assert_safe(window, 'a⟨ESC⟩[2J⟨LF⟩⟨U+202E⟩b')
        window.keys('ctrl+shift+p')
        self.assert_safe(window, '⟨U+202E⟩')
        window.keys('Escape')
        os.mkdir(os.path.join(self.home.encode(), b'no\x1b\x0a.porthole'))
        subprocess.run([os.path.abspath(harness.PROGRAM), os.path.join(self.home.encode(), b'no\x1b\x0a.porthole')], check=True,
                       timeout=PATIENCE)
        self.assert_safe(window, 'no⟨ESC⟩⟨LF⟩.porthole')
        window.picture('hostile')

    def test_billions_of_missing_records_are_a_step(self):
        path = self.path('skip.porthole')
        missing = made.skip(path)
        window = self.begin(path)
        window.wait_for_text(f'This file is damaged: {missing:,} records are missing')
        self.look_around(window)
        window.click('Show table')
        window.keys('ctrl+End')
        window.picture('billions')
        window.wait_for_newest('late 9')

    def test_what_a_damaged_file_does_not_count_is_not_said_to_be_nothing(self):
        window = self.begin(made.damaged(self.path('damaged.porthole')))
        missing = 'This file is damaged: 1,000 records are missing'
        window.wait_for_text(missing)
        window.wait_for_text('Lost unknown')
        window.explain_losses()
        window.wait_for_text('Losses told in the missing part are not counted.')
        self.assertEqual([text for text in window.texts() if text.startswith(('Lost 0', 'Nothing was lost'))], [])
        self.assertEqual(window.texts().count(missing), 2)
        window.picture('lost-unknown')

    def test_what_the_rest_of_a_damaged_file_counts_is_shown(self):
        window = self.begin(made.damaged(self.path('damaged.porthole'), made.record(b'count=12\0', made.LOSS, 0, detail=made.KERNEL)))
        window.wait_for_text('Lost 12')
        window.explain_losses()
        window.wait_for_text('The system dropped 12 datagrams')
        window.wait_for_text('Losses told in the missing part are not counted.')
        window.picture('lost-at-least')

    def test_a_file_without_an_end_may_have_lost_what_it_does_not_tell(self):
        path = made.stream(self.path('short.porthole'), 3)
        os.truncate(path, 2 * made.MIB + 1000)
        window = self.begin(path)
        window.wait_for_text('The end of this file is missing')
        window.wait_for_text('Lost unknown')

    def test_a_file_that_was_changed_says_at_which_record_and_shows_all_of_it(self):
        path = made.stream(self.path('changed.porthole'), 3, each=100)
        with open(path, 'r+b') as file:
            file.seek(made.MIB + 100)
            file.write(b'!')
        window = self.begin(path)
        window.wait_for_text('This file is not what was written')
        window.wait_for_text('It was changed at record 101.')
        window.wait_for_newest('line 299')

    def test_a_file_that_was_not_ended_says_where_it_is_cut_off(self):
        path = made.stream(self.path('short.porthole'), 3, each=100)
        os.truncate(path, 2 * made.MIB)
        window = self.begin(path)
        window.wait_for_text('The end of this file is missing')
        window.wait_for_text('It is cut off at record 201.')
        window.wait_for_newest('line 199')

    def test_a_file_that_is_cut_while_it_is_shown_loses_what_was_cut(self):
        path = made.stream(self.path('cut.porthole'), 60)
        window = self.begin(path)
        window.wait_for_newest('line 59999')
        os.truncate(path, 100)
        self.look_around(window)
        window.picture('cut-while-shown')

    def test_a_file_that_grows_and_goes_while_it_is_shown_stays_what_it_was(self):
        path = made.stream(self.path('grows.porthole'), 40)
        window = self.begin(path)
        window.wait_for_newest('line 39999')
        with open(path, 'ab') as file:
            file.write(made.chunk(40, 40000, [made.record(b'more')]))
        os.remove(path)
        self.look_around(window)
        window.wait_for_newest('line 39999')

    def test_a_folder_that_goes_while_a_tab_is_captured_costs_the_tab_nothing(self):
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        window.wait_for_text('Recording')
        wait_for('a file', lambda: os.listdir(self.folder))
        for name in os.listdir(self.folder):
            os.remove(os.path.join(self.folder, name))
        os.rmdir(self.folder)
        self.udp_peer().sendto(b'still here', ('127.0.0.1', port))
        window.wait_for_newest('still here')
        self.look_around(window)

    def test_ten_thousand_captures_and_what_is_none_are_listed_without_a_halt(self):
        first = made.stream(os.path.join(self.folder, '0.porthole'), 1, each=1)
        for i in range(1, 10000):
            os.link(first, os.path.join(self.folder, f'{i}.porthole'))
        made.useless(self.folder)
        window = self.begin()
        window.click('Earlier recordings')
        rows = window.find('Earlier recordings', ('list',))
        wait_for('rows', lambda: any(node.get_role_name() == 'list item' for node in harness.walk(rows)))
        window.picture('ten-thousand-captures')
        window.keys('Escape')
        window.button('Open')

    def test_nothing_is_new_in_a_file_that_is_opened_behind_others(self):
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        paths = [made.stream(self.path(f'{n}.porthole'), 20) for n in range(3)]
        subprocess.run([os.path.abspath(harness.PROGRAM), *paths], check=True, timeout=PATIENCE)
        window.wait_for_text('20,000 packets')
        self.udp_peer().sendto(b'live', ('127.0.0.1', port))
        window.wait_for_text('(1 new)')
        self.assertEqual([node.get_name() for node in harness.walk(window.root)
                          if node.get_role_name() == 'label' and ' new)' in node.get_name()], ['(1 new)'])


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
