#!/usr/bin/env python3
"""test_contrast.py: high contrast is followed: by the theme's name, by the portal's value, and when the value changes

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import wait_for  # noqa: E402

from gi.repository import Gio, GLib  # noqa: E402

NAME, PATH = 'org.freedesktop.portal.Desktop', '/org/freedesktop/portal/desktop'
INTERFACE = 'org.freedesktop.portal.Settings'
DESCRIPTION = f"""<node><interface name="{INTERFACE}">
<method name="Read"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>"""
APPEARANCE = 'org.freedesktop.appearance'
PLAIN, STRONG = (0xee, 0xf1, 0xf4), (0xff, 0xff, 0xff)    # behind the left column
DARK, DARK_STRONG = (0x22, 0x27, 0x2d), (0, 0, 0)


class Portal:
    """A settings portal on a connection and a thread of its own."""

    def __init__(self, **values):
        self.values = values
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.ready.wait(harness.PATIENCE)

    def run(self):
        self.context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(DESCRIPTION).interfaces[0], self.called, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: self.ready.set(), None)
        self.loop.run()

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        name_space, key = arguments.unpack()
        if name_space == APPEARANCE and key in self.values:
            value = GLib.Variant('v', GLib.Variant('u', self.values[key]))
            invocation.return_value(GLib.Variant.new_tuple(GLib.Variant('v', value)))
        else:
            invocation.return_dbus_error('org.freedesktop.portal.Error.NotFound', key)

    def change(self, key, value):
        self.bus.emit_signal(None, PATH, INTERFACE, 'SettingChanged',
                             GLib.Variant('(ssv)', (APPEARANCE, key, GLib.Variant('u', value))))

    def end(self):
        self.loop.quit()
        self.thread.join()
        self.bus.close_sync(None)


class Contrast(harness.WindowTest):

    def setUp(self):
        if shutil.which('import') is None:
            self.skipTest('ImageMagick is not installed')

    def portal(self, **values):
        portal = Portal(**values)
        self.addCleanup(portal.end)
        return portal

    def wait_for_colour(self, colour):
        """Of the pixel in the left column's lower left corner, above the status bar."""
        def look():
            root = subprocess.run(['import', '-window', 'root', '-crop', '1x1+12+690', '-depth', '8', 'rgb:-'],
                                  check=True, capture_output=True).stdout
            seen.append(tuple(root))
            return seen[-1] == colour
        seen = []
        try:
            wait_for(f'the left column in {colour}', look)
        except AssertionError as error:
            raise AssertionError(f'{error}; it is {seen[-1]}') from None

    def test_without_it_the_column_is_grey(self):
        self.start()
        self.wait_for_colour(PLAIN)

    def test_theme_asks_for_it(self):
        for theme, colour in (('Default-hc', STRONG), ('HighContrast', STRONG), ('Default-hc:dark', DARK_STRONG),
                              ('HighContrastInverse', DARK_STRONG), ('Default:dark', DARK)):
            with self.subTest(theme=theme):
                window = self.start(GTK_THEME=theme)
                self.wait_for_colour(colour)
                window.end()

    def test_portal_asks_for_it_and_takes_it_back(self):
        portal = self.portal(contrast=1)
        self.start()
        self.wait_for_colour(STRONG)
        portal.change('contrast', 0)
        self.wait_for_colour(PLAIN)
        portal.change('contrast', 1)
        portal.change('color-scheme', 1)
        self.wait_for_colour(DARK_STRONG)

    def test_portal_of_an_older_desktop_knows_dark_only(self):
        self.portal(**{'color-scheme': 1})
        self.start()
        self.wait_for_colour(DARK)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
