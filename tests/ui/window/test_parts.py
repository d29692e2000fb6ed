#!/usr/bin/python3
"""test_parts.py: the left column, the drawer and the tools, by keys and clicks, in a wide and in a narrow window

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import shutil
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, has_state, is_on, wait_for, walk  # noqa: E402

BUTTONS = ('toggle button', 'check box', 'push button', 'button')


class Parts(WindowTest):
    def begin(self, width, height, *arguments):
        """The program with a window of that size."""
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'))
        with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as keyfile:
            keyfile.write(f'[io/github/porthole/Porthole]\nwindow-width={width}\nwindow-height={height}\n')
        window = self.start(*arguments, GSETTINGS_BACKEND='keyfile', XDG_CONFIG_HOME=folder)
        window.find('Show compact')         # the tools come with the second frame
        return window

    def expect(self, window, name, pressed):
        wait_for(f'“{name}” to be {"on" if pressed else "off"}', lambda: is_on(window.find(name, BUTTONS)) == pressed)

    @staticmethod
    def has_focus(window, name):
        return any(has_state(node, Atspi.StateType.FOCUSED) for part in window.find_all(name) for node in walk(part))

    def test_keys_show_and_hide_the_column_and_the_drawer(self):
        window = self.begin(1280, 800)
        self.expect(window, 'Left column', True)
        self.expect(window, 'Drawer', False)
        window.keys('F9')
        self.expect(window, 'Left column', False)
        window.keys('F8')
        self.expect(window, 'Drawer', True)
        window.find('Close the drawer')
        window.keys('Escape')               # it lies beside the log, so it stays
        window.keys('F9')
        self.expect(window, 'Left column', True)
        self.expect(window, 'Drawer', True)
        window.picture('parts-wide')
        window.click('Close the drawer')
        self.expect(window, 'Drawer', False)

    def test_a_drawer_over_the_log_is_closed_by_escape(self):
        window = self.begin(1024, 640)
        window.keys('ctrl+shift+p')
        self.expect(window, 'Drawer', True)
        window.wait_for_text('Nobody was heard yet')
        window.picture('parts-drawer-over')
        window.keys('Escape')
        self.expect(window, 'Drawer', False)

    def test_in_a_narrow_window_the_column_is_there_until_a_port_is_open(self):
        window = self.begin(720, 480)
        self.expect(window, 'Left column', True)
        window.picture('parts-narrow')
        window.type_into('Local address', '127.0.0.1')
        window.click('Open')
        harness.bound_port(window)
        self.expect(window, 'Left column', False)
        window.keys('F9')
        self.expect(window, 'Left column', True)
        window.keys('Escape')
        self.expect(window, 'Left column', False)
        window.keys('ctrl+d')
        self.expect(window, 'Left column', True)

    def test_a_group_folds_to_what_is_set_and_the_next_tab_has_it_so(self):
        window = self.begin(1280, 800)
        title = window.find('Receiving', BUTTONS)
        Atspi.Action.do_action(title, 0)
        wait_for('what is set', lambda: title.get_description() == 'Text · UTF-8')
        wait_for('the summary', lambda: 'Text · UTF-8' in window.texts())
        self.assertFalse(has_state(title, Atspi.StateType.EXPANDED))
        window.keys('ctrl+t')
        wait_for('the other tab', lambda: window.look('Receiving', BUTTONS) not in (None, title))
        wait_for('a folded group', lambda: not has_state(window.find('Receiving', BUTTONS), Atspi.StateType.EXPANDED))

    def test_forms_of_the_log_are_chosen_by_clicks_and_keys(self):
        window = self.begin(1280, 800)
        self.expect(window, 'Show compact', True)
        for key, name in (('ctrl+3', 'Show table'), ('ctrl+4', 'Show bytes'), ('ctrl+2', 'Show stream'), ('ctrl+5', 'Show compact')):
            window.keys(key)
            self.expect(window, name, True)
        for name in ('Show table', 'Show compact', 'Show compact'):
            window.click(name)
            self.expect(window, name, True)

    def test_what_has_no_room_is_in_the_menu(self):
        window = self.begin(800, 600)
        self.assertIsNone(window.look('Clear the log'))
        menu = window.find('More of the log')
        button = next(node for node in walk(menu) if node != menu and node.get_role_name() in BUTTONS)
        Atspi.Action.do_action(button, 0)
        for name in ('Comfortable', 'Wrap', 'Auto scroll', 'Larger', 'Filter'):
            window.menu_item(name)
        window.picture('parts-more')

    def test_one_direction_is_shown_and_then_all_again(self):
        window = self.begin(1280, 800, 'udp', '--local', '127.0.0.1:0', '--open')
        self.udp_peer().sendto(b'data', ('127.0.0.1', harness.bound_port(window)))
        window.wait_for_newest('data')
        for name, count in (('Sent only', 'No matches'), ('Received only', '1 match')):
            menu = window.find('Which records the log shows')
            Atspi.Action.do_action(next(node for node in walk(menu) if node != menu and node.get_role_name() in BUTTONS), 0)
            Atspi.Action.do_action(window.menu_item(name), 0)
            window.wait_for_text(count)

    def test_find_makes_the_window_no_wider(self):
        window = self.begin(760, 600)
        width = window.window.get_extents(Atspi.CoordType.WINDOW).width
        window.keys('ctrl+f')
        window.find('Previous match')
        window.picture('parts-find')
        self.assertEqual(window.window.get_extents(Atspi.CoordType.WINDOW).width, width)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
