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


class Remembered(Addresses):
    def rows(self, window):
        return [node.get_name() for node in walk(window.root) if node.get_role_name() == 'list item' and '127.0.0.1:' in node.get_name()]

    def wait_for_rows(self, window, *rows):
        wait_for(f'{rows} in the list; it has {self.rows(window)}', lambda: self.rows(window) == list(rows))

    def open_list(self, window):
        button = window.find('Remembered addresses')
        Atspi.Action.do_action(next(node for node in walk(button) if node.get_role_name() in harness.BUTTONS and node != button), 0)

    def use(self, window, *peers):
        """Sends to each, by an address that is typed."""
        for peer in peers:
            self.type_target(window, self.address(peer))
            window.keys('Return')
            self.send(window, 'hello')
            self.assertEqual(peer.recv(10), b'hello')

    def name(self, window, address, name):
        """By the list at the remote address."""
        self.open_list(window)
        row = wait_for('the row', lambda: next((n for n in walk(window.root) if n.get_role_name() == 'list item' and address in n.get_name()), None))
        pencil = next(n for n in walk(row) if n.get_name() == 'Name this address')
        Atspi.Action.do_action(pencil, 0)
        self.wait_for_focus(window, 'Name of the address')
        self.type(window, name)
        window.keys('Return')
        wait_for('the name in the list', lambda: f'{name} · {address}' in self.rows(window))
        window.picture('remembered')

    def test_an_address_that_was_used_is_found_by_the_name_that_one_gave_it(self):
        first, second = self.udp_peer(), self.udp_peer()
        window = self.open()
        self.use(window, first, second)
        self.name(window, self.address(first), 'plc hall 3')
        window.keys('Escape')
        self.type_target(window, 'hall')
        self.wait_for_rows(window, f'plc hall 3 · {self.address(first)}')
        window.picture('suggested')
        window.keys('Down', 'Return')
        self.wait_for_focus(window, 'Message')
        self.send(window, 'named')
        self.assertEqual(first.recv(10), b'named')

    def test_what_is_typed_is_never_taken_away(self):
        first, second = self.udp_peer(), self.udp_peer()
        window = self.open()
        self.use(window, first)
        self.type_target(window, '127.0.0.1')
        self.wait_for_rows(window, self.address(first))
        window.keys('Escape')
        self.wait_for_rows(window)
        self.type_target(window, '127.0.0.1')
        self.wait_for_rows(window, self.address(first))
        window.keys('Down', 'Up', 'colon', *str(second.getsockname()[1]), 'Return')
        self.wait_for_focus(window, 'Message')
        self.send(window, 'typed')
        self.assertEqual(second.recv(10), b'typed')

    def test_the_remote_address_offers_them_and_forgets_one(self):
        first, second = self.udp_peer(), self.udp_peer()
        window = self.open()
        self.use(window, first, second)
        window.keys('ctrl+d')
        self.wait_for_focus(window, 'Remote address')
        window.keys('Down')
        self.wait_for_rows(window, self.address(second), self.address(first))
        window.picture('remote-suggested')
        window.keys('Down', 'Return')
        window.click('Back to the list of targets')
        self.wait_for_focus(window, 'Send to')
        self.wait_for_target(window, self.address(first))
        self.open_list(window)
        row = wait_for('the row', lambda: next((n for n in walk(window.root) if n.get_name() == self.address(second)
                                                and n.get_role_name() == 'list item'), None))
        Atspi.Action.do_action(next(n for n in walk(row) if n.get_name() == 'Forget this address'), 0)
        self.wait_for_rows(window, self.address(first))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
