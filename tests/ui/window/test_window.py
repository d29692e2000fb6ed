#!/usr/bin/python3
"""test_window.py: the main uses of the window, driven from outside

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, WindowTest, bound_port, wait_for  # noqa: E402

UDP, TCP_CLIENT, TCP_SERVER = 0, 1, 2

# What an older version, another program or a hand may have left: other types, values out of range, no values at all.
NONSENSE = """[io/github/porthole/Porthole]
appearance='plaid'
memory-limit=4294967295
time-format=3
half-close=uint32 99
connect-timeout='soon'
transport='carrier-pigeon'
local-host=7
local-port='seven'
remote-host=['a', 'b']
remote-port=70000
endpoints={'udp': ('7', -5, 'a b', 70000), 'carrier-pigeon': ('', 0, '', 0)}
max-clients=0
backlog=-5
log-mode=true
receive-form='perhaps'
receive-as-it-came=3
log-time='noon'
table-columns=[('number', -5, false), ('shape', 3, true), ('number', 9, true), ('data', 2000000000, false)]
receive-encoding='klingon'
wrap=
zoom=-1000000.0
send-encoding=@as []
line-ending='both'
repeat-interval=uint32 3600001
repeat-times='often'
send-history=12
search-history=(true, 'x')
window-width=-5
window-height='tall'
window-maximized=((
send-area-height=2147483647
no-such-key=1
[no/such/group
"""


class Udp(WindowTest):
    def open_udp(self):
        window = self.start()
        window.type_into('Local address', '127.0.0.1')
        window.click('Open')
        window.button('Close')
        return window, bound_port(window)

    def test_text_arrives_decoded_in_utf8_and_in_gbk(self):
        window, port = self.open_udp()
        peer = self.udp_peer()
        peer.sendto('héllo 你好'.encode(), ('127.0.0.1', port))
        window.wait_for_newest('héllo 你好', f'127.0.0.1:{peer.getsockname()[1]}')
        window.picture('udp-utf8')

    def test_gbk_arrives_decoded(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--encoding', 'gbk', '--open')
        port = bound_port(window)
        self.udp_peer().sendto('串口调试'.encode('gbk'), ('127.0.0.1', port))
        window.wait_for_newest('串口调试')

    def test_empty_and_large_datagrams_are_shown(self):
        window, port = self.open_udp()
        peer = self.udp_peer()
        peer.sendto(b'', ('127.0.0.1', port))
        window.wait_for_newest('0 bytes')
        peer.sendto(b'x' * 65507, ('127.0.0.1', port))
        window.wait_for_newest('65,507 bytes')

    def test_typed_text_arrives_byte_for_byte(self):
        window, _ = self.open_udp()
        peer = self.udp_peer()
        window.type_into('Remote address', '127.0.0.1')
        window.type_into('Remote port', str(peer.getsockname()[1]))
        window.type_into('Message', 'grüße 你好 \\n literally')
        window.click('Send')
        self.assertEqual(peer.recv(65536), 'grüße 你好 \\n literally'.encode())
        window.wait_for_newest('grüße 你好')

    def test_socat_is_answered_as_the_peer_heard_last(self):
        if shutil.which('socat') is None:
            self.skipTest('socat is not installed')
        window, port = self.open_udp()
        with subprocess.Popen(['socat', '-', f'UDP4:127.0.0.1:{port}'], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as socat:
            socat.stdin.write(b'from socat')
            socat.stdin.flush()
            window.wait_for_newest('from socat')
            window.type_into('Message', 'answer')
            window.click('Send')
            self.assertEqual(socat.stdout.read(6), b'answer')
            socat.kill()

    def test_who_is_chosen_stays_so_when_the_port_is_opened_again(self):
        port = self.free_port(socket.SOCK_DGRAM)
        window = self.start('udp', '--local', f'127.0.0.1:{port}', '--open')
        first, second = self.udp_peer(), self.udp_peer()
        window.button('Close')
        for peer, word in ((first, 'first'), (second, 'second')):
            peer.sendto(word.encode(), ('127.0.0.1', port))
            window.wait_for_newest(word)
        window.choose('Send to', 2)         # the remote address, the second, the first
        window.click('Close')
        window.click('Open')
        window.button('Close')
        for peer, word in ((first, 'first again'), (second, 'second again')):
            peer.sendto(word.encode(), ('127.0.0.1', port))
            window.wait_for_newest(word)
        window.type_into('Message', 'to the first')
        window.click('Send')
        self.assertEqual(first.recv(100), b'to the first')

    def test_an_address_with_a_port_is_split(self):
        window = self.start()
        window.type_into('Remote address', '192.0.2.7:4089')
        window.type_into('Local address', 'udp://127.0.0.1:0')
        window.click('Open')
        window.button('Close')
        self.assertGreater(bound_port(window), 0)


class Errors(WindowTest):
    def test_a_port_in_use_is_told_once_with_a_hint_and_open_works_again(self):
        taken = self.udp_peer()
        port = taken.getsockname()[1]
        window = self.start()
        window.type_into('Local address', '127.0.0.1')
        window.type_into('Local port', str(port))
        window.click('Open')
        message = window.wait_for_text(f'127.0.0.1:{port}: that port is in use already')
        self.assertIn('Cannot open UDP', message)
        window.wait_for_text('choose another port')
        window.picture('port-in-use')
        taken.close()
        window.click('Open')
        window.button('Close')
        self.assertEqual(bound_port(window), port)

    def test_a_tab_that_has_the_port_is_named_and_no_tab_for_a_port_of_another_address(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        again = [harness.PROGRAM, 'udp', '--local', f'127.0.0.1:{port}', '--open']
        subprocess.run(again, check=True, timeout=PATIENCE)                     # another tab of this window
        window.wait_for_text(f'The tab “UDP :{port}” has that port open')
        window.picture('port-of-a-tab')
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.bind(('127.0.0.2', port))
            again[3] = f'127.0.0.2:{port}'
            subprocess.run(again, check=True, timeout=PATIENCE)
            window.wait_for_text(f'127.0.0.2:{port}: that port is in use already')
            window.wait_for_text('Close what uses it')

    def test_a_port_that_is_none_marks_the_field_and_opens_nothing(self):
        for text in ('abc', '70000'):
            with self.subTest(port=text):
                window = self.start()
                window.type_into('Local port', text)
                window.click('Open')
                window.wait_for_text('is not a port')
                self.assertIsNotNone(window.look('Open'))
                window.end()

    def test_hex_that_is_none_is_told_and_nothing_is_sent(self):
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}', '--hex',
                            '--open')
        window.button('Close')
        window.type_into('Message', '4g')
        window.click('Send')
        window.wait_for_text('is not a hex digit')
        window.type_into('Message', '55 00 0a')
        window.click('Send')
        self.assertEqual(peer.recv(100), b'\x55\x00\x0a')

    def refuse(self, encoding, message, why, good, expected):
        """A message that cannot be sent marks the field with the reason; the next thing to arrive is a good one."""
        peer = self.udp_peer()
        window = self.start('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{peer.getsockname()[1]}',
                            *encoding, '--open')
        window.button('Close')
        window.type_into('Message', message)
        window.click('Send')
        window.wait_for_text(why)
        wait_for('the field to be marked with the reason',
                 lambda: any(why in (node.get_description() or '') for node in window.find_all('Message')))
        window.type_into('Message', good)
        wait_for('the reason to go', lambda: not any(why in text for text in window.texts()))
        window.click('Send')
        self.assertEqual(peer.recv(100), expected)
        window.end()

    def test_half_a_byte_marks_the_field_and_nothing_is_sent(self):
        for digits in ('5', '555'):
            with self.subTest(digits=digits):
                self.refuse(['--hex'], digits, 'is half a byte', '55', b'\x55')

    def test_a_character_that_the_encoding_lacks_marks_the_field_and_nothing_is_sent(self):
        self.refuse(['--encoding', 'gbk'], '雪 ☃', 'U+2603', '雪', '雪'.encode('gbk'))

    def test_a_server_that_is_not_there_is_told(self):
        port = self.free_port()
        window = self.start('tcp-client', '--remote', f'127.0.0.1:{port}', '--open')
        window.wait_for_text(f'Cannot connect to 127.0.0.1:{port}')
        window.button('Connect')


class TcpServer(WindowTest):
    def ncat(self, port):
        client = subprocess.Popen(['ncat', '127.0.0.1', str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(client.wait)
        self.addCleanup(client.kill)
        self.addCleanup(client.stdout.close)
        self.addCleanup(client.stdin.close)
        return client

    def test_three_clients_one_gets_all_get_and_one_is_kicked(self):
        if shutil.which('ncat') is None:
            self.skipTest('ncat is not installed')
        window = self.start('tcp-server', '--local', '127.0.0.1:0', '--open')
        window.button('Stop')
        port = bound_port(window)
        clients = []
        for number in range(3):
            clients.append(self.ncat(port))
            clients[-1].stdin.write(b'I am %d' % number)
            clients[-1].stdin.flush()
            window.wait_for_newest(f'I am {number}')
        window.picture('tcp-server')

        window.type_into('Message', 'to all')
        window.click('Send')
        for client in clients:
            self.assertEqual(client.stdout.read(6), b'to all')

        window.choose('Send to', 2)         # all connections, the first client, the second
        window.type_into('Message', 'to one')
        window.click('Send')
        self.assertEqual(clients[1].stdout.read(6), b'to one')

        window.click('Disconnect this client')
        self.assertEqual(clients[0].stdout.read(), b'')
        window.wait_for_newest('disconnected (by you)')
        self.assertIsNone(clients[1].poll())

    def test_a_target_that_leaves_is_not_replaced_by_another(self):
        window = self.start('tcp-server', '--local', '127.0.0.1:0', '--open')
        window.button('Stop')
        port = bound_port(window)
        clients = []
        for number in range(3):
            clients.append(socket.create_connection(('127.0.0.1', port), PATIENCE))
            self.addCleanup(clients[-1].close)
            clients[-1].sendall(b'I am %d' % number)
            window.wait_for_newest(f'I am {number}')
        first, second, third = clients

        window.choose('Send to', 2)
        window.type_into('Message', 'to the second')
        window.click('Send')
        self.assertEqual(second.recv(13), b'to the second')
        name = '127.0.0.1:%d' % second.getsockname()[1]
        second.close()
        window.wait_for_text(f'{name} disconnected: choose where to send')

        window.type_into('Message', 'to nobody')
        window.click('Send')
        window.wait_for_text(f'{name} disconnected: choose where to send')
        window.picture('target-left')

        window.choose('Send to', 0)
        window.type_into('Message', 'to all')
        window.click('Send')
        self.assertEqual([client.recv(100) for client in (first, third)], [b'to all', b'to all'])
        self.assertFalse([text for text in window.texts() if 'choose where to send' in text])


class TcpClient(WindowTest):
    def test_an_echo_server_echoes(self):
        port = self.echo_server()
        window = self.start()
        window.choose('Protocol', TCP_CLIENT)
        window.type_into('Remote address', '127.0.0.1')
        window.type_into('Remote port', str(port))
        window.click('Connect')
        window.button('Disconnect')
        window.type_into('Message', 'echo 回声')
        window.click('Send')
        window.wait_for_newest('Received', 'echo 回声')
        window.picture('tcp-client')
        window.click('Disconnect')
        window.button('Connect')


class Start(WindowTest):
    def test_starts_in_a_locale_that_does_not_exist(self):
        window = self.start(LC_ALL='xx_XX.nonsense', language='xx')
        window.button('Open')

    def test_starts_and_opens_a_port_with_nonsense_in_the_settings(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        os.makedirs(os.path.join(folder, 'glib-2.0', 'settings'))
        with open(os.path.join(folder, 'glib-2.0', 'settings', 'keyfile'), 'w', encoding='utf-8') as keyfile:
            keyfile.write(NONSENSE)
        window = self.start(GSETTINGS_BACKEND='keyfile', XDG_CONFIG_HOME=folder)
        window.type_into('Local address', '127.0.0.1')
        window.click('Open')
        window.wait_for_text('is not an address or host name')     # any text is a remote host, until it is used
        window.type_into('Remote address', '')
        window.type_into('Remote port', '')
        window.click('Open')
        window.button('Close')
        self.udp_peer().sendto(b'still here', ('127.0.0.1', bound_port(window)))
        window.wait_for_newest('still here')

    def test_speaks_the_chinese_of_its_users(self):
        window = self.start(**self.chinese())
        for word in ('网络设置', '协议类型', '本地主机地址', '本地主机端口', '接收设置', '接收数据不显示', '发送设置', '数据发送'):
            window.find(word)
        window.type_into('本地主机地址', '127.0.0.1')
        window.click('打开')
        window.button('关闭')
        self.udp_peer().sendto('你好'.encode(), ('127.0.0.1', bound_port(window)))
        wait_for('the record in Chinese', lambda: '收到来自' in window.newest('数据日志') and '你好' in window.newest('数据日志'))
        window.picture('chinese')

    def test_a_missing_schema_of_gtk_is_told_instead_of_an_abort_later(self):
        env = {**os.environ, 'XDG_DATA_DIRS': os.path.join(os.environ['HOME'], 'nowhere')}
        result = subprocess.run([harness.PROGRAM], capture_output=True, text=True, timeout=PATIENCE, env=env)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn('org.gtk.gtk4.Settings.FileChooser', result.stderr)
        self.assertIn('gschemas.compiled', result.stderr)

    def test_usage_errors_exit_with_2_and_say_why(self):
        for words in (['udp', '--local', 'host:port'], ['carrier-pigeon'], ['--no-such-option']):
            with self.subTest(words=words):
                result = subprocess.run([harness.PROGRAM, *words], capture_output=True, text=True, timeout=PATIENCE)
                self.assertEqual(result.returncode, 2)
                self.assertIn('porthole:', result.stderr)


def counted(window):
    """The numbers of received and lost packets in the status bar."""
    text = '\n'.join(window.texts())
    received, lost = re.search(r'^RX .* ([\d,]+) packets?$', text, re.M), re.search(r'^Lost ([\d,]+)$', text, re.M)
    return [int(found.group(1).replace(',', '')) for found in (received, lost) if found]


class Flood(WindowTest):
    def test_a_flood_leaves_the_window_usable_and_what_is_lost_is_shown(self):
        window = self.start('udp', '--local', '127.0.0.1:0', '--open')
        port = bound_port(window)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.connect(('127.0.0.1', port))
            for _ in range(20):
                for _ in range(10000):
                    sender.send(b'flood flood flood flood flood flood flood flood flood flood flo')
                self.assertIsNotNone(window.look('Close'))      # the tree answers in the middle of it
            sender.send(b'the last one')
        window.wait_for_newest('the last one')
        self.assertTrue(window.is_running())
        wait_for('received and lost to be as many as were sent', lambda: sum(counted(window)) == 200001)
        self.assertEqual(len(counted(window)), 2)
        window.picture('flood')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
