#!/usr/bin/python3
"""test_fields.py: the fields of an endpoint: each protocol has its own, numbers are taken or refused, and a failure leaves no recording

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import os
import shutil
import socket
import subprocess
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, Atspi, WindowTest, wait_for  # noqa: E402

UDP, TCP_CLIENT, TCP_SERVER = 0, 1, 2


def click_on(node, button='1'):
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    place = str(box.x + box.width // 2), str(box.y + box.height // 2)
    subprocess.run(['xdotool', 'mousemove', *place, 'click', button], check=True)


class Fields(WindowTest):
    def length(self, window, name):
        """Characters in a field: GTK 4.8 does not tell which."""
        return max((Atspi.Text.get_character_count(node) for found in window.find_all(name) for node in harness.walk(found)
                    if 'Text' in node.get_interfaces() and 'EditableText' in node.get_interfaces()), default=-1)

    def test_a_new_udp_tab_does_not_take_over_the_remote_address_of_a_tcp_client(self):
        port = self.echo_server()
        window = self.start()
        window.choose('Protocol', TCP_CLIENT)
        window.type_into('Remote address', '127.0.0.1')
        window.type_into('Remote port', str(port))
        window.click('Connect')
        window.button('Disconnect')
        window.keys('ctrl+t')
        wait_for('the fields of a new tab', lambda: window.look('Connect') and self.length(window, 'Remote address') == len('127.0.0.1'))
        window.choose('Protocol', UDP)
        window.button('Open')
        self.assertEqual(self.length(window, 'Remote address'), 0)
        window.find('Last sender')

    def test_a_protocol_that_is_chosen_again_has_what_was_typed_for_it(self):
        window = self.start('udp')
        window.type_into('Remote address', '192.0.2.77')
        window.type_into('Remote port', '9')
        window.choose('Protocol', TCP_SERVER)
        window.button('Listen')
        window.choose('Protocol', UDP)
        window.button('Open')
        wait_for('the remote address', lambda: self.length(window, 'Remote address') == len('192.0.2.77'))
        window.find('192.0.2.77:9')

    def test_a_port_that_waits_for_peers_goes_along_to_a_protocol_that_has_none(self):
        window = self.start('tcp-server')
        window.type_into('Local port', '0')
        window.click('Listen')
        window.button('Stop')
        window.click('Stop')
        window.button('Listen')
        window.choose('Protocol', UDP)
        window.button('Open')
        wait_for('the port', lambda: self.length(window, 'Local port') == len('0'))
        window.choose('Protocol', TCP_CLIENT)
        window.button('Connect')
        self.assertEqual(self.length(window, 'Local port'), 0)

    def test_a_client_without_a_remote_address_gets_a_window_and_a_mark_only_if_it_is_to_be_opened(self):
        window = self.start('tcp-client', '--local', '127.0.0.1:0')
        window.button('Connect')
        self.assertFalse([text for text in window.texts() if 'is empty' in text])
        subprocess.run([harness.PROGRAM, 'tcp-client', '--open'], check=True, timeout=PATIENCE)
        window.wait_for_text('The remote address is empty')

    def test_a_number_that_is_none_is_refused_and_a_typed_one_counts_without_enter(self):
        window = self.start('tcp-server', '--local', '127.0.0.1:0')
        more = window.find('More', ('label', 'button'))
        if more.get_role_name() == 'button':            # in newer GTK
            Atspi.Action.do_action(more, 0)
        else:
            click_on(more)
        window.type_into('Most clients', '0.5')
        window.wait_for_text('“0.5” is not a whole number from 1 to 60,000: it stays 10,000')
        window.picture('number-refused')
        window.type_into('Most clients', '1')
        window.click('Listen')
        window.button('Stop')
        port = harness.bound_port(window)
        with socket.create_connection(('127.0.0.1', port), PATIENCE), socket.create_connection(('127.0.0.1', port), PATIENCE):
            window.wait_for_newest('limit')

    def test_the_wheel_changes_no_number(self):
        window = self.start('udp')
        field = window.find('Interval in milliseconds')
        wheel_up, wheel_down = '4', '5'
        for _ in range(3):
            click_on(field, wheel_down)
        click_on(field, wheel_up)
        window.keys('F9')
        window.keys('F9')           # what was scrolled has been taken by now
        window.find('Interval in milliseconds')
        self.assertEqual(self.length(window, 'Interval in milliseconds'), len('1000'))

    def test_an_opening_that_fails_leaves_no_recording_and_one_that_succeeds_does(self):
        cache = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, cache)
        window = self.start('tcp-client', '--remote', f'127.0.0.1:{self.free_port()}', '--open', XDG_CACHE_HOME=cache)
        window.wait_for_text('Cannot connect')
        window.button('Connect')
        self.assertEqual(glob.glob(f'{cache}/**/*.porthole', recursive=True), [])
        window.type_into('Remote port', str(self.echo_server()))
        window.click('Connect')
        window.button('Disconnect')
        wait_for('a recording', lambda: glob.glob(f'{cache}/**/*.porthole', recursive=True))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
