#!/usr/bin/python3
"""test_drawer.py: the pages of the drawer about the network: peers and the connection

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, bound_port, has_state, wait_for, walk  # noqa: E402


class Drawer(WindowTest):
    def test_the_connection_tells_what_it_is(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        window.keys('F8')
        window.click('Connection')
        for title in ('Bound to', 'Family', 'Receive buffer', 'Recorded to'):
            window.find(title)
        window.find(f'127.0.0.1:{port}')
        window.find('IPv4')
        window.wait_for_text('Open since')
        self.udp_peer().sendto(b'seven..', ('127.0.0.1', port))
        window.find('7 B · 1 packet')
        window.picture('drawer-connection')
        window.click('Close')
        window.wait_for_text('Closed since')

    def test_the_peers_are_searched_and_one_is_sent_to(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        peers = [self.udp_peer() for _ in range(3)]
        for number, peer in enumerate(peers):
            peer.sendto(b'I am %d' % number, ('127.0.0.1', port))
            window.wait_for_newest(f'I am {number}')
        window.keys('ctrl+shift+p')
        window.find('3 peers')
        wait_for('the search to have the focus', lambda: any(has_state(node, Atspi.StateType.FOCUSED)
                                                             for found in window.find_all('Search peers') for node in walk(found)))
        window.picture('drawer-peers')
        name = '127.0.0.1:%d' % peers[1].getsockname()[1]
        window.keys(*name[-5:])
        window.find('1 / 3 peers')
        window.keys('Return')
        window.click('Send to this peer')
        window.type_into('Message', 'to the second')
        window.click('Send')
        self.assertEqual(peers[1].recv(100), b'to the second')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
