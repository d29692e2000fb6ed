#!/usr/bin/python3
"""test_launch.py: how a desktop starts the window, from its entry, and how it ends it, by signals

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, Atspi, Porthole, WindowTest, bound_port, wait_for  # noqa: E402

CLI = os.environ['PORTHOLE_CLI']
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class Launched(Porthole):
    """A window that somebody else has started; there is no other on this bus."""

    def __init__(self):
        self.root = wait_for('the program in the accessibility tree', self._look)
        self.pid = self.root.get_process_id()
        self.window = wait_for('a window', lambda: self.root.get_child_count() > 0 and self.root.get_child_at_index(0))

    def _look(self):
        desktop = Atspi.get_desktop(0)
        found = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((each for each in found if each is not None and each.get_name() == 'porthole'), None)

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        desktop = Atspi.get_desktop(0)
        wait_for('the window to be gone', lambda: desktop.get_child_count() == 0)


class Starts(WindowTest):
    def installed(self):
        """The entry in an installed tree, and the folder of programs there."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        build = Path(harness.PROGRAM).resolve().parents[2]
        subprocess.run(['meson', 'install', '-C', build, '--no-rebuild', '--quiet', '--destdir', folder.name], check=True)
        entry, = Path(folder.name).rglob('applications/*.desktop')
        program, = Path(folder.name).rglob('bin/porthole')
        return entry, str(program.parent)

    def launch(self, *files):
        if shutil.which('gio') is None or shutil.which('meson') is None:
            self.skipTest('gio or meson is not installed')
        entry, programs = self.installed()
        # What the window says is not caught: it would be waited for until the window is closed.
        subprocess.run(['gio', 'launch', entry, *files], check=True, timeout=PATIENCE,
                       env={**os.environ, 'PATH': f'{programs}:{os.environ["PATH"]}', 'LANGUAGE': 'en_US'})
        window = Launched()
        self.addCleanup(window.end)
        return window

    def test_from_the_menu(self):
        self.launch().button('Open')

    def test_with_a_capture_that_was_clicked(self):
        peer = self.udp_peer()
        path = os.path.join(os.environ['HOME'], 'a capture.porthole')
        subprocess.run([CLI, 'udp', '--remote', '127.0.0.1:%d' % peer.getsockname()[1], '--send', 'clicked', '--no-stdin', '--duration',
                        '0', '--capture', path], check=True, capture_output=True, timeout=PATIENCE)
        self.launch(path).wait_for_text('a capture.porthole')


class Ends(WindowTest):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name

    def start_ignoring(self, *ignored):
        """A window with an open port, whose starter ignores these signals and no other."""
        before = {number: signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL) for number in SIGNALS}
        try:
            return self.start('udp', '--local', '127.0.0.1:0', '--open', XDG_CACHE_HOME=self.home, XDG_CONFIG_HOME=self.home,
                              GSETTINGS_BACKEND='keyfile')
        finally:
            for number, action in before.items():
                signal.signal(number, action)

    def flood(self, window, count):
        """Datagrams that are in the window's log; the last ones came a moment ago."""
        port = bound_port(window)
        peer = self.udp_peer()
        for i in range(count):
            peer.sendto(b'm%05d' % i, ('127.0.0.1', port))
        window.wait_for_newest('m%05d' % (count - 1))

    def captured(self):
        path, = Path(self.home, 'porthole', 'captures').iterdir()
        read = subprocess.run([CLI, 'read', path, '--format', 'json'], capture_output=True, text=True, timeout=PATIENCE)
        whole = subprocess.run([CLI, 'read', path, '--verify'], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(whole.returncode, 0, whole.stdout + whole.stderr)
        return re.findall(r'"kind":"(\w+)"', read.stdout)

    def test_a_signal_ends_it_as_if_it_were_closed(self):
        for number in SIGNALS:
            with self.subTest(number.name):
                self.setUp()
                window = self.start_ignoring()
                self.flood(window, 500)
                window.process.send_signal(number)
                self.assertEqual(window.process.wait(PATIENCE), 0)
                kinds = self.captured()
                self.assertEqual(kinds.count('in'), 500)
                self.assertEqual(kinds[-1], 'closed')
                settings = Path(self.home, 'glib-2.0', 'settings', 'keyfile').read_text(encoding='utf-8')
                self.assertIn('window-width=', settings)

    def test_what_was_ignored_at_the_start_stays_ignored(self):
        window = self.start_ignoring(signal.SIGHUP, signal.SIGINT)
        window.process.send_signal(signal.SIGHUP)
        window.process.send_signal(signal.SIGINT)
        self.flood(window, 1)
        window.process.send_signal(signal.SIGTERM)
        self.assertEqual(window.process.wait(PATIENCE), 0)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
