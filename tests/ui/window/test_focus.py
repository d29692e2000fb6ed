#!/usr/bin/python3
"""test_focus.py: where the keys go: at first, after opening, and after a failure; Enter opens and never closes

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import socket
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, bound_port, has_state, wait_for, walk  # noqa: E402


def focused(window, name):
    """Whether what has the focus is a control of this name, or inside of one."""
    return any(has_state(node, Atspi.StateType.FOCUSED) for found in window.find_all(name) for node in walk(found))


class Focus(WindowTest):
    def wait_for_focus(self, window, name):
        wait_for(f'“{name}” to have the focus', lambda: focused(window, name))

    def test_a_port_is_typed_and_opened_and_a_second_enter_does_not_close_it(self):
        port = self.free_port(socket.SOCK_DGRAM)
        window = self.start()
        self.wait_for_focus(window, 'Local port')
        window.keys(*str(port), 'Return')
        window.button('Close')
        self.wait_for_focus(window, 'Message')
        window.keys('Return')
        window.keys('h', 'i')
        wait_for('what was typed', lambda: any('hi' in Atspi.Text.get_text(node, 0, -1) for node in window.find_all('Message')
                                               if 'Text' in node.get_interfaces()))
        self.assertIsNotNone(window.look('Close'))

    def test_a_client_begins_with_its_remote_address_and_a_failure_leads_back_to_it(self):
        port = self.free_port()
        window = self.start('tcp-client')
        self.wait_for_focus(window, 'Remote address')
        window.keys(*('period' if c == '.' else 'colon' if c == ':' else c for c in f'127.0.0.1:{port}'), 'Return')
        window.wait_for_text(f'Cannot connect to 127.0.0.1:{port}')
        window.button('Connect')
        self.wait_for_focus(window, 'Remote address')
        window.picture('focus-after-failure')
        listener = socket.create_server(('127.0.0.1', port))
        self.addCleanup(listener.close)
        window.keys('Return')
        window.button('Disconnect')
        self.wait_for_focus(window, 'Message')

    def test_opening_by_a_click_leads_to_the_message_too(self):
        window = self.start('udp', '--local', '127.0.0.1:0')
        window.click('Open')
        window.button('Close')
        self.assertGreater(bound_port(window), 0)
        self.wait_for_focus(window, 'Message')

    def test_a_protocol_that_is_chosen_leads_to_what_it_needs_first(self):
        window = self.start('udp')
        for protocol, field in ((1, 'Remote address'), (2, 'Local port')):
            window.choose('Protocol', protocol)
            self.wait_for_focus(window, field)

    def test_what_is_opened_at_once_begins_with_the_message_and_keys_lead_to_the_log_and_back(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        self.wait_for_focus(window, 'Message')
        window.keys('ctrl+shift+l')
        self.wait_for_focus(window, 'Log')
        window.picture('focus-log')
        window.keys('ctrl+m')
        self.wait_for_focus(window, 'Message')
        window.keys('F5')
        window.button('Open')
        window.keys('ctrl+d')
        self.wait_for_focus(window, 'Local port')

    def test_keys_of_a_text_stay_the_texts_where_the_window_has_them_too(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        self.wait_for_focus(window, 'Message')
        window.keys('a', 'Return', 'b', 'ctrl+Home', 'c', 'ctrl+End', 'd')
        wait_for('what was typed', lambda: any(Atspi.Text.get_text(node, 0, -1) == 'ca\nbd' for node in window.find_all('Message')
                                               if 'Text' in node.get_interfaces()))

    def test_what_opens_over_the_window_gives_the_focus_back(self):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open')
        self.wait_for_focus(window, 'Message')
        window.keys('h', 'i', 'ctrl+Return')
        window.wait_for_newest('hi')
        for key in ('ctrl+s', 'ctrl+g', 'ctrl+h', 'F2'):
            window.keys(key)
            wait_for(f'{key} to take the focus', lambda: not focused(window, 'Message'))
            window.keys('Escape')
            self.wait_for_focus(window, 'Message')
        window.keys('ctrl+g')
        wait_for('the place to go to to have the focus', lambda: not focused(window, 'Message'))
        window.keys('1', 'Return')          # what leads on keeps the focus where it leads
        self.wait_for_focus(window, 'Log')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
