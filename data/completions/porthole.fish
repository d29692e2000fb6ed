# porthole.fish: completions of porthole for fish
#
# SPDX-License-Identifier: GPL-3.0-or-later

complete -c porthole -f
# made from the tables: meson compile -C build porthole-update-tables
set -l encodings utf-8 gbk gb18030 big5 shift-jis euc-jp euc-kr latin-1 utf-16le utf-16be ascii windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-10 iso-8859-11 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u cp437 cp850 cp852 cp866 tis-620 macintosh
set -l transports udp tcp-client tcp-server
set -l without_remote tcp-server
complete -c porthole -n "not __fish_seen_subcommand_from $transports" -a udp -d 'sends and receives datagrams'
complete -c porthole -n "not __fish_seen_subcommand_from $transports" -a tcp-client -d 'connects to a server'
complete -c porthole -n "not __fish_seen_subcommand_from $transports" -a tcp-server -d 'listens, and serves any number of clients'
# end of what is made

complete -c porthole -s h -l help -d 'Show help and end'
complete -c porthole -l local -x -a '0.0.0.0: 127.0.0.1: [::]: [::1]:' -d 'Local address and port'
complete -c porthole -n "not __fish_seen_subcommand_from $without_remote" -l remote -x \
    -a "(__fish_print_hostnames | string replace -r '\$' ':')" -d 'Remote address and port'
complete -c porthole -l encoding -x -a "$encodings" -d 'Encoding of text, both ways'
complete -c porthole -l hex -d 'Show and type hex'
complete -c porthole -l open -d 'Open it at once'
complete -c porthole -l version -d 'Show the version and end'
