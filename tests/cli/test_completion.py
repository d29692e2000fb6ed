#!/usr/bin/env python3
# test_completion.py: bash, zsh and fish offer what the programs understand, no more and no less
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_completion.py PORTHOLE_CLI [NAME…]      $PORTHOLE: the window's program, where it is built
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test
from words import TOP, Words, encodings

FOLDER = TOP / 'data' / 'completions'
SCRATCH = None

# Types a line and a tab into an interactive zsh, and writes what is offered into a pipe.
ZSH = r'''
PS1= PS2= RPS1=
unsetopt beep zle_bracketed_paste 2>/dev/null
fpath=({folder} $fpath)
autoload -Uz compinit && compinit -D -u
zstyle ':completion:*' list-prompt ''
bindkey '^I' complete-word
compadd () {{
  if [[ ${{@[(I)-[OAD]*]}} -eq 0 ]]; then
    local -a hits
    builtin compadd -A hits "$@"
    (( $#hits )) && print -rl -- $hits >>{offered}
  fi
  builtin compadd "$@"
}}
finish () {{ zle kill-whole-line; print -r -- done >{pipe} }}
zle -N finish
bindkey '^X' finish
print -r -- ready >{pipe}
'''


def run(*command):
    """What a shell without anybody's settings prints; that it says nothing else is part of the test."""
    env = {**os.environ, 'HOME': SCRATCH, 'XDG_CONFIG_HOME': SCRATCH, 'XDG_DATA_HOME': SCRATCH, 'LC_ALL': 'C.UTF-8'}
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, env=env, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f'{command[0]} ended with {done.returncode}: {done.stderr}')
    return done.stdout.split('\n')


class Bash:
    name = 'bash'

    def offers(self, *words):
        """What is offered for the last word; readline takes “--a=b” apart."""
        parts = [part for word in words for part in (re.split(r'(=)', word) if word.startswith('--') else [word])]
        quoted = ' '.join("'" + part + "'" for part in parts if part or part is parts[-1])
        script = f'''source {FOLDER}/porthole.bash
            function=$(complete -p {words[0]} | sed 's/.*-F \\([a-z_]*\\) .*/\\1/')
            COMP_WORDS=({quoted}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
            $function {words[0]} "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
            printf '%s\\n' "${{COMPREPLY[@]}}"'''
        return set(run('bash', '--norc', '--noprofile', '-c', script)) - {''}


class Fish:
    name = 'fish'

    def offers(self, *words):
        file = FOLDER / f'{words[0]}.fish'
        lines = run('fish', '--no-config', '-c', f'source {file}; complete -C "{" ".join(words)}"')
        found = {line.split('\t')[0] for line in lines} - {''}
        # An option with a value comes whole: “--format=json”.
        prefix = re.match(r'--[a-z-]+=', words[-1])
        return {word[len(prefix.group(0)):] for word in found} if prefix else found


class Zsh:
    name = 'zsh'

    def offers(self, *words):
        with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
            pipe, offered, script = (os.path.join(folder, name) for name in ('pipe', 'offered', 'script'))
            os.mkfifo(pipe)
            Path(offered).touch()
            Path(script).write_text(ZSH.format(folder=FOLDER, pipe=pipe, offered=offered), encoding='utf-8')
            self.type(folder, pipe, f' source {script}\n', ' '.join(words) + '\t\x18')
            found = Path(offered).read_text(encoding='utf-8').split('\n')
        return {re.sub(r'^(-.*)=$|\\(.)', r'\1\2', word) for word in found} - {''}

    def type(self, folder, pipe, *texts):
        """Types each text, and waits after each for a line from the pipe."""
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(HOME=folder, ZDOTDIR=folder, TERM='dumb', LC_ALL='C.UTF-8')
            os.execvp('zsh', ['zsh', '-f', '-i'])
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        keep = os.open(pipe, os.O_WRONLY)  # so that the end of one writer is not the end of the pipe
        try:
            for text in texts:
                os.write(terminal, text.encode())
                self.wait(reader, terminal)
        finally:
            os.close(terminal)  # hangs up
            os.waitpid(child, 0)
            os.close(reader)
            os.close(keep)

    def wait(self, reader, terminal):
        said = b''
        while True:
            ready, _, _ = select.select([reader, terminal], [], [], PATIENCE)
            if not ready:
                raise AssertionError(f'zsh does not answer; it said {said!r}')
            if terminal in ready:
                said += os.read(terminal, 65536)
            if reader in ready and os.read(reader, 100):
                return


class Completion(Test):
    def each(self, check):
        shells = [shell for shell in (Bash(), Fish(), Zsh()) if shutil.which(shell.name)]
        if not shells:
            self.skipTest('none of bash, fish and zsh is installed')
        for shell in shells:
            with self.subTest(shell=shell.name):
                check(shell)

    def programs(self):
        """(name, what it understands) of each program that is built."""
        yield 'porthole-cli', Words(harness.PROGRAM)
        if os.environ.get('PORTHOLE'):
            yield 'porthole', Words(os.environ['PORTHOLE'])

    def test_every_shell_offers_every_option_and_no_other(self):
        def check(shell):
            for name, known in self.programs():
                self.assertGreater(len(known.options), 6)
                self.assertEqual(shell.offers(name, '--'), set(known.options), name)
                # On one dash some shells list only the short ones, and fish what has a dash anywhere.
                short = {word for word in shell.offers(name, '-') if re.fullmatch('-[^-]', word)}
                self.assertEqual(short, known.every_option - set(known.options), name)
        self.each(check)

    def test_every_shell_offers_every_encoding_and_no_other(self):
        def check(shell):
            for name, _ in self.programs():
                for words in (('--encoding', ''), ('--encoding=',)):
                    self.assertEqual(shell.offers(name, 'udp', *words), encodings(harness.PROGRAM), (name, words))
        self.each(check)

    def test_every_shell_offers_every_protocol_and_only_one(self):
        def check(shell):
            for name, known in self.programs():
                self.assertGreater(len(known.transports), 2)
                self.assertEqual(shell.offers(name, ''), known.transports, name)
                self.assertEqual({word for word in shell.offers(name, 'udp', '') if word[0] != '-'}, set(), name)
        self.each(check)

    def test_every_shell_offers_every_format_and_line_ending(self):
        known = Words(harness.PROGRAM)
        self.assertEqual((len(known.formats), len(known.line_endings)), (6, 5))

        def check(shell):
            for words in (('--format', ''), ('--format=',), ('-f', '')):
                self.assertEqual(shell.offers('porthole-cli', 'udp', *words), known.formats, words)
            for words in (('--line-ending', ''), ('--line-ending=',), ('-L', '')):
                self.assertEqual(shell.offers('porthole-cli', 'udp', *words), known.line_endings, words)
        self.each(check)

    def test_every_shell_completes_what_is_begun(self):
        def check(shell):
            self.assertEqual(shell.offers('porthole-cli', 'tcp-'), {'tcp-client', 'tcp-server'})
            self.assertEqual(shell.offers('porthole-cli', 'udp', '--enc'), {'--encoding'})
            self.assertEqual(shell.offers('porthole-cli', 'udp', '--encoding', 'gb'), {'gbk', 'gb18030'})
            self.assertEqual(shell.offers('porthole-cli', 'udp', '--encoding=gb'), {'gbk', 'gb18030'})
            self.assertEqual(shell.offers('porthole-cli', 'udp', '--encoding', 'gbk', '--form'), {'--format'})
            self.assertEqual(shell.offers('porthole-cli', 'udp', '--count', ''), set())
        self.each(check)

    def test_every_shell_offers_the_addresses_of_this_machine_to_bind(self):
        def check(shell):
            for name, _ in self.programs():
                offered = {word.rstrip(':') for word in shell.offers(name, 'udp', '--local', '')}
                self.assertLessEqual({'0.0.0.0', '127.0.0.1', '[::1]'}, offered, name)
        self.each(check)

    def test_a_server_is_offered_no_remote_address(self):
        def check(shell):
            for name, _ in self.programs():
                self.assertEqual(shell.offers(name, 'tcp-server', '--rem'), set(), name)
                self.assertEqual(shell.offers(name, 'tcp-client', '--rem'), {'--remote'}, name)
        self.each(check)


if __name__ == '__main__':
    with tempfile.TemporaryDirectory() as SCRATCH:
        sys.exit(harness.main(sys.modules[__name__]))
