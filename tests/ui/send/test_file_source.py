#!/usr/bin/python3
"""test_file_source.py: the real window: a file is chosen in place of the text, sent, paused, cancelled, and left again

SPDX-License-Identifier: GPL-3.0-or-later

  test_file_source.py PORTHOLE PICTURES [NAME…]
"""
import hashlib
import os
import shutil
import socket
import sys
import tempfile
import threading

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, wait_for  # noqa: E402


class Reader(threading.Thread):
    """Accepts one connection, and reads it to its end."""

    def __init__(self, listener):
        super().__init__(daemon=True)
        self.listener, self.data = listener, b''
        self.start()

    def run(self):
        peer, _ = self.listener.accept()
        with peer:
            while part := peer.recv(1 << 16):
                self.data += part


class FileSource(WindowTest):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, size, name='data.bin'):
        path = os.path.join(self.folder, name)
        with open(path, 'wb') as out:
            out.write(b''.join(hashlib.sha256(i.to_bytes(8, 'big')).digest() for i in range(size // 32 + 1))[:size])
        return path

    def open_tcp(self, *more, **environment):
        listener = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(listener.close)
        window = self.start('tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--open', *more, **environment)
        window.button('Disconnect')
        return window, listener

    def answer(self, window, path):
        """In newer GTK a typed path is lost when the dialog has read its first folder, which may be at any time."""
        if any(node.get_role_name() == 'tree table' for node in harness.walk(window.dialog('Send a file'))):
            self.skipTest('this GTK forgets a path that is typed')
        window.answer('Send a file', path)

    def choose(self, window, path):
        """As a person: the key, and the name in the dialog."""
        window.keys('alt+o')
        self.answer(window, path)
        window.find(os.path.basename(path))
        window.button('Back to the typed text')

    def test_a_file_is_chosen_sent_and_told(self):
        window, listener = self.open_tcp()
        reader = Reader(listener)
        path = self.file(300000)
        self.choose(window, path)
        window.picture('file-source-chosen')
        window.click('Send')
        window.wait_for_text('The file data.bin was sent: 300,000 bytes')
        with open(path, 'rb') as source:
            wanted = source.read()
        wait_for('all of it at the peer', lambda: reader.data == wanted)
        window.wait_for_newest('The file data.bin was sent')
        window.picture('file-source-sent')

    def test_it_pauses_goes_on_and_is_cancelled(self):
        window, listener = self.open_tcp()
        reader = Reader(listener)
        self.choose(window, self.file(3000000))
        window.choose('Unit of the rate', 1)
        window.button('Send')
        window.click('Send')
        window.button('Pause')
        wait_for('its beginning at the peer', lambda: len(reader.data) > 0)
        window.wait_for_text('/s')
        window.picture('file-source-running')
        window.click('Pause')
        window.button('Go on')
        window.wait_for_text('paused')
        window.click('Go on')
        window.button('Pause')
        before = len(reader.data)
        wait_for('more at the peer', lambda: len(reader.data) > before)
        window.click('Cancel the file')
        window.wait_for_text('Sending the file data.bin has ended: cancelled')
        window.button('Send')
        self.assertLess(len(reader.data), 3000000)
        window.picture('file-source-cancelled')

    def test_what_cannot_be_read_is_told_and_the_session_goes_on(self):
        window, listener = self.open_tcp()
        reader = Reader(listener)
        path = self.file(10)
        self.choose(window, path)
        os.unlink(path)
        window.click('Send')
        window.wait_for_text('Cannot send the file data.bin: there is no such file or folder')
        window.wait_for_newest('Cannot send the file data.bin')
        window.picture('file-source-vanished')
        window.click('Back to the typed text')
        window.wait_for_text('Typed text')
        window.type_into('Message', 'still here')
        window.click('Send')
        wait_for('the message', lambda: reader.data == b'still here')

    def test_the_typed_text_is_kept(self):
        window, listener = self.open_tcp()
        reader = Reader(listener)
        window.type_into('Message', 'kept')
        self.choose(window, self.file(10))
        window.click('Back to the typed text')
        window.wait_for_text('Typed text')
        window.click('Send')
        wait_for('what was typed', lambda: reader.data == b'kept')

    def test_lines_of_a_file_are_datagrams(self):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open')
        window.button('Close')
        path = os.path.join(self.folder, 'lines.txt')
        with open(path, 'wb') as out:
            out.write(b'one\ntwo\r\nlast')
        self.choose(window, path)
        window.click('Line by line')
        wait_for('lines', lambda: harness.is_on(window.look('Line by line', harness.BUTTONS)))
        window.click('Send')
        self.assertEqual([peer.recv(100) for _ in range(3)], [b'one\n', b'two\r\n', b'last'])

    def test_the_source_stands_in_the_group_and_the_menu(self):
        window, _ = self.open_tcp()
        source = window.find('Source of what is sent')
        Atspi.Action.do_action(next(node for node in harness.walk(source) if node.get_role_name() in harness.BUTTONS and node != source), 0)
        Atspi.Action.do_action(window.menu_item('File…'), 0)
        self.answer(window, self.file(10))
        window.button('Back to the typed text')

    def test_while_nothing_is_open_that_is_told(self):
        window = self.start('udp', '--local', '127.0.0.1:0')
        window.button('Open')
        window.keys('alt+o')
        self.answer(window, self.file(10))
        window.button('Back to the typed text')
        window.keys('ctrl+Return')
        window.wait_for_text('Not sent: nothing is open (F5 opens it)')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
