#!/usr/bin/python3
"""test_box.py: the real window: the box in which a message is typed: cleared, brought back, and sent by Enter

SPDX-License-Identifier: GPL-3.0-or-later

  test_box.py PORTHOLE PICTURES [NAME…]
"""
import os
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402

KEYS = {' ': 'space', '.': 'period', ':': 'colon', '\n': 'shift+Return'}


class Box(WindowTest):
    def open(self, *arguments, **environment):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open', *arguments, **environment)
        window.button('Close')
        return window, peer

    def box(self, window):
        return next(node for node in window.find_all('Message') if 'EditableText' in node.get_interfaces())

    def typed(self, window):
        return Atspi.Text.get_text(self.box(window), 0, -1)

    def type(self, window, text):
        """With real keys."""
        window.keys('ctrl+m')
        wait_for('the focus in the message', lambda: has_state(self.box(window), Atspi.StateType.FOCUSED))
        window.keys('ctrl+a', 'Delete', *(KEYS.get(c, c) for c in text))
        self.wait_for_typed(window, text)

    def wait_for_typed(self, window, text):
        wait_for(f'“{text}” in the message; it is “{self.typed(window)}”', lambda: self.typed(window) == text)

    def look_option(self, window, name):
        """What says that an option is on: a check box beside the button that sends."""
        window.keys('alt+p')
        check = wait_for(f'“{name}”', lambda: window.look(name, harness.BUTTONS))
        wait_for(f'“{name}” to be on', lambda: harness.is_on(check))
        window.picture('how-it-is-sent')
        window.keys('Escape')
        wait_for('the focus in the message', lambda: has_state(self.box(window), Atspi.StateType.FOCUSED))

    def switch_on(self, window, name, key):
        window.keys('ctrl+m', key)
        self.look_option(window, name)


class Clearing(Box):
    def test_a_message_that_was_sent_leaves_the_box_and_undo_and_the_history_bring_it_back(self):
        window, peer = self.open()
        self.switch_on(window, 'Clear after sending', 'alt+shift+l')
        self.type(window, 'first')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'first')
        self.wait_for_typed(window, '')
        window.picture('clear-after')
        window.keys('ctrl+z')
        self.wait_for_typed(window, 'first')
        self.type(window, 'second')
        window.click('Send')
        self.assertEqual(peer.recv(10), b'second')
        self.wait_for_typed(window, '')
        window.keys('ctrl+Up')
        self.wait_for_typed(window, 'second')
        window.keys('ctrl+Up')
        self.wait_for_typed(window, 'first')

    def test_what_is_not_sent_stays(self):
        window, peer = self.open()
        self.switch_on(window, 'Clear after sending', 'alt+shift+l')
        window.keys('alt+v')
        window.type_into('Message', '{ask:Name}')
        window.keys('ctrl+m', 'ctrl+Return')
        window.find('Name')
        window.keys('Escape')
        wait_for('the question to go', lambda: window.look('Name') is None)
        self.assertEqual(self.typed(window), '{ask:Name}')
        window.keys('F5')
        window.button('Open')
        window.keys('ctrl+m', 'ctrl+Return')
        window.wait_for_text('Not sent: nothing is open')
        self.assertEqual(self.typed(window), '{ask:Name}')

    def test_what_the_system_refuses_comes_back(self):
        window, _ = self.open()
        self.switch_on(window, 'Clear after sending', 'alt+shift+l')
        long = 'x' * 70000         # no datagram is so long
        window.type_into('Message', long)
        window.keys('ctrl+m', 'ctrl+Return')
        window.wait_for_text('Cannot send')
        self.wait_for_typed(window, long)

    def test_a_message_stays_while_it_is_repeated(self):
        window, peer = self.open()
        self.switch_on(window, 'Clear after sending', 'alt+shift+l')
        self.switch_on(window, 'Repeat every', 'alt+r')
        self.type(window, 'beat')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'beat')
        window.button('Stop repeating')
        self.assertEqual(self.typed(window), 'beat')
        window.click('Stop repeating')
        window.button('Send')
        self.assertEqual(self.typed(window), 'beat')

    def test_a_key_and_a_button_empty_the_box_and_undo_fills_it_again(self):
        window, _ = self.open()
        wait_for('a button that has nothing to clear',
                 lambda: not has_state(window.button('Clear the message'), Atspi.StateType.SENSITIVE))
        self.type(window, 'mistake')
        window.keys('alt+l')
        self.wait_for_typed(window, '')
        window.keys('ctrl+z')
        self.wait_for_typed(window, 'mistake')
        window.click('Clear the message')
        self.wait_for_typed(window, '')
        wait_for('the focus in the message', lambda: has_state(self.box(window), Atspi.StateType.FOCUSED))
        window.keys('o', 'k')
        self.wait_for_typed(window, 'ok')


class Enter(Box):
    def test_enter_makes_a_line_until_one_wants_it_to_send(self):
        window, peer = self.open()
        self.type(window, 'a')
        window.keys('Return', 'b')
        self.wait_for_typed(window, 'a\nb')
        self.switch_on(window, 'Enter sends', 'alt+n')
        self.type(window, 'one\ntwo')
        window.keys('Return')
        self.assertEqual(peer.recv(10), b'one\ntwo')
        window.keys('KP_Enter')
        self.assertEqual(peer.recv(10), b'one\ntwo')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'one\ntwo')
        self.assertEqual(self.typed(window), 'one\ntwo')
        window.keys('ctrl+t')
        window.button('Open')                   # of the new tab: what a key does is the same in all
        window.keys('ctrl+m')
        self.look_option(window, 'Enter sends')
        window.picture('enter-sends')

    def test_enter_that_takes_over_what_an_input_method_composes_does_not_send(self):
        window, peer = self.open(GTK_IM_MODULE='simple')
        self.switch_on(window, 'Enter sends', 'alt+n')
        self.type(window, 'a')
        window.keys('ctrl+shift+u', '4', 'e', '2', 'd')
        window.keys('Return')
        self.wait_for_typed(window, 'a中')
        window.keys('Return')
        self.assertEqual(peer.recv(10), 'a中'.encode())
        peer.setblocking(False)
        self.assertRaises(BlockingIOError, peer.recv, 10)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
