#!/usr/bin/python3
"""test_addresses.py: the real window: addresses that are typed, followed, remembered, named and searched

SPDX-License-Identifier: GPL-3.0-or-later

  test_addresses.py PORTHOLE PICTURES [NAME…]
"""
import os
import re
import socket
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402

KEYS = {' ': 'space', '.': 'period', ':': 'colon', '/': 'slash', '[': 'bracketleft', ']': 'bracketright'}


class Addresses(WindowTest):
    def open(self, protocol='udp', *arguments):
        window = self.start(protocol, '--local', '127.0.0.1:0', *arguments, '--open')
        window.button('Stop' if protocol == 'tcp-server' else 'Close')
        return window

    def address(self, peer):
        return f'127.0.0.1:{peer.getsockname()[1]}'

    def local_port(self, window):
        return int(wait_for('a bound port', lambda: re.search(r'(?:Open|Listening) on 127\.0\.0\.1:(\d+)', ' '.join(window.texts()))).group(1))

    def wait_for_focus(self, window, name):
        wait_for(f'the focus on “{name}”', lambda: any(has_state(node, Atspi.StateType.FOCUSED) for node in window.find_all(name)))

    def type(self, window, text):
        window.keys('ctrl+a', 'Delete', *(KEYS.get(c, c) for c in text))

    def type_target(self, window, text):
        window.keys('alt+m')
        self.wait_for_focus(window, 'Address to send to')
        self.type(window, text)

    def send(self, window, text):
        window.keys('ctrl+m')
        self.wait_for_focus(window, 'Message')
        self.type(window, text)
        window.keys('ctrl+Return')

    def is_marked(self, window, name):
        return any(node.get_description() for node in window.find_all(name))

    def wait_for_target(self, window, address):
        """The address that the list of targets shows."""
        wait_for(f'“{address}” as the target', lambda: any(
            node.get_name() == address for box in window.find_all('Send to', ('combo box',)) for node in walk(box)))


class Typed(Addresses):
    def test_a_message_goes_to_the_address_that_was_typed_and_the_remote_stays(self):
        remote, other = self.udp_peer(), self.udp_peer()
        window = self.open('udp', '--remote', self.address(remote))
        self.type_target(window, 'udp://' + self.address(other))
        window.keys('Return')
        self.wait_for_focus(window, 'Message')
        self.send(window, 'typed')
        self.assertEqual(other.recv(10), b'typed')
        window.picture('send-to-typed')
        window.click('Back to the list of targets')
        self.wait_for_focus(window, 'Send to')
        self.send(window, 'remote')
        self.assertEqual(remote.recv(10), b'remote')
        window.keys('ctrl+Up', 'ctrl+Up')
        window.find('Address to send to')        # the message and where it went
        window.keys('ctrl+Return')
        self.assertEqual(other.recv(10), b'typed')

    def test_full_width_digits_and_what_was_not_entered_count_when_it_is_sent(self):
        peer = self.udp_peer()
        window = self.open()
        port = ''.join(chr(0xff10 + int(digit)) for digit in str(peer.getsockname()[1]))
        window.keys('alt+m')
        self.wait_for_focus(window, 'Address to send to')
        window.type_into('Address to send to', f'１２７．０．０．１：{port}')
        window.type_into('Message', 'wide')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'wide')

    def test_what_is_no_address_is_marked_and_sends_nothing(self):
        remote = self.udp_peer()
        window = self.open('udp', '--remote', self.address(remote))
        window.type_into('Message', 'nowhere')
        for text, words in (('127.0.0.1', 'lacks a port'), (':80', 'lacks an address'), ('a b', 'is not an address'),
                            ('tcp://127.0.0.1:9', 'is not the protocol that is open')):
            self.type_target(window, text)
            window.keys('Return')
            window.wait_for_text(words)
            self.assertTrue(self.is_marked(window, 'Address to send to'))
            window.keys('ctrl+Return')
            window.wait_for_text(words)
        window.picture('send-to-wrong')
        window.keys('Escape')
        self.wait_for_target(window, self.address(remote))
        window.keys('ctrl+Return')
        self.assertEqual(remote.recv(10), b'nowhere')
        remote.setblocking(False)
        self.assertRaises(BlockingIOError, remote.recv, 10)

    def test_the_address_of_a_client_chooses_it_and_another_is_refused(self):
        window = self.open('tcp-server')
        port = self.local_port(window)
        clients = [socket.create_connection(('127.0.0.1', port), timeout=harness.PATIENCE) for _ in range(2)]
        for client in clients:
            self.addCleanup(client.close)
        window.wait_for_text('2 clients')
        self.type_target(window, '127.0.0.1:1')
        window.keys('Return')
        window.wait_for_text('127.0.0.1:1 is not connected')
        self.type_target(window, self.address(clients[1]))
        window.keys('Return')
        self.wait_for_target(window, self.address(clients[1]))
        self.send(window, 'one')
        self.assertEqual(clients[1].recv(10), b'one')
        clients[0].setblocking(False)
        self.assertRaises(BlockingIOError, clients[0].recv, 10)


class Follow(Addresses):
    def test_messages_go_to_whom_was_heard_last_and_that_is_shown(self):
        remote, first, second = (self.udp_peer() for _ in range(3))
        window = self.open('udp', '--remote', self.address(remote))
        port = self.local_port(window)
        window.keys('alt+shift+m')
        wait_for('to follow', lambda: harness.is_on(window.look('Follow the last sender', harness.BUTTONS)))
        self.send(window, 'before')
        self.assertEqual(remote.recv(10), b'before')
        for peer in (first, second, first):
            peer.sendto(b'hello', ('127.0.0.1', port))
            self.wait_for_target(window, self.address(peer))
            self.send(window, 'answer')
            self.assertEqual(peer.recv(10), b'answer')
        window.picture('follow')
        window.keys('alt+shift+m')
        self.wait_for_target(window, self.address(remote))
        self.send(window, 'again')
        self.assertEqual(remote.recv(10), b'again')

    def test_who_chooses_somebody_else_follows_no_more(self):
        first, second, other = (self.udp_peer() for _ in range(3))
        window = self.open()
        port = self.local_port(window)
        window.keys('alt+shift+m')
        first.sendto(b'hello', ('127.0.0.1', port))
        self.wait_for_target(window, self.address(first))
        self.type_target(window, self.address(other))
        window.keys('Return')
        wait_for('to follow no more', lambda: not harness.is_on(window.look('Follow the last sender', harness.BUTTONS)))
        second.sendto(b'hello', ('127.0.0.1', port))
        window.wait_for_newest('hello')
        self.send(window, 'typed')
        self.assertEqual(other.recv(10), b'typed')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
