#!/usr/bin/python3
"""test_save.py: what one sees is saved: all, what is filtered or what is selected, in each format, by clicks and keys

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import re
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, bound_port, has_state, wait_for  # noqa: E402

FORMATS = ('Log text', 'NetAssist’s log text', 'NetAssist’s log text, version 5', 'Table with commas (CSV)', 'JSON lines',
           'Raw bytes received', 'Raw bytes sent', 'Raw bytes, both directions', 'The recording itself')


class Save(WindowTest):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name

    def open(self, *texts, **more):
        """A window with a port that has sent “question” and received these texts."""
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--open',
                            XDG_CACHE_HOME=self.home, **more)
        window.button('Close')
        window.type_into('Message', 'question')
        window.keys('ctrl+Return')
        window.wait_for_newest('question')
        _, place = peer.recvfrom(100)
        self.port = place[1]
        for text in texts:
            peer.sendto(text.encode(), place)
        window.wait_for_newest(texts[-1])
        return window

    def save(self, window, what, name):
        """Saves, and returns the bytes of the file."""
        path = os.path.join(self.home, name)
        window.save(what, path)
        window.wait_for_text(f'Saved as {name}')
        with open(path, 'rb') as file:
            return file.read()

    def test_all_is_saved_in_every_format(self):
        window = self.open('first', 'second')
        text = self.save(window, 'Log text', 'all.log').decode()
        self.assertRegex(text, r'(?s)→ 127.*\n    question\n.*←.*\n    first\n.*←.*\n    second\n')
        text = self.save(window, 'NetAssist’s log text', 'all.txt').decode()
        self.assertRegex(text, r'\]# RECV ASCII FROM 127\.0\.0\.1 :\d+>\nfirst\n')
        lines = [json.loads(line) for line in self.save(window, 'JSON lines', 'all.jsonl').splitlines()]
        self.assertEqual([line['text'] for line in lines if 'text' in line][-2:], ['first', 'second'])
        self.assertEqual(self.save(window, 'Raw bytes received', 'in.bin'), b'firstsecond')
        self.assertEqual(self.save(window, 'Raw bytes sent', 'out.bin'), b'question')
        self.assertEqual(self.save(window, 'Raw bytes, both directions', 'both.bin'), b'questionfirstsecond')
        self.assertIn(b'second', self.save(window, 'The recording itself', 'all.porthole'))

    def test_hex_is_saved_as_hex(self):
        window = self.open('\u6c49')
        window.keys('alt+h')
        text = self.save(window, 'Log text', 'hex.log').decode()
        self.assertIn('\n    E6 B1 89\n', text)
        self.assertIn('\n    question\n', text)        # as it was sent

    def buttons(self, window):
        """Which buttons of the list can be clicked."""
        window.keys('ctrl+s')
        window.button('Log text')
        able = {name: has_state(window.button(name), Atspi.StateType.SENSITIVE)
                for name in ('Save all records', 'Save what is filtered', 'Save what is selected', *FORMATS)}
        return {name for name in able if not able[name]}

    def leave(self, window):
        """Closes the list. A key that comes before it is closed goes with it."""
        window.keys('Escape')
        wait_for('the list to be closed', lambda: window.look('Log text') is None)

    def test_what_is_filtered_is_saved_and_is_the_choice_where_there_is_a_filter(self):
        window = self.open(*(f'line {i} {"x" if i % 10 else "tenth"}' for i in range(31)))
        self.assertEqual(self.buttons(window), {'Save what is filtered', 'Save what is selected'})
        window.picture('save')
        self.leave(window)
        window.keys('ctrl+shift+f')
        window.type_into('Find', 'tenth')
        window.wait_for_text('4 matches')
        window.wait_for_newest('line 30 tenth')
        window.keys('ctrl+s')
        window.wait_for_text('4 records')
        window.picture('save-filtered')
        self.leave(window)
        self.assertEqual(self.save(window, 'Raw bytes received', 'some.bin'),
                         b'line 0 tenthline 10 tenthline 20 tenthline 30 tenth')
        self.assertEqual(self.buttons(window), {'Save what is selected', 'The recording itself'})
        window.click('Save all records')
        wait_for('the recording to be offered',
                 lambda: has_state(window.button('The recording itself'), Atspi.StateType.SENSITIVE))
        window.click('Raw bytes sent')
        window.answer('Save', os.path.join(self.home, 'sent.bin'))
        window.wait_for_text('Saved as sent.bin')

    def test_what_is_selected_is_saved_as_whole_records(self):
        window = self.open('first', 'second', 'third')
        window.keys('ctrl+shift+l', 'ctrl+End', 'shift+Up', 'shift+Home')
        self.assertEqual(self.buttons(window), {'Save what is filtered'})
        window.click('Save what is selected')
        wait_for('the recording not to be offered',
                 lambda: not has_state(window.button('The recording itself'), Atspi.StateType.SENSITIVE))
        window.picture('save-selected')
        window.click('Raw bytes received')
        window.answer('Save', os.path.join(self.home, 'some.bin'))
        window.wait_for_text('Saved as some.bin')
        with open(os.path.join(self.home, 'some.bin'), 'rb') as file:
            self.assertEqual(file.read(), b'secondthird')

    def test_escape_selects_nothing_more_before_it_closes_the_search(self):
        window = self.open('first', 'second')
        window.keys('ctrl+f')
        window.type_into('Find', 'second')
        window.wait_for_text('1 match')
        window.keys('ctrl+shift+l', 'ctrl+a', 'Escape')
        self.assertEqual(self.buttons(window), {'Save what is filtered', 'Save what is selected'})
        self.leave(window)
        self.assertIsNotNone(window.look('Find'))
        window.keys('ctrl+shift+l', 'Escape')
        wait_for('the search to be closed', lambda: window.look('Find') is None)

    def test_the_file_is_called_by_port_and_time(self):
        window = self.open('text')
        self.save(window, 'Log text', 'first.log')
        window.keys('ctrl+s')
        window.click('JSON lines')
        window.dialog('Save')
        window.keys('Return')
        window.wait_for_text('Saved as UDP-')
        names = [name for name in os.listdir(self.home) if name.endswith('.jsonl')]
        self.assertEqual(len(names), 1, names)
        self.assertTrue(re.fullmatch(rf'UDP-{self.port} \d{{4}}-\d\d-\d\d \d\d-\d\d\.jsonl', names[0]), names)

    def test_a_name_without_an_ending_gets_that_of_the_format(self):
        window = self.open('text')
        window.save('Log text', os.path.join(self.home, 'UDP-7 at 10.5-2 bare'))
        window.wait_for_text('Saved as UDP-7 at 10.5-2 bare.log')

    def test_the_list_is_reached_and_left_by_keys(self):
        window = self.open('text')
        window.keys('ctrl+s')
        window.button('Log text')
        wait_for('the focus in it', lambda: has_state(window.button('Log text'), Atspi.StateType.FOCUSED))
        window.keys('Down', 'Down')
        wait_for('the focus two below', lambda: has_state(window.button('NetAssist’s log text, version 5'), Atspi.StateType.FOCUSED))
        window.keys('Return')
        window.dialog('Save')
        window.keys('Escape')

    def test_what_cannot_be_saved_is_told(self):
        window = self.open('text')
        window.save('Log text', '/proc/self/kept.log')
        window.wait_for_text('Cannot save as /proc/self/kept.log: ')

    def test_in_chinese_it_is_offered_in_chinese(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open', XDG_CACHE_HOME=self.home, **self.chinese())
        bound_port(window)
        window.keys('ctrl+s')
        window.button('日志文本')
        window.picture('save-chinese')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
