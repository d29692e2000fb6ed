#!/usr/bin/python3
"""test_record_menu.py: the menu of a record, by real clicks and keys: send again, edit, reply, filter, find

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import subprocess
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, bound_port, has_state, wait_for, walk  # noqa: E402


class RecordMenu(WindowTest):
    def open_udp(self, *options):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open', *options)
        self.port = bound_port(window)
        window.button('Close')
        window.keys('ctrl+l')       # the next record is the first line, in every form of the log
        wait_for('an empty log', lambda: window.newest() == '')
        return window

    def say(self, window, peer, data, told):
        peer.sendto(data, ('127.0.0.1', self.port))
        window.wait_for_newest(told)

    def right_click(self, window):
        """On the first line of the log."""
        log = window.find('Log', ('log',))
        place = Atspi.Component.get_extents(log, Atspi.CoordType.WINDOW)
        subprocess.run(['xdotool', 'mousemove', str(place.x + 200), str(place.y + 14), 'click', '3'], check=True)
        self.wait_for_menu(window)

    def wait_for_menu(self, window):
        """The menu that is open has the keys, and not one that was open before."""
        wait_for('the menu with the focus', lambda: any(has_state(item, Atspi.StateType.FOCUSED) for item in window.find_all('Send again')))

    def message(self, window):
        for found in window.find_all('Message'):
            for node in walk(found):
                if 'EditableText' in node.get_interfaces():
                    return Atspi.Text.get_text(node, 0, -1)
        return None

    def wait_for_message(self, window, text):
        wait_for(f'the message “{text}”; it is “{self.message(window)}”', lambda: self.message(window) == text)

    def test_a_record_is_sent_again_as_it_is(self):
        window, peer = self.open_udp(), self.udp_peer()
        self.say(window, peer, b'\x00\xffhello\r\n', 'hello')
        self.right_click(window)
        window.picture('record-menu')
        window.keys('d')
        self.assertEqual(peer.recv(65536), b'\x00\xffhello\r\n')
        window.wait_for_newest('Sent to', 'hello')

    def test_a_record_is_edited_with_the_options_it_needs(self):
        window, peer = self.open_udp(), self.udp_peer()
        self.say(window, peer, 'grüße\r\n'.encode(), 'grüße')
        self.right_click(window)
        window.keys('e')
        self.wait_for_message(window, 'grüße')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(65536), 'grüße\r\n'.encode())
        window.keys('ctrl+l')
        wait_for('an empty log', lambda: window.newest() == '')
        self.say(window, peer, b'\xff\x00', '2 bytes')
        self.right_click(window)
        window.keys('e')
        self.wait_for_message(window, 'FF 00')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(65536), b'\xff\x00')

    def test_the_peer_of_a_record_is_answered(self):
        window, first, last = self.open_udp(), self.udp_peer(), self.udp_peer()
        self.say(window, first, b'first', 'first')
        self.say(window, last, b'last', 'last')
        self.right_click(window)
        window.keys('r')
        window.type_into('Message', 'for the first')
        window.keys('ctrl+Return')
        self.assertEqual(first.recv(65536), b'for the first')

    def test_only_its_peer_is_shown(self):
        window, first, last = self.open_udp(), self.udp_peer(), self.udp_peer()
        self.say(window, first, b'ping\r\n', 'ping')
        self.say(window, last, b'pong', 'pong')
        self.say(window, last, b'ping', 'ping')
        self.right_click(window)
        window.keys('o')
        window.wait_for_text('1 match')
        window.wait_for_newest('ping', str(first.getsockname()[1]))
        window.keys('Escape')
        window.wait_for_newest('ping', str(last.getsockname()[1]))

    def test_what_it_says_is_found(self):
        window, peer = self.open_udp(), self.udp_peer()
        self.say(window, peer, b'ping\r\n', 'ping')
        self.say(window, peer, b'pong', 'pong')
        self.say(window, peer, b'ping', 'ping')
        self.right_click(window)
        window.keys('f')
        window.wait_for_text('2 matches')

    def test_the_keyboard_opens_it(self):
        window, peer = self.open_udp(), self.udp_peer()
        self.say(window, peer, b'by keys', 'by keys')
        for key in ('Menu', 'shift+F10'):
            window.keys('ctrl+shift+l', 'ctrl+Home', key)
            self.wait_for_menu(window)
            window.keys('d')
            self.assertEqual(peer.recv(65536), b'by keys')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
