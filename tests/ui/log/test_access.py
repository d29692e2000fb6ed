#!/usr/bin/python3
"""test_access.py: a screen reader can read the log, line by line, and hears of what changes in it

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import Atspi, WindowTest, wait_for  # noqa: E402

NO_TEXT = 'this GTK has no GtkAccessibleText: it came with 4.14'
FAR = 1 << 20           # behind the end of any text


class LogText(WindowTest):
    missing = False

    def setUp(self):
        if LogText.missing:
            self.skipTest(NO_TEXT)
        self.window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        self.port = harness.bound_port(self.window)
        self.peer = self.udp_peer()
        self.window.keys('ctrl+5')  # a header line and the payload below it
        self.log = self.window.find('Log', ('log',))
        if 'Text' not in self.log.get_interfaces():
            LogText.missing = True
            self.skipTest(NO_TEXT)

    @staticmethod
    def loses_the_last():
        """GTK 4.24 forgets the last character of every range that it is asked the extents of, also of its own labels."""
        return Atspi.get_desktop(0).get_child_at_index(0).get_toolkit_version().startswith('4.24.')

    def receive(self, *texts):
        for text in texts:
            self.peer.sendto(text.encode(), ('127.0.0.1', self.port))
            self.window.wait_for_newest(text)

    def text(self):
        return Atspi.Text.get_text(self.log, 0, -1)

    def wait_for_text(self, part):
        return wait_for(f'“{part}” in the text of the log', lambda: (lambda text: text if part in text else None)(self.text()))

    def caret(self):
        return Atspi.Text.get_caret_offset(self.log)

    def line_at(self, offset, granularity=Atspi.TextGranularity.LINE):
        line = Atspi.Text.get_string_at_offset(self.log, offset, granularity)
        return line.content, line.start_offset, line.end_offset

    def press(self, *keys):
        """Keys that move the cursor; returns where it is then."""
        before = self.caret()
        self.window.keys(*keys)
        return wait_for(f'the cursor to move from {before}', lambda: (self.caret() != before) and (self.caret() + 1)) - 1

    def test_the_text_is_what_stands_in_the_log(self):
        self.receive('first 你好', 'second')
        text = self.wait_for_text('second')
        lines = text.split('\n')
        self.assertEqual(lines[-1], 'second')
        self.assertEqual(lines[-3], 'first 你好')
        self.assertIn(f'127.0.0.1:{self.peer.getsockname()[1]}', lines[-2])
        self.assertIn('6 bytes', lines[-2])
        self.assertNotIn('\t', text)
        self.assertEqual(Atspi.Text.get_character_count(self.log), len(text))
        start = text.index('你')
        self.assertEqual(Atspi.Text.get_text(self.log, start, start + 2), '你好')
        self.assertEqual(Atspi.Text.get_text(self.log, FAR, FAR + 1), '')

    def test_what_is_around_a_character_can_be_asked_for(self):
        self.receive('two words', 'last')
        text = self.wait_for_text('last')
        start = text.index('two')
        self.assertEqual(self.line_at(start + 5), ('two words\n', start, start + 10))
        self.assertEqual(self.line_at(start + 5, Atspi.TextGranularity.WORD), ('words', start + 4, start + 9))
        self.assertEqual(self.line_at(start + 5, Atspi.TextGranularity.CHAR), ('o', start + 5, start + 6))
        self.assertEqual(self.line_at(FAR)[0], 'last')

    def test_the_cursor_and_the_selection_can_be_followed(self):
        self.receive('first', 'second')
        text = self.wait_for_text('second')
        self.assertEqual(self.caret(), len(text))
        self.window.keys('ctrl+shift+l')
        self.assertEqual(self.press('ctrl+Home'), 0)
        self.assertEqual(self.press('Right'), 1)
        self.press('Down')
        line = self.press('Home')
        self.assertEqual(text[line - 1], '\n')
        self.assertEqual(Atspi.Text.get_n_selections(self.log), 0)
        end = self.press('shift+End')
        self.assertEqual(text[line:end], text.split('\n')[1])
        selection = Atspi.Text.get_selection(self.log, 0)
        self.assertEqual((selection.start_offset, selection.end_offset), (line, end))

    def test_a_character_has_a_place_and_a_place_a_character(self):
        self.receive('somewhere')
        offset = self.wait_for_text('somewhere').index('where')
        at = Atspi.Text.get_character_extents(self.log, offset, Atspi.CoordType.WINDOW)
        self.assertGreater(at.width, 0)
        self.assertGreater(at.height, 0)
        middle = at.x + at.width // 3, at.y + at.height // 2
        self.assertEqual(Atspi.Text.get_offset_at_point(self.log, *middle, Atspi.CoordType.WINDOW), offset)
        word = Atspi.Text.get_range_extents(self.log, offset, offset + 5, Atspi.CoordType.WINDOW)
        lost = at.width if LogText.loses_the_last() else 0
        end = Atspi.Text.get_character_extents(self.log, len(self.text()), Atspi.CoordType.WINDOW)
        self.assertEqual((word.x, word.y, word.height), (at.x, at.y, at.height))
        self.assertAlmostEqual(word.width, 5 * at.width - lost, delta=5)
        self.assertAlmostEqual(end.x, at.x + 5 * at.width, delta=5)
        self.assertEqual((end.y, end.height), (word.y, word.height))

    def test_a_byte_that_is_no_text_has_another_colour(self):
        self.peer.sendto(b'bad \xff byte', ('127.0.0.1', self.port))
        offset = self.wait_for_text('FF').index('⟨FF⟩')
        marked = Atspi.Text.get_attribute_run(self.log, offset, False)
        plain = Atspi.Text.get_attribute_run(self.log, offset - 4, False)
        self.assertEqual((marked[1], marked[2]), (offset, offset + 4))
        self.assertNotEqual(marked[0]['fg-color'], plain[0]['fg-color'])
        self.assertIn('mono', Atspi.Text.get_default_attributes(self.log)['family-name'].lower())

    def test_a_change_is_told_to_who_reads_and_a_flood_only_once(self):
        told = []
        listener = Atspi.EventListener.new(lambda event: told.append((event.type, event.any_data)))
        self.addCleanup(listener.deregister, 'object:text-changed')
        listener.register('object:text-changed')
        self.receive('nobody reads')
        self.receive('this')
        self.assertEqual(told, [])
        self.wait_for_text('this')
        self.receive('somebody')
        wait_for('the change to be told', lambda: told)
        self.assertTrue(told[0][0].startswith('object:text-changed:insert'), told)
        self.assertTrue(told[0][1].endswith('somebody'), told)
        told.clear()
        self.receive(*(f'more {number}' for number in range(5)))
        self.assertEqual(told, [])

    def test_lines_that_are_drawn_anew_as_they_were_do_not_end_the_telling(self):
        told = []
        listener = Atspi.EventListener.new(lambda event: told.append(event.any_data))
        self.addCleanup(listener.deregister, 'object:text-changed')
        listener.register('object:text-changed')
        self.receive('short')
        self.wait_for_text('short')
        drawer = self.window.find('Drawer')
        for shown in (True, False):                 # what comes behind the first key tells that it was served
            self.window.keys('alt+w', 'F8')
            wait_for('the keys to be served', lambda: harness.is_on(drawer) == shown)
        self.receive('somebody')
        wait_for('the change to be told', lambda: told)
        self.assertTrue(told[0].endswith('somebody'), told)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
