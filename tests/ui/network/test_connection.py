#!/usr/bin/python3
"""test_connection.py: what can be done with the connection of a TCP client: half-close it, stop to read from it, reset it

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import socket
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import BUTTONS, PATIENCE, Atspi, WindowTest, flood, has_state, is_on, wait_for, walk  # noqa: E402

MENU = 'What to do with this connection'


class Connection(WindowTest):
    def connect(self, **more):
        """A window with a TCP client that is connected; the window and the other end."""
        listener = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(listener.close)
        window = self.start('tcp-client', '--remote', '127.0.0.1:%d' % listener.getsockname()[1], '--open', **more)
        server, _ = listener.accept()
        server.settimeout(PATIENCE)
        self.addCleanup(server.close)
        server.sendall(b'welcome')
        window.wait_for_newest('welcome')
        return window, server

    def open_menu(self, window):
        outer = window.find(MENU)
        button = next(node for node in walk(outer) if node.get_role_name() in BUTTONS and node != outer)
        Atspi.Action.do_action(button, 0)
        window.menu_item('Disconnect')

    def choose(self, window, item):
        self.open_menu(window)
        Atspi.Action.do_action(window.menu_item(item), 0)

    def item(self, window, name):
        return next(node for node in window.find_all(name) if 'menu item' in node.get_role_name())

    def test_after_a_half_close_the_server_sees_a_fin_and_its_answer_is_still_shown(self):
        window, server = self.connect()
        self.choose(window, 'Half-close (send FIN)')
        self.assertEqual(server.recv(1), b'')
        window.wait_for_text('· half-closed here')
        server.sendall(b'the answer')
        window.wait_for_newest('the answer')
        self.open_menu(window)
        window.picture('connection-half-closed')
        self.assertFalse(has_state(self.item(window, 'Half-close (send FIN)'), Atspi.StateType.SENSITIVE))

    def test_a_reset_reaches_the_server_and_closes_the_tab(self):
        window, server = self.connect()
        self.choose(window, 'Reset (send RST)')
        with self.assertRaises(ConnectionResetError):
            server.recv(1)
        window.button('Connect')

    def test_a_disconnect_of_the_menu_is_an_end_in_order(self):
        window, server = self.connect()
        self.choose(window, 'Disconnect')
        self.assertEqual(server.recv(1), b'')
        window.button('Connect')

    def test_a_key_half_closes(self):
        window, server = self.connect()
        window.keys('ctrl+F5')
        self.assertEqual(server.recv(1), b'')

    def test_a_key_resets(self):
        window, server = self.connect()
        window.keys('shift+F5')
        with self.assertRaises(ConnectionResetError):
            server.recv(1)

    def test_while_reading_is_stopped_the_server_has_to_wait_and_then_everything_arrives(self):
        window, server = self.connect()
        self.choose(window, 'Stop reading')
        window.wait_for_text('· reading stopped')
        window.wait_for_newest('has stopped (by you)')
        sent = len(b'welcome') + flood(server)
        self.assertFalse([text for text in window.texts() if f'{sent:,}' in text])
        self.open_menu(window)
        window.picture('connection-reading-stopped')
        item = self.item(window, 'Stop reading')
        self.assertTrue(is_on(item))
        Atspi.Action.do_action(item, 0)
        window.wait_for_text(f'{sent:,}')
        self.assertFalse([text for text in window.texts() if 'reading stopped' in text])

    def test_the_page_of_the_connection_tells_what_was_done(self):
        window, _ = self.connect()
        window.keys('F8')
        window.click('Connection')
        window.wait_for_text('Open since')
        window.keys('ctrl+shift+F5')
        wait_for('the page to tell it', lambda: [text for text in window.texts() if 'since' in text and 'reading stopped' in text])
        window.keys('ctrl+F5')
        wait_for('the page to tell both', lambda: [text for text in window.texts()
                                                   if 'since' in text and text.endswith('· half-closed here · reading stopped')])
        window.picture('connection-page-controlled')

    def test_the_main_menu_has_it_too(self):
        window, server = self.connect()
        window.keys('F10')
        Atspi.Action.do_action(window.menu_item('Connection'), 0)
        Atspi.Action.do_action(window.menu_item('Half-close (send FIN)'), 0)
        self.assertEqual(server.recv(1), b'')

    def test_without_a_connection_there_is_nothing_to_do(self):
        window, server = self.connect()
        server.close()                      # which ends it here too, a little later
        window.button('Connect')
        wait_for('a menu that cannot be opened', lambda: not has_state(window.find(MENU), Atspi.StateType.SENSITIVE))
        window.choose('Protocol', 2)
        window.button('Listen')
        self.assertEqual(window.find_all(MENU, BUTTONS), [])


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
