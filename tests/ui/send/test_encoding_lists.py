#!/usr/bin/python3
"""test_encoding_lists.py: the real window: the lists of encodings, their search, and “Same as receiving”

SPDX-License-Identifier: GPL-3.0-or-later

  test_encoding_lists.py PORTHOLE PICTURES [NAME…]      $PORTHOLE_LACK: lack.c, where it is built
"""
import os
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import BUTTONS, Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402

SENT, RECEIVED = 'Encoding of what is sent', 'Encoding of what arrives'
SAME, UTF_8 = ('same', 'Same as receiving'), ('utf8', 'UTF-8')
GBK, BIG5 = ('gbk', 'GBK (Simplified Chinese)'), ('big5', 'Big5 (Traditional Chinese)')


class Encodings(WindowTest):
    def open(self, **environment):
        """A window that sends to a peer."""
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open', **environment)
        window.button('Close')
        return window, peer

    def rows(self, window, name):
        """The texts of the rows of a list, if it has been opened."""
        items = [node for node in walk(window.find(name, ('combo box',))) if node.get_role_name() == 'list item']
        return [label.get_name() for item in items for label in walk(item) if label.get_role_name() == 'label']

    def list_button(self, window, name):
        return next(node for node in walk(window.find(name, ('combo box',))) if node.get_role_name() in BUTTONS)

    def open_list(self, window, name):
        button = self.list_button(window, name)
        Atspi.Action.do_action(button, 0)
        wait_for(f'the focus in the list of “{name}”', lambda: harness.is_on(button) and any(
            has_state(node, Atspi.StateType.FOCUSED) for node in walk(window.find(name, ('combo box',)))
            if node.get_role_name() not in BUTTONS))

    def search(self, window, name, text, expected):
        """Types into the open list; waits for the rows that are found."""
        self.open_list(window, name)
        window.keys(*({'-': 'minus', ' ': 'space'}.get(letter, letter) for letter in text))
        wait_for(f'{expected} for “{text}”; {self.rows(window, name)} are there', lambda: self.rows(window, name) == expected)

    def choose(self, window, name, text, row):
        """Chooses what is found by a text."""
        self.search(window, name, text, [row])
        window.keys('Down', 'Return')
        wait_for(f'the list of “{name}” to close', lambda: not harness.is_on(self.list_button(window, name)))

    def send(self, window, peer, text, expected):
        window.type_into('Message', text)
        window.button('Send')
        window.click('Send')
        self.assertEqual(peer.recv(100), expected)

    def test_what_is_typed_into_the_list_finds_an_encoding_by_each_of_its_names(self):
        window, peer = self.open()
        self.search(window, SENT, 'sjis', ['Shift-JIS (Japanese)'])
        window.picture('encoding-search')
        window.keys('Down', 'Return')
        window.button('Encoding: Shift-JIS')
        self.send(window, peer, '日本', '日本'.encode('shift-jis'))
        for text, name, short, typed, expected in (('gb2312', 'GBK (Simplified Chinese)', 'GBK', '中', b'\xd6\xd0'),
                                                   ('win1251', 'Windows-1251 (Cyrillic)', 'Windows-1251', 'Ж', b'\xc6'),
                                                   ('8859-15', 'ISO 8859-15 (Western European)', 'ISO 8859-15', '€', b'\xa4')):
            self.choose(window, SENT, text, name)
            window.button(f'Encoding: {short}')
            self.send(window, peer, typed, expected)

    def test_what_is_sent_follows_the_encoding_of_what_arrives(self):
        window, peer = self.open()
        self.choose(window, SENT, *SAME)
        window.button('Encoding: UTF-8')
        self.choose(window, RECEIVED, *GBK)
        window.button('Encoding: GBK')
        window.picture('encoding-same')
        self.send(window, peer, '中', b'\xd6\xd0')
        self.choose(window, RECEIVED, *BIG5)
        window.button('Encoding: Big5')
        self.send(window, peer, '中', b'\xa4\xa4')
        # Another choice ends that.
        self.choose(window, SENT, *UTF_8)
        window.button('Encoding: UTF-8')
        self.choose(window, RECEIVED, *GBK)
        self.send(window, peer, '中', '中'.encode())

    def test_that_it_follows_is_kept_between_starts(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        settings = {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder.name}
        window, _ = self.open(**settings)
        self.choose(window, SENT, *SAME)
        self.choose(window, RECEIVED, *GBK)
        window.button('Encoding: GBK')
        window.end()
        window, peer = self.open(**settings)
        window.button('Encoding: GBK')
        self.choose(window, RECEIVED, *BIG5)
        window.button('Encoding: Big5')
        self.send(window, peer, '中', b'\xa4\xa4')

    def test_what_the_system_lacks_is_not_in_the_list_unless_it_is_set(self):
        library = os.environ.get('PORTHOLE_LACK')
        if not library:
            self.skipTest('the library that makes iconv lack something is built on Linux only')
        window, _ = self.open(LD_PRELOAD=library, PORTHOLE_LACKS='CP949 CP950')
        self.open_list(window, SENT)
        wait_for('the list without Big5 and EUC-KR', lambda: [row for row in self.rows(window, SENT) if 'Big5' in row or 'KR' in row] == [])
        self.assertIn('GBK (Simplified Chinese)', self.rows(window, SENT))
        window.keys('Escape')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
