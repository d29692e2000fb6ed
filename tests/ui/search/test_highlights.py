#!/usr/bin/python3
"""test_highlights.py: highlight rules colour the log of every tab, are kept in the settings, and say why one is not valid

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, bound_port, has_state, wait_for  # noqa: E402

PATTERN = 'What to highlight'
YELLOW = (0xF9, 0xE8, 0x94)  # of the light style sheet, as a picture has it


class Highlights(WindowTest):
    def keep(self, rules):
        """Uses settings that are kept when the window is closed."""
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        os.makedirs(os.path.join(self.folder, 'glib-2.0', 'settings'))
        with open(os.path.join(self.folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as out:
            out.write(f'[io/github/porthole/Porthole]\nhighlight-rules=[{rules}]\n' if rules else '')

    def start_kept(self, **more):
        if not hasattr(self, 'folder'):
            self.keep('')
        window = self.start('udp', '--local', '127.0.0.1:0', '--open', GSETTINGS_BACKEND='keyfile',
                            XDG_CONFIG_HOME=self.folder, **more)
        self.port = bound_port(window)
        self.peer = self.udp_peer()
        return window

    def say(self, window, text):
        self.peer.sendto(text.encode(), ('127.0.0.1', self.port))
        window.wait_for_newest(text)

    def patterns(self, window):
        return window.find_all(PATTERN, ('entry', 'text'))

    def type_rule(self, window, text):
        window.keys('ctrl+k')
        window.find('Add a rule')
        before = len(self.patterns(window))
        window.click('Add a rule')
        wait_for('another rule', lambda: len(self.patterns(window)) == before + 1)
        field = self.patterns(window)[-1]
        wait_for('the field to have the focus', lambda: has_state(field, Atspi.StateType.FOCUSED))
        self.assertTrue(Atspi.EditableText.set_text_contents(field, text))

    def kept(self):
        with open(os.path.join(self.folder, 'glib-2.0', 'settings', 'keyfile'), encoding='utf-8') as lines:
            return next((line for line in lines if line.startswith('highlight-rules=')), '')

    def wait_for_kept(self, part):
        wait_for(f'“{part}” among what is kept', lambda: part in self.kept())

    def has_color(self, color):
        """Whether any pixel of the screen has this colour."""
        listed = subprocess.run(['import', '-window', 'root', '-depth', '8', 'rgb:-'], capture_output=True, check=True)
        return listed.stdout.count(bytes(color)) > 100

    def test_a_rule_colours_what_is_there_and_is_there_again_after_a_restart(self):
        if shutil.which('import') is None:
            self.skipTest('imagemagick is not installed')
        window = self.start_kept()
        self.say(window, 'temp 21.5, all is well')
        self.assertFalse(self.has_color(YELLOW))
        self.type_rule(window, 'temp')
        self.wait_for_kept("'temp'")
        window.keys('Escape')
        wait_for('the window with the rules to go', lambda: not window.look('Add a rule'))
        wait_for('the colour in the log', lambda: self.has_color(YELLOW))
        window.end()
        window = self.start_kept()
        self.assertFalse(self.has_color(YELLOW))
        self.say(window, 'again a temp')
        wait_for('the colour in the log', lambda: self.has_color(YELLOW))
        window.keys('ctrl+k')
        wait_for('the rule in its window', lambda: len(self.patterns(window)) == 1)

    def test_what_cannot_be_is_told_on_its_row_and_the_rest_works(self):
        window = self.start_kept()
        self.type_rule(window, 'one')
        self.type_rule(window, '(two')
        self.wait_for_kept("'text', '(two'")
        box = window.find_all('How to search', ('combo box',))[-1]
        button = next(node for node in harness.walk(box) if node.get_role_name() in harness.BUTTONS)
        Atspi.Action.do_action(button, 0)
        wait_for('the list', lambda: any(node.get_role_name() == 'list item' for node in harness.walk(box)))
        window.keys('Home', 'Down', 'Down', 'Return')
        window.wait_for_text('missing')
        self.wait_for_kept("(true, 'text', 'one', false, 'yellow', false), (true, 'regex', '(two', false, 'orange', false)")
        window.picture('highlights-wrong')
        self.assertTrue(Atspi.EditableText.set_text_contents(self.patterns(window)[-1], '(two)'))
        wait_for('the words to go', lambda: not any('missing' in text for text in window.texts()))

    def test_rules_are_switched_off_moved_and_removed(self):
        window = self.start_kept()
        for text in ('one', 'two', 'three'):
            self.type_rule(window, text)
        self.wait_for_kept("'three'")
        window.keys('alt+Up')
        self.wait_for_kept("'one', false, 'yellow', false), (true, 'text', 'three', false, 'red', false), (true, 'text', 'two'")
        window.keys('shift+Tab', 'space')
        self.wait_for_kept("(false, 'text', 'three'")
        button = window.find('Move or remove')
        Atspi.Action.do_action(next(node for node in harness.walk(button) if node.get_n_actions() > 0), 0)
        item = window.menu_item('Remove')
        window.picture('highlights-menu')
        Atspi.Action.do_action(item, 0)
        wait_for('two rules', lambda: len(self.patterns(window)) == 2)
        self.wait_for_kept("highlight-rules=[(false, 'text', 'three'")

    def test_what_is_selected_gets_the_next_colour(self):
        window = self.start_kept()
        self.say(window, 'temp')
        window.keys('ctrl+shift+l', 'shift+End', 'ctrl+shift+k')
        self.wait_for_kept("(true, 'text', 'temp', false, 'yellow', false)")
        self.type_rule(window, 'more')
        self.wait_for_kept("'more', false, 'orange'")

    def test_what_is_wrong_is_told_in_few_words_in_chinese_too(self):
        self.keep("(true, 'regex', '55 [', false, 'red', false)")
        window = self.start_kept(**self.chinese())
        window.keys('ctrl+k')
        told = wait_for('what is wrong', lambda: [t for t in window.texts() if '缺少' in t or 'missing' in t])
        self.assertFalse([text for text in told if '55' in text])

    def test_there_is_an_end_to_rules(self):
        self.keep(', '.join(f"(true, 'text', 'rule {n}', false, 'red', false)" for n in range(32)))
        window = self.start_kept()
        window.keys('ctrl+k')
        window.wait_for_text('No more than 32 rules')
        self.assertFalse(has_state(window.button('Add a rule'), Atspi.StateType.SENSITIVE))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
