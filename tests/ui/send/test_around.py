#!/usr/bin/python3
"""test_around.py: the real window: check bytes, bytes around a message, variables and pieces are set as a person does, and go out so

SPDX-License-Identifier: GPL-3.0-or-later

  test_around.py PORTHOLE PICTURES [NAME…]
"""
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402

KEYS = {' ': 'space', '-': 'minus', '/': 'slash', '.': 'period'}


def is_on(window, name):
    return harness.is_on(window.look(name, harness.BUTTONS))


class Around(WindowTest):
    """Sends to a plain UDP socket."""

    def open(self, transport='udp', **environment):
        peer = self.udp_peer()
        arguments = ('--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open') if transport == 'udp' else ()
        window = self.start(transport, '--local', '127.0.0.1:0', *arguments, **environment)
        window.button('Close' if transport == 'udp' else 'Sending')     # in a low window the group may be folded
        return window, peer

    def keep_settings(self, text=''):
        """The environment of a user whose settings are kept from one start to the next."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'))
        with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as keyfile:
            keyfile.write('[io/github/porthole/Porthole]\n' + text)
        return {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}

    def switch(self, window, name):
        """Switches a check box with the keyboard, which has no action in the accessibility tree."""
        was = is_on(window, name)
        for _ in range(40):
            if any(node.get_name() == name and has_state(node, Atspi.StateType.FOCUSED) for node in walk(window.root)):
                break
            at = self.focused(window)
            window.keys('Tab')
            wait_for(f'the focus to leave “{at}”', lambda: self.focused(window) not in (at, None))
        else:
            self.fail(f'“{name}” is not reached')
        window.keys('space')
        wait_for(f'“{name}” to be switched', lambda: is_on(window, name) != was)

    def focused(self, window):
        return next(((node.get_role_name(), node.get_name()) for node in walk(window.root) if has_state(node, Atspi.StateType.FOCUSED)), None)

    def press(self, node):
        Atspi.Action.do_action(node, 0)

    def button_in(self, window, name, role=None):
        """The button that a control of this name consists of."""
        node = window.find(name, (role,) if role else None)
        return next((inner for inner in walk(node) if inner.get_role_name() in harness.BUTTONS and inner != node), node)

    def choose_check(self, window, words, name):
        """Opens the list, types the beginning of a name, and takes what is left."""
        self.press(self.button_in(window, 'Check bytes', 'combo box'))
        box = window.find('Check bytes', ('combo box',))

        def rows():
            return [node for node in walk(box) if node.get_role_name() == 'list item']
        wait_for('the list', lambda: len(rows()) > 2)
        window.keys(*(KEYS.get(c, c) for c in words))
        wait_for(f'one row for “{words}”', lambda: len([row for row in rows() if has_state(row, Atspi.StateType.VISIBLE)]) == 1)
        window.keys('Down', 'Return')
        wait_for(f'“{name}”', lambda: name in window.texts())

    def type_hex(self, window, text):
        if not is_on(window, 'Send as hex'):
            window.click('Send as hex')
            wait_for('hex', lambda: is_on(window, 'Send as hex'))  # a click takes a moment
        window.type_into('Message', text)

    def open_details(self, window):
        self.press(self.button_in(window, 'Details of the check bytes'))
        wait_for('the details', lambda: window.look('Bytes before, in hex'))

    def wait_for_bytes(self, window, words):
        wait_for(f'“{words}” below the message; the window has {window.texts()}',
                 lambda: any(t == 'Bytes that go out: ' + words for t in window.texts()))


class Checks(Around):
    def test_modbus_is_found_by_typing_shown_and_sent(self):
        window, peer = self.open()
        self.choose_check(window, 'crc-16/m', 'CRC-16/MODBUS')
        self.type_hex(window, '01 03 00 00 00 0A')
        self.wait_for_bytes(window, '01 03 00 00 00 0A C5 CD; check bytes: C5 CD')
        window.button('Added: CRC-16/MODBUS')
        window.button('Length: 8 B')
        window.picture('around-modbus')
        window.click('Send')
        self.assertEqual(peer.recv(20), bytes.fromhex('01 03 00 00 00 0A C5 CD'))

    def test_details_say_what_is_covered_and_how_it_is_written(self):
        window, peer = self.open()
        self.choose_check(window, 'xor', 'XOR-8')
        self.type_hex(window, '02 31 32')
        self.wait_for_bytes(window, '02 31 32 01; check bytes: 01')
        self.open_details(window)
        window.wait_for_text('“123456789” gets 31')
        window.type_into('Skip first bytes', '1')
        self.wait_for_bytes(window, '02 31 32 03; check bytes: 03')
        window.type_into('Skip last bytes', '1')
        self.wait_for_bytes(window, '02 31 32 31; check bytes: 31')
        window.choose('Written as', 1)
        self.wait_for_bytes(window, '02 31 32 33 31; check bytes: 33 31')
        window.type_into('Bytes before, in hex', 'aa55')
        window.type_into('Bytes behind, in hex', '0d 0A')
        self.wait_for_bytes(window, 'AA 55 02 31 32 36 36 0D 0A; check bytes: 36 36')
        window.picture('around-details')
        window.keys('Escape')
        window.click('Send')
        self.assertEqual(peer.recv(20), bytes.fromhex('AA 55 02 31 32 36 36 0D 0A'))

    def test_a_crc_of_ones_own_begins_as_the_one_before_and_is_changed(self):
        window, peer = self.open()
        self.choose_check(window, 'crc-16/xm', 'CRC-16/XMODEM')
        self.choose_check(window, 'own', 'Own CRC…')
        window.wait_for_text('“123456789” gets 31 C3')
        window.type_into('Initial value', 'FFFF')
        window.wait_for_text('“123456789” gets 29 B1')
        self.switch(window, 'Reflect input')
        self.switch(window, 'Reflect output')
        window.wait_for_text('“123456789” gets 91 6F')
        window.type_into('Final XOR', '0xffff')
        window.wait_for_text('“123456789” gets 6E 90')
        window.picture('around-own-crc')
        window.keys('Escape')
        self.type_hex(window, '31 32 33 34 35 36 37 38 39')
        window.click('Send')
        self.assertEqual(peer.recv(20), b'123456789' + bytes.fromhex('6E 90'))

    def test_what_is_wrong_is_said_at_its_field_and_not_taken(self):
        window, peer = self.open()
        self.choose_check(window, 'lrc', 'LRC')
        self.type_hex(window, '01')
        self.wait_for_bytes(window, '01 FF; check bytes: FF')
        self.open_details(window)
        for field, text, words in (('Bytes before, in hex', 'AA 5g', '“g” is not a hex digit'),
                                   ('Bytes behind, in hex', 'AA 5', 'digit'),
                                   ('Skip last bytes', '70000', 'it stays 0')):
            window.type_into(field, text)
            window.wait_for_text(words)
        window.picture('around-wrong')
        window.keys('Escape')
        self.choose_check(window, 'own', 'Own CRC…')
        for field, text, words in (('Polynomial', '0', 'A polynomial is not 0'),
                                   ('Initial value', '0x10000', 'Hex digits of at most 16 bits are needed'),
                                   ('Final XOR', 'none', 'Hex digits of at most 16 bits are needed')):
            window.type_into(field, text)
            window.wait_for_text(words)
        window.picture('around-wrong-crc')
        window.keys('Escape')
        self.wait_for_bytes(window, '01 F1 D1; check bytes: F1 D1')

    def test_the_line_over_the_message_leads_to_the_list(self):
        window, _ = self.open()
        self.choose_check(window, 'nmea', 'NMEA')
        window.type_into('Message', '$GP')
        self.wait_for_bytes(window, '24 47 50 2A 31 37; check bytes: 2A 31 37')
        window.click('Added: NMEA')
        box = window.find('Check bytes', ('combo box',))
        wait_for('the list', lambda: any(node.get_role_name() == 'list item' for node in walk(box)))

    def test_in_a_low_window_it_opens_the_group_which_stays_open(self):
        window, _ = self.open(**self.keep_settings("window-width=1024\nwindow-height=640\nsend-check='nmea'\n"))

        def is_open():
            return has_state(window.look('Sending', harness.BUTTONS), Atspi.StateType.EXPANDED)
        wait_for('the group to be folded, for want of room', lambda: not is_open())
        window.click('Added: NMEA')
        wait_for('the group to be open', is_open)
        wait_for('the list', lambda: any(node.get_role_name() == 'list item' for node in walk(window.find('Check bytes', ('combo box',)))))
        window.keys('Escape', 'alt+r')
        wait_for('“Repeat every” to be on', lambda: is_on(window, 'Repeat every'))
        self.assertTrue(is_open())

    def test_the_history_brings_the_check_bytes_back(self):
        window, peer = self.open()
        self.choose_check(window, 'sum-8/', 'SUM-8/COMPLEMENT')
        self.type_hex(window, '10')
        window.click('Send')
        self.assertEqual(peer.recv(10), b'\x10\xf0')
        window.type_into('Message', '')
        window.click('Send as text')
        self.choose_check(window, 'none', 'None')
        window.type_into('Message', 'hi')
        self.wait_for_bytes(window, '68 69')
        window.keys('ctrl+h')
        window.wait_for_text('HEX · SUM-8/COMPLEMENT')
        window.picture('around-history')
        window.keys('Escape', 'ctrl+m', 'ctrl+Up')
        self.wait_for_bytes(window, '10 F0; check bytes: F0')
        window.click('Send')
        self.assertEqual(peer.recv(10), b'\x10\xf0')


class Kept(Around):
    def test_all_of_it_is_there_after_a_restart_and_in_a_duplicate(self):
        environment = self.keep_settings()
        window, _ = self.open(**environment)
        self.choose_check(window, 'crc-16/m', 'CRC-16/MODBUS')
        self.open_details(window)
        window.type_into('Skip first bytes', '2')
        window.type_into('Bytes before, in hex', 'AA 55')
        window.keys('Escape')
        window.keys('ctrl+m')
        wait_for('the focus on the message', lambda: 'Message' in (self.focused(window) or ()))
        self.switch(window, 'Variables')
        window.button('Variables: on')
        self.type_hex(window, '01')
        self.wait_for_bytes(window, 'AA 55 01 7E 80; check bytes: 7E 80')
        window.keys('ctrl+shift+d')
        wait_for('the duplicate, which is closed', lambda: window.look('Open', harness.BUTTONS) and not window.look('Close', harness.BUTTONS))
        window.type_into('Message', '02')
        self.wait_for_bytes(window, 'AA 55 02 3E 81; check bytes: 3E 81')
        window.end()

        window, _ = self.open(**environment)
        window.type_into('Message', '01')
        self.wait_for_bytes(window, 'AA 55 01 7E 80; check bytes: 7E 80')
        self.assertTrue(is_on(window, 'Variables'))

    def test_words_of_the_settings_that_make_no_sense_are_none(self):
        environment = self.keep_settings("send-check='crc-17'\nsend-prefix='5'\nsend-suffix='xyz'\nsend-hex=true\n")
        window, _ = self.open(**environment)
        window.type_into('Message', '01')
        self.wait_for_bytes(window, '01')


class Pieces(Around):
    def open_pieces(self, window):
        self.press(self.button_in(window, 'How it is sent'))
        wait_for('the fields', lambda: window.look('Size of a piece', ('spin button',)))

    def value(self, window, name):
        return Atspi.Value.get_current_value(window.find(name, ('spin button',)))

    def test_what_is_set_for_a_stream_is_told_and_kept(self):
        environment = self.keep_settings()
        window, _ = self.open('tcp-server', **environment)
        self.open_pieces(window)
        window.type_into('Size of a piece', '16')
        window.keys('Return')  # the field has the focus
        window.button('in pieces of 16 B')
        window.type_into('Pause between pieces', '20')
        self.switch(window, 'Random sizes up to that')
        window.type_into('Seed of the random sizes', '4000000000')
        wait_for('the seed', lambda: self.value(window, 'Seed of the random sizes') == 4000000000)
        window.picture('around-pieces')
        window.end()

        window, _ = self.open('tcp-server', **environment)
        window.button('in pieces of 16 B')
        self.open_pieces(window)
        for name, expected in (('Size of a piece', 16), ('Pause between pieces', 20), ('Seed of the random sizes', 4000000000)):
            self.assertEqual(self.value(window, name), expected, name)
        self.assertTrue(is_on(window, 'Random sizes up to that'))

    def test_datagrams_are_not_cut_and_it_is_said(self):
        window, _ = self.open(**self.keep_settings('piece-size=uint32 16\n'))
        self.open_pieces(window)
        window.wait_for_text('Only a stream (TCP) can be sent in pieces.')
        self.assertFalse(any('in pieces of' in text for text in window.texts()))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
