#!/usr/bin/python3
"""test_tabs.py: tabs and windows: opened, renamed, duplicated, moved, closed and opened again, and a log that was cleared

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import shutil
import subprocess
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, Porthole, WindowTest, bound_port, is_on, wait_for, walk  # noqa: E402

IN_MEMORY = """[io/github/porthole/Porthole]
write-captures=false
"""


def windows(program):
    return [program.root.get_child_at_index(i) for i in range(program.root.get_child_count())]


def tabs(program, window=None):
    return [node for node in walk(window or program.root) if node.get_role_name() == 'page tab']


def titles(program):
    """What each tab says."""
    return [' '.join(node.get_name() for node in walk(tab) if node.get_role_name() == 'label' and node.get_name())
            for tab in tabs(program)]


def wait_for_titles(program, *parts):
    """Waits until there is a tab for each of the parts, which holds it, in the order in which they came into the window."""
    return wait_for(f'tabs {parts}; there are {titles(program)}',
                    lambda: (lambda t: len(t) == len(parts) and all(part in title for part, title in zip(parts, t)))(titles(program)))


def middle(node):
    box = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    return box.x + box.width // 2, box.y + box.height // 2


class TabTest(WindowTest):
    def start_udp(self, *arguments, **more):
        """A window whose first tab has a UDP port open; its port."""
        program = self.start('udp', '--local', '127.0.0.1:0', '--open', *arguments, **more)
        return program, bound_port(program)

    def manage_windows(self):
        """Without a window manager the keyboard is lost with a popover that had it."""
        for tool in 'openbox', 'xprop', 'xdotool':
            if shutil.which(tool) is None:
                self.skipTest(f'{tool} is not installed')
        manager = subprocess.Popen(['openbox'])
        self.addCleanup(manager.wait)
        self.addCleanup(manager.terminate)
        wait_for('a window manager', lambda: b'window id' in subprocess.run(['xprop', '-root', '_NET_SUPPORTING_WM_CHECK'],
                                                                           capture_output=True).stdout)

    def in_memory(self):
        """The environment of a user who records nothing."""
        folder = harness.tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'))
        with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as file:
            file.write(IN_MEMORY)
        return {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': folder}

    def receive(self, program, port, *texts):
        peer = self.udp_peer()
        for text in texts:
            peer.sendto(text.encode(), ('127.0.0.1', port))
        program.wait_for_newest(texts[-1])

    def click_tab(self, program, number, button='1', times=1):
        """Clicks a tab. Without a window manager the window lies at the corner of the screen, with a shadow that the tree does not count."""
        x, y = middle(tabs(program)[number])
        subprocess.run(['xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', str(times), '--delay', '60', button], check=True)

    def drag_tab(self, program, number, right, down):
        """Drags a tab by so many pixels, in steps as a hand does."""
        x, y = middle(tabs(program)[number])
        steps = [str(n) for i in range(1, 11) for n in ('mousemove', x + right * i // 10, y + down * i // 10, 'sleep', 0.02)]
        subprocess.run(['xdotool', 'mousemove', str(x), str(y), 'mousedown', '1', *steps, 'mouseup', '1'], check=True)

    def choose_item(self, program, name):
        """Activates an item of the menu that is open."""
        assert Atspi.Action.do_action(program.menu_item(name), 0), name

    def start_two(self):
        """A window with two tabs, each with an open UDP port; the first has received something."""
        program, port = self.start_udp()
        self.receive(program, port, 'kept')
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        program.click('Open')
        wait_for('two open ports', lambda: len([t for t in titles(program) if 'UDP :' in t]) == 2)
        return program


class Tabs(TabTest):
    def test_what_comes_behind_the_tab_in_front_is_counted_until_it_is_looked_at(self):
        program, port = self.start_udp()
        self.receive(program, port, 'one')
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        peer = self.udp_peer()
        peer.sendto(b'two', ('127.0.0.1', port))
        peer.sendto(b'three', ('127.0.0.1', port))
        wait_for_titles(program, f'UDP :{port} (2 new)', 'UDP')
        program.picture('tabs-new')
        for _ in range(1000):
            peer.sendto(b'more', ('127.0.0.1', port))
        wait_for_titles(program, f'UDP :{port} (999+ new)', 'UDP')
        program.keys('alt+1')
        program.wait_for_newest('more')
        wait_for('a title without a number', lambda: 'new' not in titles(program)[0])

    def test_a_title_of_ones_own_stays_and_an_empty_one_is_the_automatic_one(self):
        self.manage_windows()
        program, port = self.start_udp()
        program.keys('F2')
        program.type_into('Title of the tab', 'motor')
        program.keys('Return')
        wait_for_titles(program, 'motor')
        wait_for('the title of the window', lambda: windows(program)[0].get_name().startswith('motor'))
        program.click('Close')
        program.button('Open')
        wait_for_titles(program, 'motor')
        program.keys('F2')
        program.type_into('Title of the tab', '  ')
        program.keys('Return')
        wait_for_titles(program, 'UDP')
        program.keys('F2')
        program.type_into('Title of the tab', 'no')
        program.keys('Escape')
        wait_for('no field for the title', lambda: not program.find_all('Title of the tab'))
        wait_for_titles(program, 'UDP')

    def test_a_double_click_renames_and_a_right_click_opens_a_menu(self):
        program, port = self.start_udp()
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        self.click_tab(program, 0, times=2)
        program.type_into('Title of the tab', 'first')
        program.keys('Return')
        wait_for_titles(program, 'first', 'UDP')
        self.click_tab(program, 1, button='3')
        program.picture('tabs-menu')
        self.choose_item(program, 'Close the others')
        wait_for_titles(program, 'UDP')

    def is_hex(self, program):
        return is_on(program.button('Send as hex'))

    def test_a_duplicate_has_the_set_up_and_not_the_data(self):
        program = self.start('udp', '--local', '127.0.0.1:7788', '--remote', '127.0.0.1:9', '--encoding', 'gbk')
        program.type_into('Message', 'reset 1')
        program.click('Send as hex')
        wait_for('hex', lambda: self.is_hex(program))
        program.keys('ctrl+shift+d')
        wait_for_titles(program, 'UDP', 'UDP')
        wait_for('its message', lambda: any('reset 1' in Atspi.Text.get_text(node, 0, -1) or '72 65 73' in Atspi.Text.get_text(node, 0, -1)
                                            for node in walk(program.root) if node.get_role_name() == 'text'
                                            and 'Text' in node.get_interfaces() and node.get_name() == 'Message'))
        wait_for('its port', lambda: 'UDP :7788' in titles(program)[1])
        wait_for('hex in the duplicate', lambda: self.is_hex(program))

    def test_a_closed_tab_comes_back_with_its_records_and_its_port_is_free_meanwhile(self):
        program, port = self.start_udp()
        self.receive(program, port, 'kept')
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        program.keys('alt+1', 'ctrl+w')
        program.wait_for_text(f'Closed UDP :{port}, 3 records')
        program.picture('tabs-closed')
        wait_for('the port to be free', lambda: self.can_bind(port))
        program.click('Undo')
        wait_for_titles(program, 'UDP', 'UDP')
        program.wait_for_newest('Closed')
        assert not program.find_all('Undo')
        program.keys('ctrl+l')
        program.wait_for_text('Cleared, 4 records')

    def test_a_tab_that_comes_back_has_the_buttons_of_its_own_state(self):
        program = self.start_two()
        program.keys('alt+1', 'ctrl+w')
        program.click('Undo')
        wait_for('two tabs', lambda: len(titles(program)) == 2)
        wait_for('nothing to be sent while it is closed', lambda: not self.can_be_clicked(program, 'Send'))
        wait_for('records to be saved', lambda: self.can_be_clicked(program, 'Save what the log shows'))
        wait_for('the focus in its port', lambda: any(node.get_state_set().contains(Atspi.StateType.FOCUSED)
                                                      for found in program.find_all('Local port') for node in walk(found)))

    def can_be_clicked(self, program, name):
        return program.button(name).get_state_set().contains(Atspi.StateType.SENSITIVE)

    def test_several_tabs_that_are_closed_come_back_together(self):
        program = self.start_two()
        program.keys('ctrl+t')
        wait_for('three tabs', lambda: len(titles(program)) == 3)
        program.keys('alt+1', 'ctrl+w', 'alt+1', 'ctrl+w')
        program.wait_for_text('Closed 2 tabs')
        program.click('Undo')
        wait_for('three tabs', lambda: len(titles(program)) == 3)

    def can_bind(self, port):
        with harness.socket.socket(harness.socket.AF_INET, harness.socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                return False
        return True

    def test_a_tab_without_records_closes_without_a_word(self):
        program = self.start()
        program.keys('ctrl+t')
        wait_for_titles(program, 'UDP', 'UDP')
        program.keys('ctrl+w')
        wait_for_titles(program, 'UDP')
        assert not program.find_all('Undo')

    def test_what_was_closed_can_be_opened_again_later_and_its_recording_too(self):
        program, port = self.start_udp()
        self.receive(program, port, 'on disk')
        program.type_into('Message', 'draft')
        program.keys('ctrl+t')
        program.keys('alt+1', 'ctrl+w')
        program.wait_for_text('Closed UDP')
        program.keys('Escape')
        wait_for('no words', lambda: not program.find_all('Undo'))
        program.keys('ctrl+shift+t')
        wait_for_titles(program, 'UDP', 'UDP')
        program.click('Show the recording')
        program.wait_for_newest('Closed')
        wait_for_titles(program, 'UDP', '.porthole', 'UDP')
        program.keys('ctrl+shift+t')
        program.wait_for_text('No tab was closed')


class Clear(TabTest):
    def test_what_was_cleared_is_shown_again(self):
        program, port = self.start_udp()
        self.receive(program, port, 'before')
        program.keys('ctrl+l')
        program.wait_for_text('Cleared, 3 records')
        program.wait_for_text('Log cleared; still on disk')
        program.picture('log-cleared')
        self.receive(program, port, 'after')
        wait_for('no words over the log', lambda: not program.find_all('Log cleared; still on disk'))
        program.click('Undo')
        wait_for('no words', lambda: not program.find_all('Undo'))
        program.keys('ctrl+l')
        program.wait_for_text('Cleared, 4 records')
        program.keys('Escape')
        program.click('Show again')
        program.wait_for_newest('after')

    def test_what_was_cleared_is_not_found(self):
        program, port = self.start_udp()
        self.receive(program, port, 'needle', 'hay')
        program.keys('ctrl+f')
        program.type_into('Find', 'needle')
        program.wait_for_text('1 match')
        program.keys('ctrl+l')
        program.wait_for_text('No matches')
        program.click('Undo')
        program.wait_for_text('1 match')

    def test_in_memory_it_says_so(self):
        program, port = self.start_udp(**self.in_memory())
        self.receive(program, port, 'before')
        program.keys('ctrl+l')
        program.wait_for_text('Log cleared; still in memory')


class Windows(TabTest):
    def test_a_new_window_has_a_tab_of_its_own_and_both_end_together(self):
        program, port = self.start_udp()
        program.keys('ctrl+n')
        wait_for('two windows', lambda: len(windows(program)) == 2)
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        program.end()

    def test_a_tab_moves_to_a_window_of_its_own_and_stays_open(self):
        program, port = self.start_udp()
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        program.keys('alt+1')
        program.keys('ctrl+shift+r')
        wait_for('the window with the rates', lambda: len(windows(program)) == 2)
        subprocess.run(['xdotool', 'search', '--sync', '--name', '^Rates', 'windowmove', '300', '500'], check=True)
        self.click_tab(program, 0, button='3')
        self.choose_item(program, 'Move to a window of its own')
        wait_for('three windows', lambda: len(windows(program)) == 3)
        assert sorted(len(tabs(program, window)) for window in windows(program)) == [0, 1, 1]
        self.udp_peer().sendto(b'still open', ('127.0.0.1', port))
        wait_for('the newest record', lambda: any('still open' in (log.get_description() or '') for log in program.find_all('Log')))

    def test_a_tab_that_is_dragged_away_gets_a_window_of_its_own(self):
        program, port = self.start_udp()
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        self.drag_tab(program, 0, 40, 300)
        wait_for('two windows', lambda: len(windows(program)) == 2)
        assert [len(tabs(program, window)) for window in windows(program)] == [1, 1]
        self.udp_peer().sendto(b'still open', ('127.0.0.1', port))
        wait_for('the newest record', lambda: any('still open' in (log.get_description() or '') for log in program.find_all('Log')))

    def test_a_tab_that_is_dragged_along_the_others_changes_places_and_the_window_stays(self):
        program, port = self.start_udp()
        program.keys('ctrl+t')
        wait_for_titles(program, f'UDP :{port}', 'UDP')
        before, place = self.geometry(program), self.place(program, port)
        self.drag_tab(program, 0, 260, 3)
        wait_for('the first tab behind the second', lambda: self.place(program, port) > place + 20)
        self.assertEqual(self.geometry(program), before)

    def geometry(self, program):
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(program.process.pid), '--name', 'Porthole',
                               'getwindowgeometry'], capture_output=True, text=True, check=True).stdout

    def place(self, program, port):
        return next(middle(tab)[0] for tab, title in zip(tabs(program), titles(program)) if f':{port}' in title)

    def test_data_that_is_not_on_disk_is_asked_about_once(self):
        program, port = self.start_udp(**self.in_memory())
        self.receive(program, port, 'only here')
        program.keys('ctrl+q')
        program.wait_for_text('1 tab holds data that is not on disk')
        program.picture('close-all-the-same')
        assert program.is_running()
        program.click('Close all the same')
        wait_for('the end', lambda: not program.is_running())

    def test_the_second_close_closes_and_a_logout_is_not_held_up(self):
        for again in (lambda p: p.keys('ctrl+w'), Porthole.end):
            program, port = self.start_udp(**self.in_memory())
            self.receive(program, port, 'only here')
            program.keys('ctrl+w')
            program.wait_for_text('1 tab holds data that is not on disk')
            again(program)
            wait_for('the end', lambda: not program.is_running())


class OnTop(TabTest):
    def states(self, program):
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(program.process.pid), '--name', 'Porthole'],
                               capture_output=True, text=True).stdout.split()
        return subprocess.run(['xprop', '-id', found[0], '_NET_WM_STATE'], capture_output=True, text=True).stdout if found else ''

    def test_a_window_stays_on_top_until_it_is_told_not_to(self):
        self.manage_windows()
        program, port = self.start_udp()
        for expected in True, False:
            program.keys('F10')
            self.choose_item(program, 'Always on top')
            wait_for(f'the window on top: {expected}', lambda: ('_NET_WM_STATE_ABOVE' in self.states(program)) == expected)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
