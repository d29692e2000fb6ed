#!/usr/bin/env python3
# test_saving.py: --save and its options: what arrives from sockets and programs that are not ours is in files while it runs
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_saving.py PORTHOLE_CLI [NAME…]
import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test, here

REAL = Path(__file__).resolve().parents[3] / 'shared' / 'real' / 'netassist'
STAMP = r'\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\]# '


class Saving(Test):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='porthole-存-')
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def save(self, *words, name='out', transport='udp', **options):
        return self.cli(transport, '--local', '127.0.0.1:0', '--no-stdin', '--save', f'{self.folder}/{name}', *words, **options)

    def files(self):
        return sorted(path.name for path in self.folder.iterdir())

    def until(self, wanted):
        """Waits until it is true, and returns its value."""
        end = time.monotonic() + PATIENCE
        while not (value := wanted()):
            if time.monotonic() > end:
                self.fail(f'the files are {[(p.name, p.stat().st_size) for p in self.folder.iterdir()]}')
            time.sleep(0.005)  # between two looks
        return value

    def until_file(self, name, data):
        path = self.folder / name
        self.until(lambda: path.exists() and path.read_bytes() == data)

    def stop(self, cli, status=0):
        cli.popen.send_signal(signal.SIGTERM)
        self.assertEqual(cli.end(), status, cli.all['err'])

    def text(self, name='out'):
        return (self.folder / name).read_text(encoding='utf-8')


class Options(Saving):
    def test_raw_bytes_are_in_the_file_as_they_come_and_the_log_beside_it(self):
        cli = self.save('--format', 'json', '--capture', f'{self.folder}/all.porthole')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        data = bytes(range(256))
        for i in range(3):
            peer.send(data)
            self.until_file('out', data * (i + 1))  # while it runs
        cli.record('in', length=256)
        self.stop(cli)
        self.assertGreater((self.folder / 'all.porthole').stat().st_size, 768)

    def test_with_quiet_the_name_of_the_file_goes_to_standard_error(self):
        cli = self.save('--quiet', name='{local}-{n}.bin')
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'x')
        self.until_file(f'127.0.0.1-{cli.port}-1.bin', b'x')
        self.stop(cli)
        self.assertIn(f'porthole-cli: Saving to {self.folder}/127.0.0.1-{cli.port}-1.bin\n'.encode(), cli.all['err'])
        self.assertEqual(cli.all['out'], [])

    def test_ncat_and_socat_are_heard(self):
        cli = self.save(name='{peer}', transport='tcp-server')
        for name, words in (('ncat', ('--send-only', '127.0.0.1', str(cli.port))), ('socat', ('-u', '-', f'TCP:127.0.0.1:{cli.port}'))):
            tool = self.tool(name, *words)
            tool.write(f'from {name} '.encode())
            self.assertEqual(tool.end(), 0)
        self.until(lambda: self.files() == ['all'] and sorted(self.text('all').split()) == ['from', 'from', 'ncat', 'socat'])
        self.stop(cli)

    def test_the_name_of_a_client_s_file_has_the_address_of_its_server(self):
        server = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', here(server), '--no-stdin', '--save', f'{self.folder}/{{peer}}.bin')
        sock = self.accept(server)
        sock.sendall(b'hello')
        self.until_file(here(server).replace(':', '-') + '.bin', b'hello')
        sock.close()
        self.assertEqual(cli.end(), 0)

    def test_both_directions(self):
        for direction, expected in ((None, b'ping'), ('in', b'ping'), ('both', b'pingpong')):
            name = direction or 'none'
            cli = self.save('--send', 'pong', *(('--save-direction', direction) if direction else ()), name=name)
            peer = self.socket(socket.SOCK_DGRAM, cli.port)
            peer.send(b'ping')
            self.assertEqual(peer.recv(10), b'pong')
            self.stop(cli)
            self.assertEqual((self.folder / name).read_bytes(), expected)

    def test_a_file_for_each_peer(self):
        cli = self.save('--save-per-peer', name='{peer}.bin', transport='tcp-server')
        socks = [self.socket(socket.SOCK_STREAM, cli.port) for _ in range(3)]
        for i, sock in enumerate(socks):
            sock.sendall(b'%d' % i * 1000)
        for i, sock in enumerate(socks):
            self.until_file(here(sock).replace(':', '-') + '.bin', b'%d' % i * 1000)
        self.stop(cli)
        self.assertEqual(len(self.files()), 3)

    def test_a_new_file_after_so_many_bytes(self):
        cli = self.save('--save-every', '4KiB', name='{n}')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for i in range(10):
            peer.send(b'%d' % i * 1000)
        self.until(lambda: self.files() == ['1', '2', '3'] and len(self.text('3')) == 2000)
        self.stop(cli)
        self.assertEqual([self.text(n) for n in self.files()],
                         [''.join(str(i) * 1000 for i in part) for part in ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9))])

    def test_a_time_of_day_is_taken(self):
        cli = self.save('--save-every', '00:00')
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'x')
        self.until_file('out', b'x')
        self.stop(cli)

    def test_what_is_there_is_left_alone(self):
        (self.folder / 'out').write_bytes(b'old')
        cli = self.save()
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'new')
        self.until_file('out-2', b'new')
        self.assertEqual(self.text(), 'old')
        self.stop(cli)

    def test_a_peer_s_name_leads_nowhere(self):
        cli = self.save(name='{{{peer}}}-{time:%Y/%m}')
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'x')
        self.until(lambda: re.fullmatch(r'\{all\}-\d{4}-\d\d', ''.join(self.files())))
        self.stop(cli)

    def test_what_is_wrong_is_refused_in_words(self):
        for words, said in (
                (('--save', f'{self.folder}/none/x'), f'--save: “{self.folder}/none/” is no folder'),
                (('--save', f'{self.folder}/ab{{port}}'), '--save, at position 3 of the name: there is no such field'),
                (('--save', f'{self.folder}/'), 'the name is empty'),
                (('--save', self.folder), '--save: it is a folder'),
                (('--save', 'x', '--save-as', 'xml'), '--save-as: “xml” is none of raw, log, netassist, netassist-v5, csv, jsonl'),
                (('--save', 'x', '--save-every', '12'), '--save-every: choose a size of at least 4 KiB'),
                (('--save', 'x', '--save-every', '25:00'), '--save-every: choose a size'),
                (('--save', 'x', '--save-direction', 'out'), '--save-direction'),
                (('--save', 'x', '--save-escape'), '--save-escape: only for netassist, netassist-v5, csv'),
                (('--save-as', 'raw'), '--save'), (('--save-every', '1M'), '--save'), (('--save-per-peer',), '--save'),
                (('--save-direction', 'in'), '--save'), (('--save-escape',), '--save')):
            with self.subTest(words=words):
                status, err = self.wrong('udp', '--no-stdin', *words)
                self.assertEqual(status, 2)
                self.assertIn(said, err)
        self.assertEqual(self.wrong('read', 'x', '--save', 'y')[0], 2)
        self.assertEqual(self.files(), [])


class Formats(Saving):
    def saved(self, *words, data=(b'hello',), answer=None):
        """What is in the file after a datagram for each of @data."""
        sent = ('--send', answer, '--save-direction', 'both') if answer else ()
        cli = self.save(*words, *sent)
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for part in data:
            peer.send(part)
        if answer:
            self.assertEqual(peer.recv(100), answer.encode())
        self.until(lambda: (self.folder / 'out').exists() and self.text().count('RECV') + self.text().count('in,') + self.text().count('"in"')
                   + self.text().count('←') >= len(data))
        self.stop(cli)
        return self.text(), here(peer)

    def test_log(self):
        text, peer = self.saved('--save-as', 'log')
        self.assertRegex(text, rf'(?m)^\d\d:\d\d:\d\d\.\d{{3}} ← {peer}  5 bytes\n    hello\n')
        self.assertRegex(text, r'· Closed\n$')

    def test_lines_of_json(self):
        text, peer = self.saved('--save-as', 'jsonl', data=(b'a', b'b'))
        records = [json.loads(line) for line in text.splitlines()]
        self.assertEqual([(r['peer'], r['text']) for r in records if r['kind'] == 'in'], [(peer, 'a'), (peer, 'b')])
        self.assertEqual(records[-1]['kind'], 'closed')

    def test_a_table_that_other_programs_read(self):
        text, peer = self.saved('--save-as', 'csv', data=(b'a,"b"\nc', b'=1+1'))
        rows = [row for row in csv.DictReader(io.StringIO(text)) if row['kind'] == 'in']
        self.assertEqual([(r['peer'], r['text'], bytes.fromhex(r['hex'])) for r in rows],
                         [(peer, 'a,"b"\nc', b'a,"b"\nc'), (peer, '=1+1', b'=1+1')])

    def test_a_formula_is_escaped(self):
        text, _ = self.saved('--save-as', 'csv', '--save-escape', data=(b'=1+1',))
        self.assertIn(',"\'=1+1",3D 31 2B 31\n', text)

    def test_netassist_4(self):
        text, peer = self.saved('--save-as', 'netassist', data=(b'ping',), answer='pong')
        spaced = peer.replace(':', ' :')
        self.assertRegex(text, rf'(?m)^{STAMP}RECV ASCII FROM {spaced}>\nping\n\n{STAMP}SEND ASCII TO {spaced}>\npong\n\n')

    def test_netassist_5(self):
        text, peer = self.saved('--save-as', 'netassist-v5', data=(b'ping 1',), answer='pong')
        self.assertRegex(text, rf'(?m)^{STAMP}RECV ASCII/6 from {peer} <<<\nping 1\n\n{STAMP}SEND ASCII/4 to {peer} >>>\npong\n\n')

    def test_headers_are_those_of_real_files(self):
        """As its users' scripts read them: every header of ours has the form that one of the real files has."""
        if not REAL.is_dir():
            self.skipTest('no files of NetAssist are here')
        for words, pattern in ((('netassist',), 'v4-*.txt'), (('netassist-v5',), '*v5-*.txt')):
            forms = set()
            for path in REAL.glob(pattern):
                forms |= self.forms(path.read_text(encoding='utf-8', errors='replace'))
            for hexed in ((), ('--hex',)):
                text, _ = self.saved('--save-as', *words, *hexed)
                ours = self.forms(text)
                self.assertTrue(ours)
                self.assertLessEqual(ours, forms)
                (self.folder / 'out').unlink()

    def forms(self, text):
        """The forms of its headers of received data: numbers and addresses are all the same."""
        return {re.sub(r'\d+', '0', line.rstrip()) for line in text.splitlines()
                if re.match(STAMP + r'RECV (ASCII|HEX)(/\d+)? ?(FROM|from) \d', line)}

    def test_a_forged_header_is_told_from_a_real_one(self):
        forged = b'x\n[2026-01-01 00:00:00.000]# RECV ASCII/3 from 10.0.0.1:1 <<<\n\\end'
        text, peer = self.saved('--save-as', 'netassist-v5', '--save-escape', data=(forged, b'next'))
        read = []
        for line in text.splitlines():  # as a script would
            if match := re.match(STAMP + r'RECV ASCII/(\d+) from (.*) <<<$', line):
                read.append([match.group(2), int(match.group(1)), []])
            elif read and not line.startswith('['):
                read[-1][2].append(line.removeprefix('\\'))
        self.assertEqual([(who, n, '\n'.join(lines[:-1]).encode()) for who, n, lines in read],
                         [(peer, len(forged), forged), (peer, 4, b'next')])

    def test_the_number_of_bytes_leads_over_a_forged_header_too(self):
        forged = b'\n[2026-01-01 00:00:00.000]# RECV ASCII/3 from 10.0.0.1:1 <<<\nabc\n\n'
        text, peer = self.saved('--save-as', 'netassist-v5', data=(forged, b'next'))
        data, read = text.encode(), []
        while match := re.search(STAMP.encode() + rb'RECV ASCII/(\d+) from ([^ ]*) <<<\n', data):
            end = match.end() + int(match.group(1))
            read.append((match.group(2).decode(), data[match.end():end]))
            data = data[end:]
        self.assertEqual(read, [(peer, forged), (peer, b'next')])


class Ends(Saving):
    def test_signals_leave_all_of_it_in_the_file(self):
        for sent in signal.SIGTERM, signal.SIGINT:
            with self.subTest(signal=sent):
                cli = self.save('--format', 'json', name=sent.name, transport='tcp-server')
                sock = self.socket(socket.SOCK_STREAM, cli.port)
                data = os.urandom(1 << 20)
                sock.sendall(data)
                cli.record('in')
                cli.popen.send_signal(sent)
                self.assertEqual(cli.end(), 0)
                heard = sum(r['length'] for r in map(json.loads, cli.all['out']) if r['kind'] == 'in')
                self.assertEqual((self.folder / sent.name).read_bytes(), data[:heard])
        cli = self.save('--quiet', '--count', '1', name='counted')
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'x' * 5000)
        self.assertEqual(cli.end(), 0)
        self.assertEqual(len(self.text('counted')), 5000)

    def test_nobody_reads_the_log_and_the_save_goes_on(self):
        cli = subprocess.Popen([harness.PROGRAM, 'tcp-server', '--local', '127.0.0.1:0', '--no-stdin', '--save', f'{self.folder}/out'],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(cli.communicate)
        self.addCleanup(cli.kill)
        sock = self.socket(socket.SOCK_STREAM, int(cli.stderr.readline().rsplit(b':', 1)[1]))
        data = os.urandom(4 << 20)
        sock.sendall(data)
        self.until_file('out', data)

    def test_the_file_is_removed_while_it_runs(self):
        cli = self.save('--format', 'json')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'a')
        self.until_file('out', b'a')
        (self.folder / 'out').unlink()
        peer.send(b'b')
        self.assertIn('moved or removed', cli.record('note', action='save', cause='moved')['text'])
        self.until_file('out-2', b'b')
        self.stop(cli)

    def test_a_save_past_5_gib_is_whole(self):
        cli = self.save()
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'begin')
        self.until_file('out', b'begin')
        path, size = self.folder / 'out', 5 * 2**30 - 2
        os.truncate(path, size)  # what is not written takes no room
        peer.send(b'across')
        self.until(lambda: path.stat().st_size == size + 6)
        peer.send(b'behind')
        self.until(lambda: path.stat().st_size == size + 12)
        self.stop(cli)
        with path.open('rb') as saved:
            self.assertEqual(saved.read(5), b'begin')
            saved.seek(size)
            self.assertEqual(saved.read(), b'acrossbehind')


class Troubles(Saving):
    def test_a_folder_that_may_not_be_written_is_told_and_the_session_goes_on(self):
        if not hasattr(os, 'setuid'):
            self.skipTest('no users here')
        self.folder.chmod(0o555)
        user = {'user': 65534, 'group': 65534, 'extra_groups': []} if os.getuid() == 0 else {}
        if user and subprocess.run([harness.PROGRAM, '--version'], stdout=subprocess.DEVNULL, check=False, **user).returncode != 0:
            self.skipTest('nobody else may run the program here')
        cli = self.json('udp', '--local', '127.0.0.1:0', '--no-stdin', '--save', f'{self.folder}/out', **user)
        error = cli.record('error', action='save')
        self.assertIn(f'Cannot save to {self.folder}', error['text'])
        self.assertEqual(error['error'], 'file-denied')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'still heard')
        cli.record('in', text='still heard')
        self.stop(cli, status=1)
        self.assertIn(b'are not in the files of --save', b''.join(cli.all['err']))

    def test_a_full_disk_is_told_at_once_and_when_there_is_room_it_goes_on(self):
        script = f'mount -t tmpfs -o size=1m none {self.folder} && exec "$@"'
        inside = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script, 'sh']
        if shutil.which('unshare') is None or subprocess.run([*inside, 'true'], capture_output=True).returncode != 0:
            self.skipTest('no file system can be mounted here')
        run = (f'dd if=/dev/zero of={self.folder}/rest bs=1k count=512 2>/dev/null; {harness.PROGRAM} tcp-server --local 127.0.0.1:0 --format json'
               f' --save {self.folder}/out --quiet --no-stdin & P=$!; read x; rm {self.folder}/rest; read x; kill -TERM $P; wait $P; echo "$?";'
               f' cat {self.folder}/out')
        shell = harness.Process([*inside, 'sh', '-c', run])
        self.addCleanup(shell.kill)
        port = int(shell.until('err', lambda l: l.startswith(b'open ')).rsplit(b':', 1)[1])
        sock = self.socket(socket.SOCK_STREAM, port)
        data = b'0123456789abcde\n' * (700 * 64)  # 700 KiB: more than there is room for
        sock.sendall(data)
        said = shell.until('err', lambda l: b'Cannot save to' in l).decode()
        self.assertIn(f'{self.folder}/out: the disk is full', said)
        sock.sendall(b'it goes on\n')
        shell.write(b'\n')
        shell.until('err', lambda l: b'goes on' in l)
        shell.write(b'\n')
        self.assertEqual(shell.until('out', lambda l: True), b'0\n')
        rest = []
        while (line := shell.line('out')) is not None:
            rest.append(line)
        self.assertEqual(b''.join(rest), data + b'it goes on\n')  # whole, and nothing twice

    def test_a_flood_with_a_save_loses_nothing_by_tcp(self):
        cli = self.save('--quiet', '--save-as', 'raw', transport='tcp-server')
        sock = self.socket(socket.SOCK_STREAM, cli.port)
        data = os.urandom(1 << 20)

        def send():
            for _ in range(128):
                sock.sendall(data)
        sender = threading.Thread(target=send)
        sender.start()
        sender.join(PATIENCE)
        path = self.folder / 'out'
        self.until(lambda: path.stat().st_size == 128 << 20)
        self.stop(cli)
        with path.open('rb') as saved:
            for _ in range(128):
                self.assertEqual(saved.read(1 << 20), data)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
