#!/usr/bin/python3
"""test_rates.py: the window shows rates and peers, and does nothing while there is no traffic

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import socket
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import BUTTONS, Atspi, WindowTest, bound_port, has_state, walk, wait_for  # noqa: E402

NOTHING = 'Received 0 B/s · 0/s    Sent 0 B/s · 0/s'

THOUSANDS = re.compile('[kM]B/s')


def stream(port, stop):
    """Sends datagrams of 1000 bytes at each tick until stop() is true; returns its value."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        def more():
            for _ in range(5):
                sender.sendto(b'x' * 1000, ('127.0.0.1', port))
            return stop()
        return wait_for('the rate to be told', more)


class Rates(WindowTest):
    def open_udp(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        return window, bound_port(window)

    def meter(self, window):
        return window.find('Rates', BUTTONS)

    def test_an_idle_port_tells_that_nothing_goes_through(self):
        window, _ = self.open_udp()
        meter = self.meter(window)
        wait_for('the rate of nothing', lambda: meter.get_description() == NOTHING)
        window.wait_for_text('0 B/s · 0/s')

    def test_traffic_is_told_while_it_lasts_and_is_over_afterwards(self):
        window, port = self.open_udp()
        meter = self.meter(window)
        told = stream(port, lambda: re.fullmatch(r'Received ([\d.]+) [kM]B/s · ([\d,]+)/s    Sent 0 B/s · 0/s',
                                                 meter.get_description() or ''))
        self.assertGreater(float(told.group(1)), 1)
        self.assertGreater(int(told.group(2).replace(',', '')), 1)
        window.picture('rates-meter')
        wait_for('the rate to fall to nothing', lambda: meter.get_description() == NOTHING)

    def test_the_large_graph_reads_off_what_went_through(self):
        window, port = self.open_udp()
        meter = self.meter(window)
        stream(port, lambda: THOUSANDS.search(meter.get_description() or ''))
        window.click('Rates')
        chart = wait_for('the large graph', lambda: next((node for node in window.find_all('Rates')
                                                          if node.get_role_name() in ('image', 'icon', 'graphic')), None))
        wait_for('a time and a rate', lambda: re.match(r'\d\d:\d\d:\d\d    Received ', chart.get_description() or ''))
        window.click('Whole recording')
        window.click('Records')
        wait_for('the second that had most', lambda: self.step_back(window, chart))
        window.picture('rates-large')
        window.keys('Escape')
        wait_for('the window to close', lambda: window.look('Whole recording') is None)

    @staticmethod
    def step_back(window, chart):
        """Moves the focus to the graph, and the cursor left to a second with traffic."""
        window.keys('Left' if has_state(chart, Atspi.StateType.FOCUSED) else 'Tab')
        return THOUSANDS.search(chart.get_description() or '')


class Peers(WindowTest):
    @staticmethod
    def rows(window):
        """The rows that the table shows: the accessible and the cells of each."""
        view = next(node for node in window.find_all('Peers') if 'table' in node.get_role_name())
        found = [(row, [node.get_name() for node in walk(row) if node.get_role_name() == 'label' and node.get_name()])
                 for row in walk(view) if row.get_role_name() in ('table row', 'list item')]
        return [(row, cells) for row, cells in found if cells and ':' in cells[0]]

    def column(self, window, place):
        return [cells[place] for _, cells in self.rows(window)]

    def test_who_was_heard_is_counted_and_sorted_by_what_is_asked_for(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        for count in (2, 30, 4):
            peer = self.udp_peer()
            for _ in range(count):
                peer.sendto(b'1234567890', ('127.0.0.1', port))
        window.keys('ctrl+shift+p')
        window.wait_for_text('3 peers')
        wait_for('what each has sent', lambda: self.column(window, 1) == ['20 B', '300 B', '40 B'])
        window.keys('ctrl+alt+2')
        wait_for('the fewest first', lambda: self.column(window, 1) == ['20 B', '40 B', '300 B'])
        window.keys('ctrl+alt+2')
        wait_for('the most first', lambda: self.column(window, 1) == ['300 B', '40 B', '20 B'])
        window.picture('peers')

    def test_a_client_is_disconnected_and_stays_in_the_table(self):
        window = self.start('tcp-server', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        client = socket.create_connection(('127.0.0.1', port))
        self.addCleanup(client.close)
        client.settimeout(harness.PATIENCE)
        window.keys('ctrl+shift+p')
        window.wait_for_text('1 peer')
        self.choose_first(window)
        window.click('Disconnect')
        self.assertEqual(client.recv(10), b'')
        window.wait_for_text('No clients')
        self.assertEqual(len(self.rows(window)), 1)

    def test_who_is_chosen_gets_what_is_sent(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        first, second = self.udp_peer(), self.udp_peer()
        for peer in (first, second):
            peer.sendto(b'here', ('127.0.0.1', port))
        window.keys('ctrl+shift+p')
        window.wait_for_text('2 peers')
        self.choose_first(window)
        window.click('Send to this peer')
        window.type_into('Message', 'to the first')
        window.click('Send')
        self.assertEqual(first.recv(100), b'to the first')

    def test_one_peer_can_be_shown_alone(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        for word in (b'first', b'second'):
            self.udp_peer().sendto(word, ('127.0.0.1', port))
            window.wait_for_newest(word.decode())
        window.keys('ctrl+shift+p')
        window.wait_for_text('2 peers')
        self.choose_first(window)
        window.click('Show only this peer')
        window.wait_for_newest('first')
        window.wait_for_text('1 match')

    def choose_first(self, window):
        wait_for('a row', lambda: self.rows(window))
        window.keys('Return')               # the focus is in the search
        wait_for('the row to be chosen', lambda: has_state(window.look('Copy address', BUTTONS), Atspi.StateType.SENSITIVE))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
