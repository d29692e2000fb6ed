#!/usr/bin/env python3
# test_capture.py: captures in files: written by a real porthole-cli, killed, damaged, read back
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_capture.py PORTHOLE_CLI [NAME…]
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
import made
from harness import PATIENCE, Test, here

MIB = 1 << 20


def pattern(length):
    """Bytes that tell their place: every four are the number of the four."""
    return b''.join(struct.pack('>I', i) for i in range(length // 4))


class Capture(Test):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, '抓包.porthole')

    def read(self, *words, status=0, path=None):
        """The records of the capture, and what was said beside them."""
        done = subprocess.run([harness.PROGRAM, 'read', path or self.path, '--format', 'json', *words],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE * 4,
                              env=dict(os.environ, LC_ALL='C.UTF-8'))
        self.assertEqual(done.returncode, status, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()

    def flood(self, cli):
        """Sends a stream, four bytes at a time telling their number, until the connection ends."""
        sock = self.socket(socket.SOCK_STREAM, cli.port)
        part = pattern(4 * MIB)

        def send():
            try:
                number = 0
                while True:
                    sock.sendall(part)
                    number += 1
            except OSError:
                pass
        thread = threading.Thread(target=send, daemon=True)
        thread.start()
        self.addCleanup(thread.join, PATIENCE)
        self.addCleanup(sock.close)
        return part

    def until_written(self, n_chunks):
        """Waits until the file has so many whole chunks."""
        probe = threading.Event()
        for _ in range(PATIENCE * 50):
            if os.path.exists(self.path) and os.path.getsize(self.path) >= n_chunks * MIB:
                return
            probe.wait(0.02)
        self.fail(f'the capture did not grow to {n_chunks} MiB')

    def assert_stream(self, records, part):
        """What arrived is the beginning of what was sent, without a gap. Returns its length."""
        place = 0
        for record in records:
            if record['kind'] != 'in':
                continue
            data = bytes.fromhex(record['hex'])
            while data:
                at = place % len(part)
                self.assertEqual(data[:len(part) - at], part[at:at + len(data)], f'at byte {place}')
                place += min(len(data), len(part) - at)
                data = data[len(part) - at:]
        return place


class Writing(Capture):
    def test_what_is_read_back_is_what_was_printed(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--capture', self.path)
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for i in range(50):
            peer.send(b'x' * i)
        while cli.record('in')['length'] != 49:
            pass
        self.assertEqual(cli.interrupt(), 0)
        records, said = self.read()
        self.assertEqual(records, [json.loads(line) for line in cli.all['out']])
        self.assertEqual(said, '')
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)

    def test_a_stream_is_read_back_with_the_characters_that_its_reads_cut(self):
        cli = self.json('tcp-server', '--local', '127.0.0.1:0', '--capture', self.path)
        sock = self.socket(socket.SOCK_STREAM, cli.port)
        sock.sendall('你'.encode()[:1])
        cli.record('in')
        sock.sendall('你'.encode()[1:])
        cli.record('in')
        cli.interrupt()
        texts = [r['text'] for r in self.read()[0] if r['kind'] == 'in']
        self.assertEqual(texts, ['', '你'])

    def test_quiet_and_count_leave_nothing_out_of_the_file(self):
        cli = self.cli('udp', '--local', '127.0.0.1:0', '--capture', self.path, '--quiet', '--count', '3')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for i in range(3):
            peer.send(b'%d' % i)
        self.assertEqual(cli.end(), 0)
        texts = [r['text'] for r in self.read()[0] if r['kind'] == 'in']
        self.assertEqual(texts[:3], ['0', '1', '2'])
        self.assertEqual(len([r for r in self.read('--count', '2')[0] if r['kind'] == 'in']), 2)

    def test_a_file_that_exists_is_not_written_over(self):
        with open(self.path, 'w') as file:
            file.write('precious')
        status, said = self.wrong('udp', '--capture', self.path)
        self.assertEqual(status, 1)
        self.assertIn(self.path, said)
        with open(self.path) as file:
            self.assertEqual(file.read(), 'precious')

    def test_a_folder_that_is_not_there_is_told(self):
        status, said = self.wrong('udp', '--capture', os.path.join(self.folder, 'no', 'such'))
        self.assertEqual(status, 1)
        self.assertIn('no/such', said)

    def test_two_programs_that_want_the_same_file_do_not_share_it(self):
        for _ in range(5):
            both = [self.json('udp', '--local', '127.0.0.1:0', '--capture', self.path, wait=False) for _ in range(2)]
            refused = None
            while refused is None:
                refused = next((one for one in both if one.popen.poll() is not None), None)
            self.assertEqual(refused.end(), 1)
            self.assertIn(os.path.basename(self.path).encode(), b''.join(refused.all['err']))
            writer = both[1 - both.index(refused)]
            writer.until('err', lambda line: line.startswith(b'open '))
            self.assertEqual(writer.interrupt(), 0)
            self.assertEqual(self.read()[0], [json.loads(line) for line in writer.all['out']])
            os.remove(self.path)

    def test_a_capture_that_is_being_written_can_be_read(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--capture', self.path)
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'early')
        cli.record('in')
        self.until_written(1)
        self.assertIn('early', [r['text'] for r in self.read()[0]])
        self.assertEqual(cli.interrupt(), 0)


class Verify(Capture):
    def verify(self, path=None):
        """What is said of a capture. Only a whole one ends with 0."""
        done = subprocess.run([harness.PROGRAM, 'read', path or self.path, '--verify'], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=PATIENCE * 4, env=dict(os.environ, LC_ALL='C.UTF-8'))
        said = done.stdout.decode()
        self.assertEqual(done.stderr, b'')
        self.assertEqual(done.returncode, 0 if said == 'whole\n' else 1)
        self.assertTrue(said.endswith('\n') and said.count('\n') == 1, said)
        return said.strip()

    def flooded(self, n_chunks=4):
        cli = self.cli('tcp-server', '--local', '127.0.0.1:0', '--capture', self.path, '--quiet', '--no-stdin')
        self.flood(cli)
        self.until_written(n_chunks)
        return cli

    def test_a_capture_that_was_ended_is_whole(self):
        self.assertEqual(self.flooded().interrupt(), 0)
        self.assertEqual(self.verify(), 'whole')
        _, said = self.read('--count', '1')
        self.assertEqual(said, '')

    def test_one_that_is_being_written_is_neither_whole_nor_damaged(self):
        cli = self.flooded()
        self.assertEqual(self.verify(), 'still being written')
        self.assertIn('still being written', self.read('--count', '1')[1])
        cli.popen.send_signal(signal.SIGKILL)
        cli.popen.wait(PATIENCE)
        self.assertRegex(self.verify(), r'^cut off at record [\d,]+$')
        self.assertIn('not ended in order', self.read('--count', '1')[1])

    def test_one_that_was_cut_says_where(self):
        made.stream(self.path, 3, each=100)
        self.assertEqual(self.verify(), 'whole')
        for length, seq in ((3 * MIB - 1, 201), (2 * MIB + 70, 201), (2 * MIB, 201), (2 * MIB - 1, 101)):
            os.truncate(self.path, length)
            self.assertEqual(self.verify(), f'cut off at record {seq}')

    def test_one_byte_that_is_another_is_found_and_the_rest_is_shown(self):
        made.stream(self.path, 3, each=100)
        with open(self.path, 'r+b') as file:
            file.seek(MIB + 100)
            file.write(b'!')
        self.assertEqual(self.verify(), 'changed at record 101')
        records, said = self.read(status=1)
        self.assertEqual(len(records), 300)
        self.assertEqual((records[100]['seq'], records[100]['text']), (101, 'line 100'))
        self.assertIn('changed at record 101', said)

    def test_records_are_numbered_as_they_are_shown_and_the_peers_of_udp_leave_no_gap(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--capture', self.path)
        for i in range(5):
            self.socket(socket.SOCK_DGRAM, cli.port).send(b'hi')
        for i in range(5):
            cli.record('in')
        self.assertEqual(cli.interrupt(), 0)
        live = [json.loads(line)['seq'] for line in cli.all['out']]
        self.assertEqual(live, list(range(1, 9)))
        self.assertEqual([r['seq'] for r in self.read()[0]], live)
        with open(self.path, 'r+b') as file:
            file.seek(60)
            file.write(bytes(4))
        self.assertEqual(self.verify(), 'cut off at record 9')

    def test_a_piece_that_was_never_written_has_a_word_of_its_own(self):
        made.damaged(self.path)  # of what is there, a part was overwritten
        self.assertEqual(self.verify(), 'changed at record 3,001')
        made.stream(self.path, 4, each=100)
        with open(self.path, 'r+b') as file:
            file.seek(MIB)
            file.write(bytes(MIB))
        self.assertEqual(self.verify(), 'records are missing from record 101 on')
        _, told = self.read(status=1)
        self.assertIn('100 records are missing', told)
        self.assertNotIn('changed', told)

    def test_what_cannot_be_verified_is_told(self):
        for words in (('read', os.path.join(self.folder, 'none'), '--verify'), ('read', self.folder, '--verify')):
            self.assertEqual(self.wrong(*words)[0], 1)
        self.assertEqual(self.wrong('udp', '--verify')[0], 2)


class Killed(Capture):
    def test_every_complete_record_of_a_flood_that_was_killed_is_what_was_sent(self):
        cli = self.cli('tcp-server', '--local', '127.0.0.1:0', '--capture', self.path, '--quiet', '--no-stdin')
        part = self.flood(cli)
        self.until_written(16)
        cli.popen.send_signal(signal.SIGKILL)
        cli.popen.wait(PATIENCE)
        records, said = self.read()
        self.assertIn('not ended in order', said)
        self.assertEqual([r['seq'] for r in records], sorted(r['seq'] for r in records))
        self.assertGreater(self.assert_stream(records, part), 14 * MIB)

    def test_datagrams_that_were_seen_a_second_ago_survive_a_kill(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--capture', self.path)
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for i in range(100):
            peer.send(b'%d' % i)
        while cli.record('in')['text'] != '99':
            pass
        for _ in range(PATIENCE * 50):
            if os.path.exists(self.path) and '99' in [r['text'] for r in self.read_if_there()]:
                break
        cli.popen.send_signal(signal.SIGKILL)
        cli.popen.wait(PATIENCE)
        texts = [r['text'] for r in self.read()[0] if r['kind'] == 'in']
        self.assertEqual(texts, [str(i) for i in range(100)])

    def read_if_there(self):
        done = subprocess.run([harness.PROGRAM, 'read', self.path, '--format', 'json'], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=PATIENCE)
        return [json.loads(line) for line in done.stdout.splitlines()]


class Damaged(Capture):
    def make(self, n_chunks=6):
        """A capture of a stream that ended in order. Returns its bytes and the stream's."""
        cli = self.cli('tcp-server', '--local', '127.0.0.1:0', '--capture', self.path, '--quiet', '--no-stdin')
        part = self.flood(cli)
        self.until_written(n_chunks)
        self.assertEqual(cli.interrupt(), 0)
        with open(self.path, 'rb') as file:
            return bytearray(file.read()), part

    def write(self, data):
        path = os.path.join(self.folder, 'damaged.porthole')
        with open(path, 'wb') as file:
            file.write(data)
        return path

    def test_a_chunk_that_is_gone_is_told_and_the_others_are_shown(self):
        data, _ = self.make()
        whole, _ = self.read()
        data[2 * MIB:2 * MIB + 64] = b'\xff' * 64
        records, said = self.read(path=self.write(data), status=1)
        gone = {r['seq'] for r in whole} - {r['seq'] for r in records}
        self.assertGreater(len(gone), 0)
        self.assertEqual(sorted(gone), list(range(min(gone), max(gone) + 1)))
        self.assertIn(f'{len(gone)} record', said)
        self.assertEqual(records, [r for r in whole if r['seq'] not in gone])

    def test_a_wrong_number_in_a_header_costs_no_other_chunk(self):
        data, _ = self.make()
        whole, _ = self.read()
        data[2 * MIB + 32:2 * MIB + 40] = struct.pack('=Q', 1 << 60)
        records, said = self.read(path=self.write(data), status=1)
        gone = {r['seq'] for r in whole} - {r['seq'] for r in records}
        self.assertLess(len(gone), len(whole) // 2)
        self.assertIn('damaged', said)
        self.assertEqual(records, [r for r in whole if r['seq'] not in gone])

    def test_an_end_that_is_cut_off_is_told(self):
        data, part = self.make()
        records, said = self.read(path=self.write(data[:4 * MIB + MIB // 2]), status=1)
        self.assertIn('end', said)
        self.assertGreater(self.assert_stream(records, part), 3 * MIB)

    def test_what_is_no_capture_says_so(self):
        for data in (b'', b'{}', b'PHCHUNK2', os.urandom(3 * MIB)):
            _, said = self.read(path=self.write(data), status=1)
            self.assertIn('damaged.porthole', said)
        self.assertEqual(self.wrong('read', os.path.join(self.folder, 'none'))[0], 1)
        self.assertEqual(self.wrong('read', self.folder)[0], 1)

    def test_a_capture_of_an_older_version_says_so(self):
        made.write(self.path, made.chunk(0, 0, [made.record(b'x')], magic=b'PHCHUNK1'))
        self.assertIn('made by an older version of Porthole', self.read(status=1)[1])

    def test_the_name_of_a_file_never_reaches_a_terminal_raw(self):
        path = os.path.join(self.folder, 'red \x1b[31m and\nmore')
        with open(path, 'wb'):
            pass
        for words in (['read', path], ['udp', '--capture', path, '--duration', '0']):
            status, said = self.wrong(*words)
            self.assertEqual(status, 1)
            self.assertIn('red ⟨ESC⟩[31m and', said)
            self.assertEqual(said.count('\n'), 1, said)

    def test_what_is_no_file_of_records_ends_at_once(self):
        for path in made.useless(self.folder):
            _, said = self.read(path=path, status=1)
            self.assertIn(os.path.basename(path), said)

    def test_whatever_records_say_each_format_prints_them(self):
        for seed in range(6):
            path = made.wild(os.path.join(self.folder, f'{seed}.porthole'), seed)
            for shown in ('log', 'netassist', 'json', 'raw'):
                done = subprocess.run([harness.PROGRAM, 'read', path, '--format', shown], stdin=subprocess.DEVNULL,
                                      capture_output=True, timeout=PATIENCE, env=dict(os.environ, LC_ALL='C.UTF-8'))
                self.assertEqual(done.returncode, 0, done.stderr)
                if shown != 'raw':  # nothing in it acts upon a terminal
                    self.assertEqual(set(done.stdout) & set(range(32)) - set(b'\n\t'), set())
            numbers = [r['seq'] for r in self.read(path=path)[0]]
            self.assertEqual(numbers, sorted(set(numbers)))
            self.assertGreater(len(numbers), 3000)  # some only tell what others mean

    def test_numbers_have_a_decimal_point_whatever_the_locale(self):
        if shutil.which('localedef') is None:
            self.skipTest('localedef is not installed')
        if subprocess.run(['localedef', '-i', 'de_DE', '-f', 'UTF-8', f'{self.folder}/de_DE.UTF-8'],
                          capture_output=True).returncode != 0:
            self.skipTest('localedef has no German')
        repeat = made.record(b'sent=3\0elapsed=2000000000\0interval=1\0delay=50000', kind=made.REPEAT, detail=1)
        made.write(self.path, made.chunk(0, 0, [repeat]))
        for shown, expected in (('json', 'jitter 0.05 ms'), ('log', 'Jitter 0.05 ms')):
            done = subprocess.run([harness.PROGRAM, 'read', self.path, '--format', shown], stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=PATIENCE, check=True,
                                  env=dict(os.environ, LOCPATH=self.folder, LC_ALL='de_DE.UTF-8'))
            self.assertIn(expected, done.stdout.decode())

    def test_an_address_that_takes_up_the_whole_file_is_shown_shortened(self):
        made.write(self.path, made.chunk(0, 0, [made.record(b'9' * 10**6, kind=made.OPEN), made.record(b'x')]))
        local = self.read()[0][1]['local']
        self.assertEqual(len(local.encode()), 256)
        self.assertTrue(local.endswith('…'))

    def test_billions_of_missing_records_are_counted_at_once(self):
        missing = made.skip(self.path)
        records, said = self.read(status=1)
        self.assertEqual([r['text'] for r in records if r['kind'] == 'in'],
                         [f'{when} {i}' for when in ('early', 'late') for i in range(10)])
        self.assertIn(f'{missing:,} records are missing', said)

    def test_words_that_make_no_sense_with_a_file_are_refused(self):
        for words in (('read',), ('read', 'a', 'b'), ('read', 'a', '--local', ':0'), ('read', 'a', '--send', 'x'),
                      ('read', 'a', '--capture', 'b')):
            self.assertEqual(self.wrong(*words)[0], 2, words)


class Full(Capture):
    def inside(self, options):
        """What runs a command in a small file system of its own, which nobody else sees, and which goes with its last process."""
        script = f'mount -t tmpfs -o {options} none {self.folder} && exec "$@"'
        inside = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', script, 'sh']
        if shutil.which('unshare') is None or subprocess.run([*inside, 'true'], capture_output=True).returncode != 0:
            self.skipTest('no file system can be mounted here')
        return inside

    def test_a_folder_that_nobody_may_write_to_is_told(self):
        done = subprocess.run([*self.inside('size=8m,ro'), harness.PROGRAM, 'udp', '--local', '127.0.0.1:0', '--capture', self.path],
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, env=dict(os.environ, LC_ALL='C.UTF-8'))
        self.assertEqual(done.returncode, 1)
        self.assertIn(f'cannot write the recording to {self.path}: the disk is read-only', done.stderr.decode())

    def test_a_full_disk_is_told_in_words_and_what_was_written_before_is_sound(self):
        self.fill(self.inside('size=8m'), 'disk is full')

    def test_a_file_that_may_not_grow_any_more_is_like_a_full_disk(self):
        self.fill(['sh', '-c', 'ulimit -f 16384 && exec "$@"', 'sh'], 'the file would be larger than')

    def fill(self, inside, why):
        program = harness.PROGRAM
        run = (f'{program} tcp-server --local 127.0.0.1:0 --capture {self.path} --format json --no-stdin;'
               f' echo "$?"; {program} read {self.path} --format json')
        cli = harness.Process([*inside, 'sh', '-c', run])
        self.addCleanup(cli.kill)
        line = cli.until('err', lambda l: l.startswith(b'open '))
        part = pattern(16 * MIB)
        sock = self.socket(socket.SOCK_STREAM, int(line.rsplit(b':', 1)[1]))
        sock.sendall(part)
        error = json.loads(cli.until('out', lambda l: b'"kind":"error"' in l.replace(b' ', b'')))
        self.assertIn(self.path, error['text'])
        self.assertIn(why, error['text'])
        os.kill(self.child_of(cli.popen.pid), signal.SIGINT)
        rest = []
        while (line := cli.line('out')) is not None:
            rest.append(line)
        end = rest.index(b'1\n')  # its status: not everything is in the file
        printed = [json.loads(l) for l in cli.all['out'][:-len(rest) + end]]
        self.assertEqual(self.assert_stream(printed, part), len(part))
        self.assertGreater(self.assert_stream([json.loads(l) for l in rest[end + 1:]], part), 5 * MIB)
        cli.until('err', lambda l: b'is not complete' in l)

    def child_of(self, pid):
        """The porthole-cli below a process."""
        found = subprocess.run(['ps', '-A', '-o', 'pid=,ppid=,comm='], capture_output=True, text=True).stdout
        rows = [line.split(None, 2) for line in found.splitlines()]
        below = {pid}
        for _ in range(4):
            below |= {int(p) for p, parent, _ in rows if int(parent) in below}
        return next(int(p) for p, _, name in rows if int(p) in below and name.startswith('porthole'))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
