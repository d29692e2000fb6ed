#!/usr/bin/python3
"""test_sending.py: the real window: what is typed, set and pressed on the sending side, and what goes out

SPDX-License-Identifier: GPL-3.0-or-later

  test_sending.py PORTHOLE PICTURES [NAME…]
"""
import os
import socket
import struct
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402

SO_TIMESTAMPNS = 35     # Linux: the kernel's time of arrival comes with each datagram


def focused(window):
    """The name of what has the focus."""
    for node in walk(window.root):
        if has_state(node, Atspi.StateType.FOCUSED):
            return node.get_name()
    return None


def is_on(window, name):
    return harness.is_on(window.look(name, harness.BUTTONS))


class Sending(WindowTest):
    def open(self, *arguments):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open', *arguments)
        window.button('Close')
        return window, peer

    def tab_to(self, window, name, key='Tab'):
        """Presses the key until the focus is there."""
        for _ in range(40):
            at = focused(window)
            if at == name:
                return
            window.keys(key)
            wait_for(f'the focus to leave “{at}”', lambda: focused(window) not in (at, None))
        self.fail(f'“{name}” is not reached')

    def wait_for_focus(self, window, name):
        wait_for(f'the focus on “{name}”; “{focused(window)}” has it', lambda: focused(window) == name)

    def type(self, window, text):
        """Types into the message with real keys."""
        window.keys('ctrl+m')
        self.wait_for_focus(window, 'Message')
        window.keys('ctrl+a', 'Delete', *({' ': 'space', '\\': 'backslash'}.get(c, c) for c in text))

    def typed(self, window):
        return Atspi.Text.get_text(next(n for n in window.find_all('Message') if 'EditableText' in n.get_interfaces()), 0, -1)


class Segments(Sending):
    def test_a_group_is_one_tab_stop_and_arrows_choose(self):
        window, peer = self.open()
        window.keys('ctrl+m')
        self.wait_for_focus(window, 'Message')
        self.tab_to(window, 'Send as text', 'shift+Tab')
        window.keys('Right')
        self.wait_for_focus(window, 'Send as hex')
        window.keys('Tab')
        self.wait_for_focus(window, 'Encoding of what is sent')
        window.keys('shift+Tab')
        self.wait_for_focus(window, 'Send as hex')
        window.type_into('Message', '55 0a')
        window.click('Send')
        self.assertEqual(peer.recv(10), b'\x55\x0a')
        window.keys('Left')
        self.wait_for_focus(window, 'Send as text')
        window.keys('End')
        self.wait_for_focus(window, 'Send as hex')


class Names(Sending):
    def test_no_control_has_the_name_of_its_type(self):
        window, _ = self.open()
        window.find('Send as text')
        controls = (*harness.BUTTONS, 'combo box', 'radio button', 'spin button', 'text', 'entry')
        nameless = [(node.get_role_name(), node.get_name()) for node in walk(window.window)
                    if node.get_role_name() in controls and (not node.get_name() or node.get_name().startswith('Gtk'))]
        self.assertEqual(nameless, [])
        for name in ('Message', 'Send', 'Send to', 'Send as text', 'Send as hex', 'Repeat every', 'Interval in milliseconds'):
            window.find(name)


class Summary(Sending):
    def test_what_will_go_out_is_told_while_it_is_typed(self):
        window, peer = self.open()
        window.button('Length: 0 B')
        self.type(window, 'az')
        window.button('Length: 2 B')
        window.choose('Encoding of what is sent', 2)  # that of what arrives, UTF-8, GBK
        window.button('Encoding: GBK')
        window.type_into('Message', '中a')
        window.button('Length: 3 B')
        window.choose('Line ending', 2)
        window.button('Line ending: CRLF')
        window.button('Length: 5 B')
        window.picture('summary')
        window.click('Send')
        self.assertEqual(peer.recv(10), '中a\r\n'.encode('gbk'))
        window.keys('alt+x')
        window.button('Form: hex')
        window.button('Length: 3 B')
        window.type_into('Message', 'D6 D0 6g')
        wait_for('the fault instead of the length', lambda: not any(t.startswith('Length') for t in window.texts()))
        window.picture('summary-fault')

    def test_each_part_leads_to_where_it_is_set(self):
        window, _ = self.open()
        window.click('Encoding: UTF-8')
        wait_for('the list of encodings', lambda: any(node.get_role_name() == 'list item' for node in walk(window.root)))
        window.keys('Escape')
        window.click('Length: 0 B')
        self.wait_for_focus(window, 'Message')
        window.keys('F9', 'alt+e')
        window.click('Escapes: on')
        self.wait_for_focus(window, 'Escapes')


class Forms(Sending):
    def test_bytes_that_are_no_text_stay_hex_and_it_is_said(self):
        window, peer = self.open()
        window.keys('alt+x')
        wait_for('hex', lambda: is_on(window, 'Send as hex'))
        self.type(window, 'ff fe')
        window.click('Send as text')
        window.wait_for_text('It stays hex')
        wait_for('hex', lambda: is_on(window, 'Send as hex') and not is_on(window, 'Send as text'))
        window.picture('stays-hex')
        window.keys('alt+x')
        wait_for('hex', lambda: is_on(window, 'Send as hex') and not is_on(window, 'Send as text'))
        self.assertEqual(self.typed(window), 'ff fe')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'\xff\xfe')

    def test_the_history_brings_back_hex_as_hex(self):
        window, peer = self.open()
        window.keys('alt+x')
        self.type(window, '55 aa')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'\x55\xaa')
        self.type(window, '')
        window.click('Send as text')
        wait_for('text', lambda: is_on(window, 'Send as text'))
        window.keys('ctrl+m', 'ctrl+Up')
        wait_for('hex', lambda: is_on(window, 'Send as hex'))
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'\x55\xaa')
        window.keys('ctrl+Up', 'ctrl+Down')
        self.type(window, '')
        window.click('Send as text')
        wait_for('text', lambda: is_on(window, 'Send as text'))
        self.type(window, 'hi')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'hi')
        window.keys('ctrl+h')
        wait_for('badges', lambda: {'HEX', 'UTF-8'} <= set(window.texts()))
        window.picture('history')
        window.keys('Tab', 'Down', 'Return')
        wait_for('hex', lambda: is_on(window, 'Send as hex'))
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'\x55\xaa')


class Keys(Sending):
    def test_ctrl_enter_means_send_also_while_nothing_is_open(self):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}')
        window.find('Send as text')
        self.type(window, 'abc')
        for key in ('ctrl+Return', 'ctrl+KP_Enter'):
            window.keys(key)
            window.wait_for_text('Not sent: nothing is open')
            window.keys('x')
            wait_for('the words to go', lambda: not any('Not sent' in text for text in window.texts()))
        self.assertEqual(self.typed(window), 'abcxx')
        window.keys('F5')
        window.wait_for_text('Open on 127.0.0.1:')
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(10), b'abcxx')


class Repeat(Sending):
    def interval(self, window):
        node = window.find('Interval in milliseconds', ('spin button',))
        return Atspi.Value.get_current_value(node)

    def enter(self, window, name, text):
        """Types a number with real keys, and Enter."""
        self.tab_to(window, name, 'shift+Tab')
        window.keys('ctrl+a', 'Delete', *({'.': 'period'}.get(c, c) for c in text), 'Return')

    def test_what_is_no_interval_is_refused_and_the_old_one_stays(self):
        window, peer = self.open()
        self.type(window, 'tick')
        for text in ('0.5', 'abc', '', '0'):
            self.enter(window, 'Interval in milliseconds', text)
            window.wait_for_text('it stays 1,000')
            self.assertEqual(self.interval(window), 1000)
        window.picture('interval-refused')
        window.keys('alt+r', 'ctrl+a', '0', 'period', '5', 'ctrl+Return')
        window.wait_for_text('“0.5” is not')
        peer.settimeout(0)
        self.assertRaises(BlockingIOError, peer.recv, 10)

    def times(self, peer, n):
        """The kernel's times of arrival of the next n datagrams, in s."""
        found = []
        for _ in range(n):
            _, ancillary, _, _ = peer.recvmsg(100, 256)
            seconds, nanoseconds = struct.unpack('qq', ancillary[0][2][:16])
            found.append(seconds + nanoseconds / 1e9)
        return found

    def test_another_interval_is_in_force_at_once(self):
        window, peer = self.open()
        peer.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.type(window, 'tick')
        self.enter(window, 'Interval in milliseconds', '1')
        window.keys('alt+r', 'ctrl+Return')
        window.button('Stop repeating')
        self.times(peer, 50)
        window.keys('ctrl+a', '5', 'Return')
        # As many as 100 come at 5 ms, less what is made up for after a late one.
        wait_for('200 a second', lambda: (lambda t: t[-1] - t[0] > 99 * 0.005 - 0.03)(self.times(peer, 100)))
        window.click('Stop repeating')
        window.button('Send')

    def test_what_is_typed_while_it_repeats_is_repeated_and_faults_are_told(self):
        window, peer = self.open()
        self.type(window, 'one')
        window.type_into('Interval in milliseconds', '20')
        window.keys('alt+r', 'ctrl+Return')
        window.button('Stop repeating')
        self.type(window, 'two')
        wait_for('the new text', lambda: peer.recv(10) == b'two')
        window.keys('alt+e')
        self.type(window, 'two\\')
        window.wait_for_text('Still repeating the message before')
        wait_for('the text before', lambda: peer.recv(10) == b'two')
        window.type_into('Times a message is repeated', '1')
        self.type(window, 'end')
        window.button('Send')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
