#!/usr/bin/python3
"""test_find.py: searching the log: matches are found, counted, gone to and filtered; jumping to any record

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys
import time

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, bound_port, wait_for, walk  # noqa: E402


class Find(WindowTest):
    def open_with(self, texts, *options):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open', *options)
        self.port = bound_port(window)
        self.peer = self.udp_peer()
        for text in texts:
            self.say(text)
        window.wait_for_newest(texts[-1])
        return window

    def say(self, text):
        self.peer.sendto(text.encode(), ('127.0.0.1', self.port))

    def look_for(self, window, text, told):
        window.keys('ctrl+f')
        window.find('Find')
        window.type_into('Find', text)
        window.wait_for_text(told)

    def open_popover(self, window, name):
        button = next(node for node in walk(window.find(name)) if node.get_n_actions() > 0)
        Atspi.Action.do_action(button, 0)

    def test_matches_are_counted_and_gone_to_in_both_directions_and_round_the_ends(self):
        window = self.open_with([f'message {i} {"odd" if i % 2 else "even"}' for i in range(101)])
        self.look_for(window, 'ODD', '50 matches')
        window.keys('Return')
        window.wait_for_text('1 of 50')
        window.wait_for_newest('message 1 odd')
        window.keys('Return')
        window.wait_for_text('2 of 50')
        window.wait_for_newest('message 3 odd')
        window.picture('find')
        window.keys('shift+Return')
        window.wait_for_text('1 of 50')
        window.keys('shift+F3')
        window.wait_for_text('50 of 50')
        window.wait_for_newest('message 99 odd')
        window.keys('F3')
        window.wait_for_text('1 of 50')
        window.click('Match case')
        window.wait_for_text('No matches')

    def test_what_arrives_meanwhile_is_counted_too(self):
        window = self.open_with(['needle', 'hay'])
        self.look_for(window, 'needle', '1 match')
        self.say('another needle')
        window.wait_for_text('2 matches')

    def test_the_filter_shows_matches_only_and_goes_on_live(self):
        window = self.open_with([f'line {i} {"x" if i % 10 else "tenth"}' for i in range(61)])
        self.look_for(window, 'tenth', '7 matches')
        window.keys('ctrl+shift+f')
        window.wait_for_newest('line 60 tenth')
        self.say('line 61 x')
        self.say('line 62 tenth')
        window.wait_for_text('8 matches')
        window.wait_for_newest('line 62 tenth')
        window.picture('filter')
        self.say('line 63 x')
        window.keys('Return')
        window.wait_for_newest('line 0 tenth')
        window.keys('Return')
        window.wait_for_newest('line 10 tenth')
        window.keys('Escape')
        wait_for('the search bar to go', lambda: not window.look('Find'))
        self.assertIn('line 10 tenth', window.newest())  # where one was
        window.keys('ctrl+End')
        window.wait_for_newest('line 63 x')

    def test_what_cannot_be_looked_for_is_told_in_words(self):
        window = self.open_with(['abc'])
        window.keys('ctrl+f')
        window.find('Find')
        window.choose('How to search', 2)
        window.type_into('Find', '(a')
        window.wait_for_text('missing')
        window.picture('find-bad-expression')
        window.type_into('Find', '(a|x)b')
        window.wait_for_text('1 match')
        window.choose('How to search', 1)
        window.wait_for_text('“|” is not a hex digit')
        window.type_into('Find', '62 63')
        window.wait_for_text('1 match')

    def test_direction_and_peer_narrow_it(self):
        window = self.open_with(['ping', 'ping'])
        window.type_into('Message', 'ping')
        window.click('Send')
        window.wait_for_newest('Sent')
        self.look_for(window, 'ping', '3 matches')
        self.open_popover(window, 'Direction, peer and time')
        window.wait_for_text('Received')
        window.picture('find-narrowed')
        window.keys('Tab', 'space')  # from Received, which has the focus, to Sent
        window.wait_for_text('2 matches')
        window.keys('shift+Tab', 'space')
        window.wait_for_text('No matches')
        window.keys('space')
        window.type_into('Peer', '10.0.0.')
        window.wait_for_text('No matches')
        window.type_into('Peer', f':{self.peer.getsockname()[1]}')
        window.wait_for_text('2 matches')
        window.type_into('From', 'noon')
        window.wait_for_text('Type a time')
        window.type_into('From', '00:00')
        window.wait_for_text('2 matches')

    def test_a_character_is_found_in_every_byte_sequence_that_shows_it(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--encoding', 'shift-jis', '--open')
        peer = self.udp_peer()
        for payload in b'1 \x81\xe6', b'2 \x87\x9a', b'3 \xed\x40', b'4 \xfa\x5c':
            peer.sendto(payload, ('127.0.0.1', bound_port(window)))
        window.wait_for_newest('4 纊')
        self.look_for(window, '∵', '2 matches')
        window.type_into('Find', '纊')
        window.wait_for_text('2 matches')
        window.keys('Return')
        window.wait_for_newest('3 纊')

    def test_an_expression_that_is_too_slow_is_told_and_holds_up_nothing(self):
        window = self.open_with(['a' * 60000 + '!', 'needle'])
        window.keys('ctrl+f')
        window.find('Find')
        window.choose('How to search', 2)
        window.type_into('Find', '(?:a|aa)+$|needle')
        window.wait_for_text('The expression is too slow: 1 record was not searched to its end (3)')
        window.wait_for_text('1 match')
        window.type_into('Find', 'a(?=.*!)')
        window.wait_for_text('not all its matches are marked')
        window.picture('find-slow')

    def test_encodings_other_than_utf8_are_searched_by_characters(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--encoding', 'gbk', '--open')
        port = bound_port(window)
        self.udp_peer().sendto('你好'.encode('gbk'), ('127.0.0.1', port))
        window.wait_for_newest('你好')
        self.look_for(window, '好', '1 match')
        window.type_into('Find', '愫')  # the second half of one, and the first of the other
        window.wait_for_text('No matches')


class Jump(WindowTest):
    def test_a_number_and_a_time_lead_to_their_record(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port, peer = bound_port(window), self.udp_peer()
        for i in range(200):
            peer.sendto(f'record {i}'.encode(), ('127.0.0.1', port))
        window.wait_for_newest('record 199')
        now = time.time()
        window.keys('ctrl+g')
        window.find('Go to a record or a time')
        window.type_into('Go to a record or a time', 'somewhere')
        window.keys('Return')
        window.wait_for_text('Type the number of a record')
        window.picture('jump')
        window.type_into('Go to a record or a time', '103')  # 1: opening, 2: open, 3: record 0; the peer has no number
        window.keys('Return')
        window.wait_for_newest('record 100')
        window.keys('ctrl+g')
        window.type_into('Go to a record or a time', time.strftime('%Y-%m-%d 00:00:00', time.localtime(now - 86400)))
        window.keys('Return')
        window.wait_for_newest('Opening')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
