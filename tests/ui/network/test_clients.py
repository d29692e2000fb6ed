#!/usr/bin/python3
"""test_clients.py: the list of a server's clients: it does not move under the pointer, and each client has a menu

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import socket
import subprocess
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, Atspi, WindowTest, bound_port, has_state, wait_for  # noqa: E402

KICK = 'Disconnect this client'


def middle(node):
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.x + box.width // 2, box.y + box.height // 2


def click_at(place, button=1, times=1):
    subprocess.run(['xdotool', 'mousemove', *map(str, place), 'click', '--repeat', str(times), '--delay', '60', str(button)],
                   check=True)


def is_connected(client):
    """Whether a socket that gets no data is still connected."""
    client.setblocking(False)
    try:
        return client.recv(1) != b''
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False
    finally:
        client.settimeout(PATIENCE)


def kick_buttons(window):
    return [node for node in window.find_all(KICK) if node.get_role_name() in harness.BUTTONS]      # and not their tooltip


class Clients(WindowTest):
    def serve(self, n):
        window = self.start('tcp-server', '--local', '127.0.0.1:0', '--open')
        window.button('Stop')
        port = bound_port(window)
        clients = []
        for number in range(n):
            clients.append(socket.create_connection(('127.0.0.1', port), PATIENCE))
            self.addCleanup(clients[-1].close)
            clients[-1].sendall(b'I am %d' % number)
            window.wait_for_newest(f'I am {number}')
        wait_for(f'{n} rows', lambda: len(kick_buttons(window)) == n)
        return window, clients

    def name_of(self, client):
        return '127.0.0.1:%d' % client.getsockname()[1]

    def row(self, window, client):
        name = self.name_of(client)
        rows = [node for node in window.find_all(name) if node.get_parent().get_role_name() != 'table row']
        return next(node for node in rows if Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW).width > 0)

    def test_two_quick_clicks_disconnect_one_client_and_the_others_stay_where_they_are(self):
        window, clients = self.serve(3)
        self.need_places(window)
        places = [middle(node) for node in kick_buttons(window)]
        click_at(places[0], times=2)
        self.assertEqual(clients[0].recv(1), b'')
        window.wait_for_newest(f'{self.name_of(clients[0])} disconnected (by you)')
        window.picture('client-kicked')
        wait_for('the row to go after a while', lambda: len(kick_buttons(window)) == 2)
        self.assertTrue(is_connected(clients[1]) and is_connected(clients[2]))
        click_at(places[0])                     # now the second client is there
        self.assertEqual(clients[1].recv(1), b'')
        self.assertTrue(is_connected(clients[2]))

    def choose_in_menu(self, window, client, item):
        self.need_places(window)
        click_at(middle(self.row(window, client)), button=3)
        node = window.menu_item(item)
        window.picture('client-menu')
        Atspi.Action.do_action(node, 0)

    def test_peers_of_another_protocol_are_no_clients(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        window.button('Close')
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(peer.close)
        peer.sendto(b'I am a peer', ('127.0.0.1', bound_port(window)))
        window.wait_for_newest('I am a peer')
        window.click('Close')
        window.button('Open')
        window.choose('Protocol', 2)
        window.button('Listen')
        self.assertEqual(kick_buttons(window), [])
        window.type_into('Local address', '127.0.0.1')
        window.type_into('Local port', '0')
        window.click('Listen')
        window.button('Stop')
        client = socket.create_connection(('127.0.0.1', bound_port(window)), PATIENCE)
        self.addCleanup(client.close)
        wait_for('the row of the client', lambda: len(kick_buttons(window)) == 1)

    def test_the_menu_of_a_client_resets_it(self):
        window, clients = self.serve(2)
        self.choose_in_menu(window, clients[1], 'Reset connection (RST)')
        with self.assertRaises(ConnectionResetError):
            clients[1].recv(1)
        window.wait_for_newest('disconnected (by you, with RST)')
        self.assertTrue(is_connected(clients[0]))

    def test_the_menu_of_a_client_disconnects_it(self):
        window, clients = self.serve(2)
        self.choose_in_menu(window, clients[0], 'Disconnect')
        self.assertEqual(clients[0].recv(1), b'')
        self.assertTrue(is_connected(clients[1]))

    def test_the_menu_of_a_client_shows_only_its_records(self):
        window, clients = self.serve(2)
        self.choose_in_menu(window, clients[0], 'Only this client')
        wait_for('the newest record of the first client', lambda: 'I am 0' in window.newest())

    def test_the_menu_of_a_client_sends_to_it(self):
        window, clients = self.serve(2)
        self.choose_in_menu(window, clients[1], 'Send to this client')
        window.type_into('Message', 'to the second')
        window.click('Send')
        self.assertEqual(clients[1].recv(100), b'to the second')

    def test_keys_lead_to_the_menu_of_a_client_and_disconnect_it(self):
        window, clients = self.serve(2)
        window.keys('ctrl+d', 'Tab', 'Tab', 'End', 'shift+F10')
        window.find('Reset connection (RST)')
        window.keys('Escape', 'Delete')
        self.assertEqual(clients[1].recv(1), b'')
        self.assertTrue(is_connected(clients[0]))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
