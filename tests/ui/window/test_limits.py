#!/usr/bin/python3
# test_limits.py: the real window: repeats that end by themselves, and what it shows about losses
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_limits.py PORTHOLE PICTURES [NAME…]
import os
import re
import signal
import socket
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import WindowTest, bound_port, wait_for  # noqa: E402


class Repeat(WindowTest):
    def repeat(self, interval, times):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open')
        if interval is None:
            window.find('As fast as possible')
            window.keys('alt+f')
        else:
            window.type_into('Interval in milliseconds', interval)
        window.type_into('Times a message is repeated', times)
        window.type_into('Message', 'tick')
        window.keys('alt+r')
        window.click('Send')
        return window, peer

    def test_a_repeat_stops_after_so_many_and_tells_how_it_went(self):
        window, peer = self.repeat('1', '25')
        self.assertRegex(window.wait_for_newest('Repeating has ended'), '25 messages, .* late, jitter')
        window.wait_for_text('100 bytes · 25 packets')
        self.assertEqual([peer.recv(10) for _ in range(25)], [b'tick'] * 25)
        window.button('Send')

    def test_nothing_between_two_messages_is_as_fast_as_possible(self):
        window, _ = self.repeat(None, '5000')
        rate = re.search(r'5,000 messages, ([0-9,]+)[0-9.]* messages/s', window.wait_for_newest('Repeating has ended'))
        self.assertGreater(int(rate.group(1).replace(',', '')), 5000)

    def test_while_it_repeats_the_window_tells_how_it_goes(self):
        window, _ = self.repeat('10', '')
        window.wait_for_text('late, jitter')
        window.picture('repeating')
        window.click('Stop repeating')
        wait_for('the rate to go', lambda: not any('late, jitter' in text and 'ended' not in text for text in window.texts()))


class Loss(WindowTest):
    def open(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        return window, bound_port(window)

    def test_no_loss_is_a_measurement(self):
        window, _ = self.open()
        window.explain_losses()
        window.wait_for_text('Nothing was lost')
        self.assertRegex(window.wait_for_text('Receive buffer'), r'[0-9.]+ [KM]iB')

    def test_a_loss_says_how_much_and_what_helps(self):
        window, port = self.open()
        window.process.send_signal(signal.SIGSTOP)
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
                for _ in range(60000):
                    sender.sendto(bytes(1400), ('127.0.0.1', port))
        finally:
            window.process.send_signal(signal.SIGCONT)
        lost = wait_for('a loss', lambda: [text for text in window.texts() if re.fullmatch('Lost [1-9][0-9,]*', text)])[0]
        window.explain_losses()
        window.wait_for_text(f'The system dropped {lost.split()[1]} datagrams')
        window.wait_for_text('Its receive buffer was full')
        window.picture('lost')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
