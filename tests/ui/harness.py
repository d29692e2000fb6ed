"""harness.py: starts the real window and drives it as a user does: through the accessibility tree, keys and clicks

Tests wait for a condition with a deadline, which is checked at each tick of the main loop. They never sleep for a fixed time.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

# Warnings are fatal in the program only: a warning of the accessibility bus must not end this script.
os.environ.pop('G_DEBUG', None)

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import tap  # noqa: E402

# Roles of buttons: they differ between versions of GTK.
BUTTONS = ('push button', 'button', 'toggle button', 'check box')
PATIENCE = 60          # seconds until something that should have happened is a failure
TICK = 30              # ms between two looks
LONGEST = 2            # seconds that one look can count for
PROGRAM = None         # the path of porthole
PICTURES = None        # the folder for pictures of what the tests did

Atspi.init()
Atspi.set_timeout(PATIENCE * 1000, PATIENCE * 1000)


def wait_for(what, look, patience=PATIENCE):
    """Returns the first true value of look(); fails with the message `what` after `patience` seconds.

    It looks once a tick and lets the processor alone in between: looks without a pause, at every event of the accessibility bus,
    have kept the program that is waited for from running. A look takes time too, through a whole tree much more than a tick. No
    look counts for more than LONGEST: while a whole machine stands still, as virtual ones do at times, the clock goes on and
    nothing else.
    """
    context = GLib.MainContext.default()
    waited = 0
    while waited < patience:
        begun = time.monotonic()
        try:
            found = look()
        except GLib.Error:          # the tree changed under the look
            found = None
        if found:
            return found
        ticked = []
        GLib.timeout_add(TICK, ticked.append, True)
        while not ticked:
            context.iteration(True)
        waited += min(time.monotonic() - begun, LONGEST)
    raise AssertionError(f'waited {patience} s in vain: {what}')


def walk(node, depth=0):
    """Every accessible below a node, itself included."""
    yield node
    if depth > 40:
        return
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child, depth + 1)


def has_state(node, state):
    return node.get_state_set().contains(state)


def is_on(button):
    """Whether a button that can be switched is. Its state has the one or the other name."""
    return has_state(button, Atspi.StateType.CHECKED) or has_state(button, Atspi.StateType.PRESSED)


class Porthole:
    """A running program and its window."""

    def __init__(self, *arguments, language='en_US', **environment):
        env = {**os.environ, 'LANGUAGE': language, 'G_DEBUG': 'fatal-criticals', **environment}
        self.process = subprocess.Popen([PROGRAM, *arguments], env=env)
        try:
            self.root = wait_for('the program in the accessibility tree', self._find_root)
            self.window = wait_for('a window', lambda: self.root.get_child_count() > 0 and self.root.get_child_at_index(0))
        except AssertionError:          # else every later test's program would be handed to this one
            self.end()
            raise

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the program ended with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    # ---- finding

    def find_all(self, name, roles=None):
        return [node for node in walk(self.root)
                if node.get_name() == name and (roles is None or node.get_role_name() in roles)]

    def look(self, name, roles=None):
        found = self.find_all(name, roles)
        return found[0] if found else None

    def find(self, name, roles=None):
        return wait_for(f'a control named “{name}”', lambda: self.look(name, roles))

    def button(self, name):
        return self.find(name, BUTTONS)

    def look_item(self, name):
        """The item of an open menu that can be chosen."""
        return next((node for node in self.find_all(name)
                     if 'menu item' in node.get_role_name() and has_state(node, Atspi.StateType.SENSITIVE)), None)

    def menu_item(self, name):
        return wait_for(f'“{name}” in the menu', lambda: self.look_item(name))

    def texts(self):
        """All accessible names in the window: every text but the log. With newer GTK a status has a text instead of a name."""
        nodes = list(walk(self.root))
        return ([node.get_name() for node in nodes if node.get_name()]
                + [Atspi.Text.get_text(node, 0, -1) for node in nodes
                   if node.get_role_name() == 'status bar' and not node.get_name() and 'Text' in node.get_interfaces()])

    def wait_for_text(self, part):
        return wait_for(f'“{part}” in the window', lambda: [text for text in self.texts() if part in text])[0]

    # ---- doing

    def click(self, name):
        node = wait_for(f'a button “{name}” that can be clicked',
                        lambda: (lambda b: b if b is not None and has_state(b, Atspi.StateType.SENSITIVE) else None)(
                            self.look(name, (*BUTTONS, 'radio button'))))
        assert Atspi.Action.do_action(node, 0), name
        return node

    def _editable(self, name):
        for found in self.find_all(name):
            for node in walk(found):
                if 'EditableText' in node.get_interfaces():
                    return node
        return None

    def type_into(self, name, text):
        node = wait_for(f'a field “{name}”', lambda: self._editable(name))
        assert Atspi.EditableText.set_text_contents(node, text), name

    def keys(self, *keys):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)

    def choose(self, name, index):
        """Selects an item of a drop-down by its index, with the keyboard."""
        box = self.find(name, ('combo box',))
        button = next(node for node in walk(box) if node.get_role_name() in BUTTONS)
        Atspi.Action.do_action(button, 0)
        wait_for(f'the list of “{name}”', lambda: any(node.get_role_name() == 'list item' for node in walk(box)))
        self.keys('Down', 'Home', *['Down'] * index, 'Return')  # the first key leaves the entry of a list that is searched

    def explain_losses(self):
        """Opens the explanation of the counter of losses."""
        counter = self.find('What was lost, and what helps')
        Atspi.Action.do_action(next(node for node in walk(counter) if node.get_role_name() in BUTTONS and node != counter), 0)

    def dialog(self, title):
        """The dialog with this title, once it has the focus."""
        return wait_for(f'the dialog “{title}”', lambda: next(
            (child for child in (self.root.get_child_at_index(i) for i in range(self.root.get_child_count()))
             if child.get_name() == title and any(has_state(node, Atspi.StateType.FOCUSED) for node in walk(child))), None))

    def answer(self, title, path):
        """Types a path into the dialog with this title."""
        self.dialog(title)
        self.keys('ctrl+a')
        subprocess.run(['xdotool', 'type', path], check=True)
        self.keys('Return')

    def open_file(self, title, path):
        """Chooses a file in the dialog with this title.

        GTK 4.18 forgets a typed name once it has read the folder, but shows its list to others; 4.8 has it the other way."""
        dialog = self.dialog(title)

        def look_row():
            return next((node for node in walk(dialog) if node.get_role_name() == 'table row' and path in (node.get_description() or '').split()), None)
        if not any(node.get_role_name() == 'tree table' for node in walk(dialog)):
            self.answer(title, path)
            return
        if look_row() is None:
            self.answer(title, os.path.dirname(path) + '/')
        row = wait_for('the file in the list', look_row)
        place = wait_for('its place', lambda: (lambda e: e if e.width > 0 else None)(
            Atspi.Component.get_extents(row, Atspi.CoordType.WINDOW)))
        subprocess.run(['xdotool', 'mousemove', str(place.x + place.width // 2), str(place.y + place.height // 2),
                        'click', '--repeat', '2', '1'], check=True)

    def save(self, what, path):
        """Saves what the list of the button Save has under this name."""
        self.keys('ctrl+s')
        self.click(what)
        self.answer('Save', path)

    # ---- reading

    def newest(self, log='Log'):
        """The accessible description of the log: its newest record."""
        log = self.look(log, ('log',))
        return (log.get_description() or '') if log is not None else ''

    def wait_for_newest(self, *parts):
        return wait_for(f'the newest record to tell {parts}; it tells “{self.newest()}”',
                        lambda: (lambda text: text if all(part in text for part in parts) else None)(self.newest()))

    def picture(self, name):
        if PICTURES and shutil.which('import'):
            os.makedirs(PICTURES, exist_ok=True)
            subprocess.run(['import', '-window', 'root', os.path.join(PICTURES, name + '.png')], check=True)

    def is_running(self):
        return self.process.poll() is None

    def end(self):
        """Ends it as a logout does. It has to end well: a sanitizer that has found something tells it by the exit status."""
        asked = self.is_running()
        if asked:
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        assert not asked or status == 0, f'the program ended with {status}'


class WindowTest(unittest.TestCase):
    """A test that starts programs and sockets and leaves none behind."""

    def start(self, *arguments, **more):
        program = Porthole(*arguments, **more)
        self.addCleanup(program.end)
        return program

    def need_places(self, window):
        """For real clicks on small things: newer GTK tells places without the padding of what is around."""
        if tuple(map(int, window.root.get_toolkit_version().split('.')[:2])) >= (4, 10):
            self.skipTest('this GTK does not tell where things are')

    def udp_peer(self):
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        peer.bind(('127.0.0.1', 0))
        peer.settimeout(PATIENCE)
        self.addCleanup(peer.close)
        return peer

    def echo_server(self):
        """Starts a TCP server that echoes; returns its port."""
        listener = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(listener.close)

        def serve():
            try:
                client, _ = listener.accept()
                with client:
                    while data := client.recv(65536):
                        client.sendall(data)
            except OSError:
                pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        return listener.getsockname()[1]

    def chinese(self):
        """The environment of a Chinese desktop. The locale is made for the test, as few machines have it."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        if shutil.which('localedef') is None:
            self.skipTest('localedef is not installed')
        made = subprocess.run(['localedef', '-i', 'zh_CN', '-f', 'UTF-8', f'{folder}/zh_CN.UTF-8'], capture_output=True)
        if made.returncode != 0:
            self.skipTest('the locale zh_CN cannot be made here')
        return {'LOCPATH': folder, 'LC_ALL': 'zh_CN.UTF-8', 'language': 'zh_CN'}

    def free_port(self, kind=socket.SOCK_STREAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            probe.bind(('127.0.0.1', 0))
            return probe.getsockname()[1]


def bound_port(window):
    """The port that the window shows as bound."""
    text = wait_for('a bound address', lambda: [t for t in window.texts() if re.search(r'127\.0\.0\.1:\d+', t)])[0]
    return int(re.search(r'127\.0\.0\.1:(\d+)', text).group(1))


def flood(sock):
    """Sends until nothing has gone out for two looks, as the peer does not read; returns how many bytes did."""
    sent = [0]
    idle = [0]

    def is_held_up():
        before = sent[0]
        try:
            while True:
                sent[0] += sock.send(bytes(65536))
        except BlockingIOError:
            idle[0] = idle[0] + 1 if sent[0] == before else 0
        return idle[0] == 2

    sock.setblocking(False)
    wait_for('a peer that does not read', is_held_up)
    sock.settimeout(PATIENCE)
    return sent[0]


def main(module):
    global PROGRAM, PICTURES
    PROGRAM, PICTURES = sys.argv[1:3]
    return tap.run(module, sys.argv[3:])
