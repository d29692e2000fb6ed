#!/usr/bin/python3
"""test_variables.py: the real window: variables of a message are listed, shown, asked for and replaced as a person wants them

SPDX-License-Identifier: GPL-3.0-or-later

  test_variables.py PORTHOLE PICTURES [NAME…]
"""
import os
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402


class Variables(WindowTest):
    """Sends to a plain UDP socket."""

    def open(self, **environment):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open', **environment)
        window.button('Close')
        return window, peer

    def list_variables(self, window):
        node = window.find('Which variables there are')
        Atspi.Action.do_action(next(n for n in walk(node) if n.get_role_name() in harness.BUTTONS and n != node), 0)
        wait_for('the list', lambda: window.look('{uuid}', ('list item',)))

    def insert(self, window, example='{uuid}'):
        """Puts a variable in by the list, with the keyboard as far as the row."""
        self.list_variables(window)
        for _ in range(20):
            if has_state(window.find(example, ('list item',)), Atspi.StateType.FOCUSED):
                break
            window.keys('Down' if any(has_state(n, Atspi.StateType.FOCUSED) for n in walk(window.root) if n.get_role_name() == 'list item') else 'Tab')
        window.picture('variables-list')
        window.keys('Return')
        wait_for(f'{example} in the message', lambda: any('36 B' in text for text in window.texts()))

    def test_one_is_put_in_from_the_list_and_counts_each_message(self):
        window, peer = self.open()
        self.insert(window)
        window.click('Send')
        self.assertRegex(peer.recv(100), rb'^[0-9a-f]{8}-[0-9a-f]{4}-4')
        window.type_into('Message', 'n={counter} {{x}}')
        wait_for('the preview', lambda: any('6E 3D 31' in text for text in window.texts()))
        window.picture('variables')
        for n in (1, 2, 3):
            window.click('Send')
            self.assertEqual(peer.recv(100), b'n=%d {x}' % n)
        window.type_into('Message', '{counter}')
        window.click('Send')
        self.assertEqual(peer.recv(100), b'1')

    def test_an_unknown_one_is_an_error_and_nothing_goes_out(self):
        window, peer = self.open()
        self.insert(window)
        window.type_into('Message', 'a{conter}')
        wait_for('the error', lambda: any('is not a variable' in text for text in window.texts()))
        window.type_into('Message', 'ok')
        window.click('Send')
        self.assertEqual(peer.recv(100), b'ok')

    def test_answers_are_asked_for_and_remembered(self):
        window, peer = self.open()
        self.insert(window)
        window.type_into('Message', '{ask:Name}={ask:Value};{ask:Name}')
        window.click('Send')
        window.type_into('Name', 'speed')
        window.type_into('Value', '10')
        window.picture('variables-ask')
        window.keys('Return')
        self.assertEqual(peer.recv(100), b'speed=10;speed')
        wait_for('the popover to go', lambda: window.look('Value') is None)
        window.click('Send')
        window.find('Name')
        window.type_into('Value', '11')
        window.keys('Return')
        self.assertEqual(peer.recv(100), b'speed=11;speed')
        wait_for('the popover to go', lambda: window.look('Value') is None)
        window.click('Send')
        window.find('Value')
        window.keys('Escape')
        wait_for('the popover to go', lambda: window.look('Value') is None)
        window.type_into('Message', 'after')
        window.click('Send')
        self.assertEqual(peer.recv(100), b'after')

    def test_a_file_is_sent_and_one_that_is_missing_is_told(self):
        window, peer = self.open()
        self.insert(window)
        with tempfile.NamedTemporaryFile() as file:
            file.write(b'\x01\x02')
            file.flush()
            window.type_into('Message', '<{file:%s}>' % file.name)
            window.click('Send')
            self.assertEqual(peer.recv(100), b'<\x01\x02>')
        window.click('Send')
        wait_for('the reason', lambda: any('Cannot send the file' in text for text in window.texts()))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
