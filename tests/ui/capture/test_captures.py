#!/usr/bin/python3
"""test_captures.py: what a tab received is on disk, listed, shown again read-only, and deleted

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, Atspi, WindowTest, bound_port, has_state, wait_for  # noqa: E402

CLI = os.environ['PORTHOLE_CLI']


class Captures(WindowTest):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        self.folder = os.path.join(self.home, 'porthole', 'captures')

    def begin(self, *arguments, **more):
        return self.start(*arguments, XDG_CACHE_HOME=self.home, **more)

    def files(self):
        return sorted(os.listdir(self.folder)) if os.path.isdir(self.folder) else []

    def make(self, text, name='made.porthole', folder=None):
        """Makes a capture of one datagram. Returns its path."""
        peer = self.udp_peer()
        path = os.path.join(folder or self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run([CLI, 'udp', '--local', '127.0.0.1:0', '--remote', '127.0.0.1:%d' % peer.getsockname()[1], '--send',
                        text, '--no-stdin', '--duration', '0', '--capture', path], check=True, capture_output=True,
                       timeout=PATIENCE)
        return path

    def read(self, path):
        return subprocess.run([CLI, 'read', path], capture_output=True, text=True, timeout=PATIENCE).stdout

    def rows(self, window):
        found = window.look('Earlier recordings', ('list',))
        return [node for node in harness.walk(found) if node.get_role_name() == 'list item'] if found else []

    def test_what_a_tab_receives_is_written_while_it_runs(self):
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        window.wait_for_text('Recording')
        self.udp_peer().sendto(b'to be kept', ('127.0.0.1', port))
        window.wait_for_newest('to be kept')
        path = os.path.join(self.folder, wait_for('a file', self.files)[0])
        wait_for('the datagram in the file', lambda: 'to be kept' in self.read(path))

    def test_a_tab_that_is_never_opened_leaves_nothing(self):
        window = self.begin()
        window.button('Open')
        window.end()
        self.assertEqual(self.files(), [])

    def test_closing_the_window_writes_the_end(self):
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        bound_port(window)
        window.keys('ctrl+q')
        window.process.wait(PATIENCE)
        self.assertEqual(window.process.returncode, 0)
        self.assertIn('Closed', self.read(os.path.join(self.folder, self.files()[0])))

    def test_a_folder_that_cannot_be_made_is_told_and_the_tab_works(self):
        with open(os.path.join(self.home, 'porthole'), 'w', encoding='utf-8') as file:
            file.write('in the way')
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        window.wait_for_text('Cannot write the recording to')
        window.wait_for_text('In memory only')
        window.picture('capture-in-memory')
        self.udp_peer().sendto(b'still works', ('127.0.0.1', bound_port(window)))
        window.wait_for_newest('still works')

    def test_a_file_is_shown_read_only(self):
        window = self.begin(self.make('from long ago', 'night.porthole'))
        window.wait_for_text('night.porthole')
        window.wait_for_text('Recording, read only')
        window.button('Show bytes')
        for name in ('Send', 'Message', 'Local address'):
            self.assertIsNone(window.look(name), name)
        self.assertFalse(has_state(window.find('Clear'), Atspi.StateType.SENSITIVE))
        window.picture('capture-read-only')
        window.click('Show bytes')
        self.assertEqual(self.files(), [])

    def test_a_damaged_file_tells_what_is_missing(self):
        path = self.make('some text')
        with open(path, 'rb') as file:
            chunk = file.read()
        with open(path, 'wb') as file:  # and the beginning of a second chunk
            file.write(chunk + chunk[:16 + 8] + (1).to_bytes(8, sys.byteorder) + chunk[32:1000])
        window = self.begin(path)
        window.wait_for_text('The end of this file is missing')
        window.picture('capture-cut')

    def test_what_is_no_capture_is_told(self):
        path = os.path.join(self.home, 'letter.porthole')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('Dear reader')
        window = self.begin(path)
        window.wait_for_text('letter.porthole: it is not a recording of Porthole')
        window.button('Open')

    def test_a_file_of_another_machine_is_told(self):
        window = self.begin('sftp://example.org/far.porthole')
        window.wait_for_text('Cannot open sftp://example.org/far.porthole: ')
        window.button('Open')

    def test_recent_captures_are_listed_shown_and_deleted(self):
        self.make('the only one', 'one.porthole', self.folder)
        window = self.begin()
        window.click('Earlier recordings')
        wait_for('a row', lambda: len(self.rows(window)) == 1)
        wait_for('its title, with the port that the system chose',
                 lambda: any(re.fullmatch(r'UDP on 127\.0\.0\.1:[1-9]\d*', text) for text in window.texts()))
        window.picture('recent-captures')
        window.click('Delete')
        wait_for('no row', lambda: len(self.rows(window)) == 0)
        self.assertEqual(self.files(), ['one.porthole'])
        window.click('Undo')
        wait_for('the row again', lambda: len(self.rows(window)) == 1)
        window.click('Show')
        window.wait_for_text('one.porthole')
        window.wait_for_text('Recording, read only')
        window.keys('ctrl+w')
        window.button('Open')
        window.click('Earlier recordings')
        wait_for('a row', lambda: len(self.rows(window)) == 1)
        window.click('Delete')
        wait_for('no row', lambda: len(self.rows(window)) == 0)
        window.keys('Escape')
        wait_for('the file gone', lambda: self.files() == [])

    def test_what_another_program_writes_is_listed_and_not_deleted(self):
        os.makedirs(self.folder)
        path = os.path.join(self.folder, 'theirs.porthole')
        writer = subprocess.Popen([CLI, 'udp', '--local', '127.0.0.1:0', '--capture', path, '--no-stdin'],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(writer.wait)
        self.addCleanup(writer.kill)
        wait_for('its file', lambda: os.path.exists(path) and os.path.getsize(path) > 0)
        window = self.begin()
        window.click('Earlier recordings')
        window.wait_for_text('being written')
        self.assertFalse(has_state(window.find('Delete', harness.BUTTONS), Atspi.StateType.SENSITIVE))
        window.click('Show')
        window.wait_for_text('theirs.porthole')
        self.assertIsNone(writer.poll())

    def test_two_windows_of_two_programs_have_files_of_their_own(self):
        first = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        bound_port(first)
        wait_for('its file', self.files)
        # Without a message bus the program does not find the instance that runs.
        second = subprocess.Popen([os.path.abspath(harness.PROGRAM), 'udp', '--local', '127.0.0.1:0', '--open'],
                                  env={**os.environ, 'XDG_CACHE_HOME': self.home, 'GTK_A11Y': 'none',
                                       'DBUS_SESSION_BUS_ADDRESS': 'disabled:'},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(second.wait)
        self.addCleanup(second.kill)
        wait_for('two files', lambda: len(self.files()) == 2)
        wait_for('both written', lambda: all('Opening' in self.read(os.path.join(self.folder, name)) for name in self.files()))

    def test_a_tab_that_is_in_memory_only_is_saved_and_opened_by_the_dialogs(self):
        with open(os.path.join(self.home, 'porthole'), 'w', encoding='utf-8') as file:
            file.write('in the way')
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        self.udp_peer().sendto(b'worth keeping', ('127.0.0.1', bound_port(window)))
        window.wait_for_newest('worth keeping')
        path = os.path.join(self.home, 'kept.porthole')
        window.save('The recording itself', path)
        window.wait_for_text('Saved as kept.porthole')
        self.assertIn('worth keeping', self.read(path))
        window.picture('saved')
        window.keys('ctrl+o')
        window.open_file('Open a recording', path)
        window.wait_for_text('kept.porthole')
        window.wait_for_text('Recording, read only')
        window.picture('saved-and-opened')

    def save_as(self, window, name):
        """Saves the capture of the current tab under a typed name, whatever the dialog makes of it."""
        window.save('The recording itself', os.path.join(self.home, name))

    def test_a_name_without_an_ending_gets_that_of_captures(self):
        window = self.begin(self.make('some text'))
        window.wait_for_text('Recording, read only')
        self.save_as(window, 'bare')
        window.wait_for_text('Saved as bare.porthole')
        self.save_as(window, 'with.another')
        window.wait_for_text('Saved as with.another')
        self.assertIn('some text', self.read(os.path.join(self.home, 'bare.porthole')))
        self.assertFalse(os.path.exists(os.path.join(self.home, 'bare')))

    def test_a_file_that_nobody_was_asked_about_is_not_replaced(self):
        window = self.begin(self.make('some text'))
        window.wait_for_text('Recording, read only')
        theirs = self.make('of somebody else', 'taken.porthole')
        self.save_as(window, 'taken')
        window.wait_for_text('Saved as taken')
        self.assertIn('of somebody else', self.read(theirs))
        self.assertIn('some text', self.read(os.path.join(self.home, 'taken')))

    def test_what_the_list_of_captures_has_saved_is_told(self):
        self.make('the only one', 'one.porthole', self.folder)
        path = os.path.join(self.home, 'elsewhere.porthole')
        window = self.begin()
        window.click('Earlier recordings')
        wait_for('a row', lambda: len(self.rows(window)) == 1)
        window.click('Save as…')
        window.answer('Save the recording', path)
        window.wait_for_text('Saved as elsewhere.porthole')
        window.picture('saved-from-list')
        self.assertIn('the only one', self.read(path))

    def test_what_cannot_be_saved_is_told(self):
        window = self.begin(self.make('text'))
        window.wait_for_text('Recording, read only')
        window.save('The recording itself', '/proc/self/kept.porthole')
        window.wait_for_text('Cannot save the recording as /proc/self/kept.porthole: ')

    def test_a_second_start_with_a_file_opens_a_tab(self):
        window = self.begin()
        window.button('Open')
        path = self.make('of the second start', 'second.porthole')
        subprocess.run([os.path.abspath(harness.PROGRAM), os.path.basename(path)], cwd=self.home, check=True, timeout=PATIENCE)
        window.wait_for_text('second.porthole')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
