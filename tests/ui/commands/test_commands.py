#!/usr/bin/python3
"""test_commands.py: quick commands in the drawer: made, sent, ordered, run, imported, kept

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, wait_for, walk  # noqa: E402

FILE = os.path.join(os.environ.get('XDG_DATA_HOME', ''), 'porthole', 'commands.json')
REAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../../../shared/real')


def command(name, text, **more):
    return {'name': name, 'text': text, **more}


def group(name, *commands, **more):
    return {'name': name, 'commands': list(commands), **more}


SOME = [group(None, command('hello', 'Hello'), command('bye', 'Bye')),
        group('motor', command('start', 'M1'), command('halt', 'M0', comment='the emergency one'))]


class Commands(WindowTest):
    def setUp(self):
        shutil.rmtree(os.path.dirname(FILE), ignore_errors=True)

    def keep(self, groups):
        os.makedirs(os.path.dirname(FILE), exist_ok=True)
        with open(FILE, 'w', encoding='utf-8') as file:
            json.dump({'porthole-commands': 1, 'groups': groups}, file)

    def kept(self):
        """The names in the file, those of groups in brackets."""
        with open(FILE, encoding='utf-8') as file:
            return [name for each in json.load(file)['groups']
                    for name in ([f"[{each['name']}]"] if each.get('name') is not None else [])
                    + [one.get('name', '') for one in each['commands']]]

    def open(self, groups=None, **more):
        """A window with the drawer, whose port sends to the socket that comes with it."""
        if groups is not None:
            self.keep(groups)
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', '127.0.0.1:%d' % peer.getsockname()[1], '--open', **more)
        window.button('Close')
        window.keys('F8')
        window.find('Search quick commands')
        return window, peer

    def settings(self, **values):
        """The environment of a program with these settings."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'))
        with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as keyfile:
            keyfile.write('[io/github/porthole/Porthole]\n' + ''.join(f'{key.replace("_", "-")}={value}\n' for key, value in values.items()))
        return {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}

    def focused(self, window, name):
        return any(has_state(node, Atspi.StateType.FOCUSED) for found in window.find_all(name) for node in walk(found))

    def search_by_key(self, window):
        window.keys('ctrl+e')
        wait_for('the focus on the search', lambda: self.focused(window, 'Search quick commands'))

    def select(self, window, name):
        """Goes to a command with the keys."""
        window.type_into('Search quick commands', name)
        window.find(name)
        self.search_by_key(window)
        window.keys('Return')
        self.wait_for_row(window, name)
        window.type_into('Search quick commands', '')
        wait_for('all rows', lambda: len(self.rows(window)) > 1)
        self.wait_for_row(window, name)

    def items(self, window):
        view = window.look('Quick commands', ('list',))
        return [view.get_child_at_index(i) for i in range(view.get_child_count())] if view is not None else []

    def rows(self, window):
        """The names in the list, from above."""
        return [item.get_child_at_index(0).get_name() for item in self.items(window) if item.get_child_count() > 0]

    def wait_for_rows(self, window, *names):
        wait_for(f'the rows {names}, not {self.rows(window)}', lambda: self.rows(window) == list(names))

    def wait_for_row(self, window, name):
        """The row with the focus."""
        wait_for(f'the focus on the row “{name}”', lambda: any(
            has_state(item, Atspi.StateType.FOCUSED) and item.get_child_at_index(0).get_name() == name for item in self.items(window)))

    def menu(self, window, item):
        window.keys('Menu')
        Atspi.Action.do_action(window.menu_item(item), 0)

    # ---- one command

    def test_a_command_is_made_and_sent_by_enter_and_by_its_key(self):
        window, peer = self.open()
        window.wait_for_text('A quick command is a message')
        window.picture('commands-empty')
        window.click('Make the first quick command')
        wait_for('the focus on the name', lambda: self.focused(window, 'Name of the command'))
        window.keys('r', 'e', 's', 'e', 't')
        window.type_into('Text of the command', 'AT+RST')
        window.choose('Line ending of the command', 2)
        window.choose('Key that sends the command', 3)
        window.picture('commands-form')
        window.click('Send the command that is edited')
        self.assertEqual(peer.recv(100), b'AT+RST\r\n')
        window.click('Back to the list')
        self.wait_for_row(window, 'reset')
        window.keys('Return')
        self.assertEqual(peer.recv(100), b'AT+RST\r\n')
        window.keys('F8')
        window.find('Message')
        window.keys('ctrl+alt+3')
        self.assertEqual(peer.recv(100), b'AT+RST\r\n')

    def test_a_key_sends_though_the_drawer_was_never_open(self):
        self.keep([group(None, command('hello', 'Hello', key=1))])
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', '127.0.0.1:%d' % peer.getsockname()[1], '--open')
        window.button('Close')
        window.keys('ctrl+alt+1')
        self.assertEqual(peer.recv(100), b'Hello')
        window.keys('ctrl+alt+2')
        window.wait_for_text('No quick command has the key')

    def test_a_double_click_and_the_button_in_the_row_send(self):
        window, peer = self.open(SOME)
        self.need_places(window)
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')
        place = window.find('bye').get_extents(Atspi.CoordType.SCREEN)
        harness.subprocess.run(['xdotool', 'mousemove', str(place.x + 40), str(place.y + place.height // 2),
                                'click', '--repeat', '2', '--delay', '20', '1'], check=True)
        self.assertEqual(peer.recv(100), b'Bye')
        window.click('Send this command')
        self.assertEqual(peer.recv(100), b'Bye')

    def test_what_is_wrong_is_told_at_its_field_and_nothing_is_sent(self):
        window, peer = self.open([group(None, command('hello', 'Hello', variables=True), command('bye', 'Bye'))])
        self.select(window, 'hello')
        self.menu(window, 'Edit…')
        window.type_into('Check bytes of the command', 'crc99')
        window.wait_for_text('crc99')
        window.type_into('Hex bytes before the text', 'AA 5')
        window.type_into('Target of the command', '1.2.3.4:99999')
        window.type_into('Text of the command', 'a{nothing}')
        window.wait_for_text('nothing')
        window.picture('commands-faults')
        window.click('Send the command that is edited')
        window.wait_for_text('“hello” was not sent')
        window.type_into('Check bytes of the command', '')
        window.type_into('Hex bytes before the text', '')
        window.type_into('Target of the command', '')
        window.type_into('Text of the command', 'a')
        window.click('Send the command that is edited')
        self.assertEqual(peer.recv(100), b'a')

    def test_a_key_is_taken_from_the_command_that_had_it(self):
        window, peer = self.open([group(None, command('hello', 'Hello', key=1), command('bye', 'Bye'))])
        self.select(window, 'bye')
        self.menu(window, 'Edit…')
        window.choose('Key that sends the command', 1)
        window.wait_for_text('Taken from “hello”')
        window.keys('ctrl+alt+1')
        self.assertEqual(peer.recv(100), b'Bye')

    def test_nothing_is_sent_while_the_port_is_closed(self):
        self.keep(SOME)
        window = self.start('udp', '--local', '127.0.0.1:0')
        window.button('Open')
        window.keys('F8')
        self.select(window, 'hello')
        window.keys('Return')
        window.wait_for_text('Not sent: nothing is open')

    def test_it_is_put_into_the_send_box_with_its_options(self):
        window, peer = self.open([group(None, command('reset', '01 02', hex=True), command('other', 'x'))])
        self.select(window, 'reset')
        self.menu(window, 'Put into the send box')
        wait_for('the text in the box', lambda: any(Atspi.Text.get_text(node, 0, -1) == '01 02' for found in window.find_all('Message')
                                                    for node in walk(found) if 'Text' in node.get_interfaces()))
        window.keys('ctrl+Return')
        self.assertEqual(peer.recv(100), b'\x01\x02')

    def test_the_button_in_the_row_puts_it_into_the_send_box(self):
        window, peer = self.open([group(None, command('reset', '01 02', hex=True), command('other', 'x'))])
        self.select(window, 'reset')
        window.click('Put into the send box')
        wait_for('the bytes below the message', lambda: any('01 02' in text for text in window.texts() if text.startswith('Bytes that')))
        window.click('Send')
        self.assertEqual(peer.recv(100), b'\x01\x02')

    def test_what_came_from_somebody_else_asks_before_it_reads_a_file(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b'secret')
            file.flush()
            foreign = command('theirs', '{file:%s}' % file.name, variables=True, foreign=True)
            window, peer = self.open([group(None, foreign, command('mine', '{file:%s}' % file.name, variables=True))])
            self.select(window, 'theirs')
            window.keys('Return')
            window.wait_for_text('came from a file of commands')
            window.picture('commands-foreign')
            window.keys('Escape')
            wait_for('the question to go', lambda: not any('came from a file' in text for text in window.texts()))
            self.select(window, 'mine')
            window.keys('Return')
            self.assertEqual(peer.recv(100), b'secret')
            self.select(window, 'theirs')
            window.click('Put into the send box')
            window.button('Variables: on')
            window.keys('ctrl+Return')
            window.wait_for_text('came from a file of commands')

    def test_in_a_narrow_dark_window_all_is_reached_by_keys(self):
        window, peer = self.open(SOME, **self.settings(window_width=1024, window_height=640, appearance="'dark'"))
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')
        self.search_by_key(window)
        window.keys('Down')                 # from the search to the first command
        self.wait_for_row(window, 'hello')
        window.keys('Return')
        self.assertEqual(peer.recv(100), b'Hello')
        window.keys('space')
        window.find('1 marked')
        window.keys('Tab', 'Tab')           # past the check box, to the button
        wait_for('the focus on the button', lambda: self.focused(window, 'Send this command'))
        window.keys('space')
        self.assertEqual(peer.recv(100), b'Hello')
        window.picture('commands-narrow')
        self.menu(window, 'Edit…')
        wait_for('the form', lambda: self.focused(window, 'Name of the command'))
        window.picture('commands-narrow-form')
        window.keys('Escape')               # from the form to the list, then the drawer, which lies over the log
        self.wait_for_row(window, 'hello')
        window.keys('Escape')
        wait_for('the log alone', lambda: not self.rows(window))

    # ---- the list

    def test_it_is_searched_by_name_text_and_comment(self):
        window, _ = self.open(SOME)
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')
        window.picture('commands-list')
        for searched, found in (('HELL', ('hello',)), ('m1', ('motor', 'start')), ('emergency', ('motor', 'halt')),
                                ('motor', ('motor', 'start', 'halt'))):
            window.type_into('Search quick commands', searched)
            self.wait_for_rows(window, *found)
        window.type_into('Search quick commands', 'zzz')
        window.find('Nothing was found')

    def test_a_group_folds_and_stays_folded_and_searching_looks_inside(self):
        window, _ = self.open(SOME)
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')
        self.select(window, 'start')
        window.keys('Up')
        self.wait_for_row(window, 'motor')
        window.keys('Left')
        self.wait_for_rows(window, 'hello', 'bye', 'motor')
        window.type_into('Search quick commands', 'M0')
        self.wait_for_rows(window, 'motor', 'halt')
        window.end()
        window, _ = self.open()
        self.wait_for_rows(window, 'hello', 'bye', 'motor')

    def test_thousands_are_searched_as_one_types(self):
        window, _ = self.open([group(None, *[command(f'command {i}', f'text {i}') for i in range(5000)])])
        wait_for('rows', lambda: self.rows(window))
        window.type_into('Search quick commands', 'text 4999')
        self.wait_for_rows(window, 'command 4999')

    def test_alt_and_arrows_move_a_command_into_the_next_group_and_a_group_past_the_next(self):
        window, _ = self.open([*SOME, group('lamp', command('on', 'L1'))])
        self.select(window, 'bye')
        window.keys('alt+Down')
        self.wait_for_rows(window, 'hello', 'motor', 'bye', 'start', 'halt', 'lamp', 'on')
        self.wait_for_row(window, 'bye')
        window.keys('Up')
        self.wait_for_row(window, 'motor')
        window.keys('alt+Down')
        self.wait_for_rows(window, 'hello', 'lamp', 'on', 'motor', 'bye', 'start', 'halt')
        window.keys('alt+Up')
        self.wait_for_rows(window, 'hello', 'motor', 'bye', 'start', 'halt', 'lamp', 'on')

    def test_a_row_is_dragged_into_a_group(self):
        window, _ = self.open(SOME)
        self.need_places(window)
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')
        here, there = (window.find(name).get_extents(Atspi.CoordType.SCREEN) for name in ('bye', 'start'))
        moves = [word for step in range(1, 9) for word in (
            'mousemove', str(here.x + 60), str(here.y + here.height // 2 + (there.y - here.y + there.height // 2 - 4) * step // 8), 'sleep', '0.05')]
        harness.subprocess.run(['xdotool', 'mousemove', str(here.x + 60), str(here.y + here.height // 2), 'mousedown', '1', *moves,
                                'mouseup', '1'], check=True)
        self.wait_for_rows(window, 'hello', 'motor', 'start', 'bye', 'halt')

    def test_a_command_joins_a_group_by_its_menu_and_is_duplicated(self):
        window, _ = self.open(SOME)
        self.select(window, 'hello')
        self.menu(window, 'Duplicate')
        self.wait_for_rows(window, 'hello', 'hello', 'bye', 'motor', 'start', 'halt')
        window.end()
        self.assertEqual(self.kept(), ['hello', 'hello', 'bye', '[motor]', 'start', 'halt'])

    def test_what_is_deleted_can_be_had_back(self):
        window, _ = self.open(SOME)
        self.select(window, 'bye')
        window.keys('Delete')
        self.wait_for_rows(window, 'hello', 'motor', 'start', 'halt')
        window.wait_for_text('“bye” was deleted')
        window.click('Undo')
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')

    def test_what_was_made_is_there_after_a_restart_and_an_empty_one_is_not(self):
        window, _ = self.open(SOME)
        self.select(window, 'halt')
        window.click('New quick command')
        window.type_into('Name of the command', 'new one')
        window.keys('Escape')
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt', 'new one')
        window.click('New quick command')
        wait_for('the form', lambda: self.focused(window, 'Name of the command'))
        window.keys('Escape')
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt', 'new one')
        window.end()
        window, _ = self.open()
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt', 'new one')

    def test_two_windows_show_the_same(self):
        window, _ = self.open(SOME)
        self.select(window, 'hello')
        window.keys('ctrl+t')
        wait_for('the list in the new tab', lambda: self.rows(window) == ['hello', 'bye', 'motor', 'start', 'halt'])

    # ---- several

    def test_two_marked_ones_are_run_for_two_rounds(self):
        window, peer = self.open(SOME)
        self.select(window, 'hello')
        window.keys('space')
        window.find('1 marked')
        self.select(window, 'start')
        window.keys('space')
        window.find('2 marked')
        window.picture('commands-marked')
        window.type_into('Rounds of the sequence', '2')
        window.click('Run the marked commands')
        self.assertEqual([peer.recv(100) for _ in range(4)], [b'Hello', b'M1', b'Hello', b'M1'])
        window.find('2 marked')
        window.click('Remove all marks')
        wait_for('no bar', lambda: window.look('Run the marked commands') is None)

    def test_a_sequence_without_end_tells_its_progress_and_is_stopped(self):
        window, peer = self.open([group(None, command('one', '1', marked=True), command('two', '2', marked=True, delay=20))])
        window.find('2 marked')
        window.type_into('Rounds of the sequence', '∞')
        window.click('Run the marked commands')
        self.assertEqual(peer.recv(100), b'1')
        wait_for('the progress', lambda: [text for text in window.texts() if re.fullmatch(r'Round \d[\d,]+ · [12] of 2', text)])
        window.picture('commands-running')
        window.click('Stop the commands')
        window.find('2 marked')

    def test_each_marked_one_is_repeated_with_its_own_period(self):
        window, peer = self.open([group(None, command('one', '1', marked=True, period=20), command('two', '2', marked=True, period=30))])
        window.find('2 marked')
        window.click('Repeat the marked commands')
        window.find('2 repeat')
        heard = {peer.recv(100) for _ in range(12)}
        self.assertEqual(heard, {b'1', b'2'})
        window.click('Stop the commands')
        window.find('2 marked')

    # ---- files

    def import_file(self, window, path):
        Atspi.Action.do_action(window.find('Import quick commands', harness.BUTTONS), 0)
        window.open_file('Import quick commands', path)

    def write(self, name, text):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        return path

    def test_a_real_file_of_packet_sender_is_imported(self):
        path = os.path.realpath(os.path.join(REAL, 'packetsender', 'starter_set.json'))
        if not os.path.exists(path):
            self.skipTest('there is no file of Packet Sender here')
        window, _ = self.open()
        self.import_file(window, path)
        window.find('27 commands were imported from “starter_set.json”')
        wait_for('its rows', lambda: len(self.rows(window)) > 10)
        window.picture('commands-imported')

    def test_a_file_that_is_none_is_refused_with_words(self):
        window, _ = self.open()
        self.import_file(window, self.write('picture.json', 'GIF89a'))
        window.wait_for_text('cannot import “picture.json”')
        window.picture('commands-refused')

    def test_what_is_exported_is_imported_again(self):
        window, _ = self.open(SOME)
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt')
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, 'mine.json')
        self.choose_more(window, 'Export…')
        window.answer('Export quick commands', path)
        window.wait_for_text('All quick commands were exported to “mine.json”')
        self.choose_more(window, 'Import…')
        window.open_file('Import quick commands', path)
        window.find('4 commands were imported from “mine.json”')
        self.wait_for_rows(window, 'hello', 'bye', 'motor', 'start', 'halt', 'hello', 'bye', 'motor', 'start', 'halt')

    def choose_more(self, window, item):
        found = window.find('New group, import, export')
        Atspi.Action.do_action(next(node for node in walk(found) if node != found and node.get_role_name() in harness.BUTTONS), 0)
        Atspi.Action.do_action(window.menu_item(item), 0)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
