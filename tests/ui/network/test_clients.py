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
from harness import PATIENCE, Atspi, WindowTest, bound_port, flood, has_state, is_on, wait_for  # noqa: E402

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
        self.choose_in_menu(window, clients[1], 'Reset (send RST)')
        with self.assertRaises(ConnectionResetError):
            clients[1].recv(1)
        window.wait_for_newest('disconnected (by you, with RST)')
        self.assertTrue(is_connected(clients[0]))

    def open_menu(self, window, client):
        """The menu, opened by a click; its items by their names, also those that make no sense now."""
        click_at(middle(self.row(window, client)), button=3)
        window.menu_item('Send to this client')
        return {node.get_name(): node for node in harness.walk(window.root) if 'menu item' in node.get_role_name()}

    def test_a_client_that_is_half_closed_sees_a_fin_and_its_answer_is_still_shown(self):
        window, clients = self.serve(2)
        self.choose_in_menu(window, clients[1], 'Half-close (send FIN)')
        self.assertEqual(clients[1].recv(1), b'')
        window.find('half-closed here')
        clients[1].sendall(b'the answer')
        window.wait_for_newest('the answer')
        items = self.open_menu(window, clients[1])
        window.picture('client-half-closed')
        self.assertFalse(has_state(items['Half-close (send FIN)'], Atspi.StateType.SENSITIVE))
        self.assertTrue(has_state(items['Stop reading'], Atspi.StateType.SENSITIVE))
        window.keys('Escape')
        items = self.open_menu(window, clients[0])
        self.assertTrue(has_state(items['Half-close (send FIN)'], Atspi.StateType.SENSITIVE))

    def test_a_client_that_is_not_read_from_has_to_wait_and_then_everything_arrives(self):
        window, clients = self.serve(2)
        self.choose_in_menu(window, clients[0], 'Stop reading')
        window.find('reading stopped')
        sent = flood(clients[0]) + len(b'I am 0') + len(b'I am 1')
        clients[1].sendall(b'and the other')
        sent += len(b'and the other')
        window.wait_for_newest('and the other')
        items = self.open_menu(window, clients[0])
        window.picture('client-reading-stopped')
        self.assertTrue(is_on(items['Stop reading']))
        Atspi.Action.do_action(items['Stop reading'], 0)
        window.wait_for_text(f'{sent:,}')
        wait_for('no word in the row', lambda: not window.find_all('reading stopped'))

    def test_the_drawer_has_the_same_menu_for_each_peer(self):
        window, clients = self.serve(2)
        window.keys('ctrl+shift+p')
        window.find('2 peers')
        window.keys('Tab', 'Tab', 'Down', 'shift+F10')
        window.menu_item('Show only this peer')
        window.picture('drawer-peer-menu')
        Atspi.Action.do_action(window.menu_item('Stop reading'), 0)
        window.wait_for_newest('has stopped (by you)')
        wait_for('the word in the list and in the drawer', lambda: len(window.find_all('reading stopped')) == 2)
        window.picture('drawer-peer-stopped')
        window.keys('shift+F10')
        Atspi.Action.do_action(window.menu_item('Reset (send RST)'), 0)
        wait_for('the reset of one client', lambda: [is_connected(client) for client in clients].count(False) == 1)

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
        window.menu_item('Send to this client')
        window.keys('Escape', 'Delete')
        self.assertEqual(clients[1].recv(1), b'')
        self.assertTrue(is_connected(clients[0]))

    def test_keys_mean_the_client_with_the_focus_and_not_the_one_under_the_pointer(self):
        window, clients = self.serve(2)
        self.need_places(window)
        window.keys('ctrl+d', 'Tab', 'Tab', 'End')
        subprocess.run(['xdotool', 'mousemove', *map(str, middle(self.row(window, clients[0])))], check=True)
        window.keys('shift+Delete')
        with self.assertRaises(ConnectionResetError):
            clients[1].recv(1)
        self.assertTrue(is_connected(clients[0]))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
