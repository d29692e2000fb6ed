#!/usr/bin/env python3
"""test_manifest.py: the Flatpak manifests ask for no more than they need, agree, and name a release of the history

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from tree import Skip, main

ALLOWED = {'--share=network', '--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--device=dri'}


def release(tree):
    """The text of the release's manifest; that of the work tree's has the same name in a folder of its own."""
    return tree.text(tree.files('flatpak/*.yml')[0])


def development(tree):
    return tree.text(tree.files('flatpak/devel/*.yml')[0])


def value(text, key):
    return re.search(rf"^ +{key}: '?([^'\n]+)", text, re.MULTILINE).group(1)


def git(tree, *words):
    """What git says of the history; None where it refuses."""
    try:
        done = subprocess.run(['git', '-C', tree.source, *words], capture_output=True, text=True, check=False)
    except OSError as error:
        raise Skip('git is not installed') from error
    return done.stdout.strip() if done.returncode == 0 else None


def check_the_sandbox_is_given_no_more_than_a_network_tool_needs(tree):
    for text in (release(tree), development(tree)):
        given = set(re.findall(r'^ +- (--\S+)', text, re.MULTILINE))
        if given != ALLOWED:
            yield f'not what was agreed on: {" ".join(sorted(given ^ ALLOWED))}'


def check_the_two_manifests_differ_only_in_their_sources(tree):
    common = [text[re.search(r'^id:', text, re.MULTILINE).start():].partition('    sources:\n')
              for text in (release(tree), development(tree))]
    if not all(sources for _, _, sources in common):
        yield 'a manifest has no sources at its end'
    if common[0][0] != common[1][0]:
        yield 'they differ before their sources'


def check_the_release_is_one_that_the_metainfo_tells_of(tree):
    text = release(tree)
    root = ET.fromstring(tree.text(Path('data/porthole.metainfo.xml.in')))
    if value(text, 'tag') not in {'v' + each.get('version') for each in root.iterfind('releases/release')}:
        yield f'no release is called {value(text, "tag")}'
    if not re.fullmatch(r'[0-9a-f]{40}', value(text, 'commit')):
        yield f'not a whole hash: {value(text, "commit")}'
    if value(text, 'url') != root.findtext('url[@type="vcs-browser"]') + '.git':
        yield f'not where the metainfo says that the source is: {value(text, "url")}'


def check_the_release_is_in_the_history_with_its_version_and_options(tree):
    text = release(tree)
    tag, commit = value(text, 'tag'), value(text, 'commit')
    if git(tree, 'rev-parse', '--show-toplevel') != str(tree.source):
        raise Skip('not a git work tree')
    if git(tree, 'cat-file', '-e', commit) is None:
        if git(tree, 'rev-parse', '--is-shallow-repository') == 'true':
            raise Skip('the history is not here')
        yield f'{commit} is not in the history'
        return
    if git(tree, 'merge-base', '--is-ancestor', commit, 'HEAD') is None:
        yield f'{commit} is not a commit that this one stands on'
    if f"version: '{tag[1:]}'" not in git(tree, 'show', f'{commit}:meson.build'):
        yield f'the version in {commit} is not that of {tag}'
    options = git(tree, 'show', f'{commit}:meson_options.txt')
    yield from (f'{commit} has no option {name}' for name in re.findall(r'- -D(\w+)=', text)
                if f"option('{name}'" not in options)
    tagged = git(tree, 'rev-parse', '--verify', '--quiet', f'refs/tags/{tag}^{{commit}}')
    if tagged not in (None, commit):
        yield f'the tag {tag} is at {tagged}, not at {commit}'


if __name__ == '__main__':
    sys.exit(main(globals()))
