# porthole-cli.fish: completions of porthole-cli for fish
#
# SPDX-License-Identifier: GPL-3.0-or-later

# The addresses of this machine, each with the colon that a port follows.
function __porthole_cli_addresses
    printf '%s:\n' 0.0.0.0 127.0.0.1 '[::]' '[::1]'
    begin
        ip -o addr show 2>/dev/null; or ifconfig 2>/dev/null
    end | sed -nE 's/.*inet ([0-9.]+).*/\1:/p; s/.*inet6 ([0-9a-f:]+).*/[\1]:/p' | string match -v '\[fe80*'
end

complete -c porthole-cli -f
# made from the tables: meson compile -C build porthole-update-tables
set -l encodings utf-8 gbk gb18030 big5 shift-jis euc-jp euc-kr latin-1 utf-16le utf-16be ascii windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-10 iso-8859-11 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u cp437 cp850 cp852 cp866 tis-620 macintosh
set -l transports udp tcp-client tcp-server
set -l without_remote tcp-server
complete -c porthole-cli -n "not __fish_seen_subcommand_from $transports read" -a udp -d 'sends and receives datagrams'
complete -c porthole-cli -n "not __fish_seen_subcommand_from $transports read" -a tcp-client -d 'connects to a server'
complete -c porthole-cli -n "not __fish_seen_subcommand_from $transports read" -a tcp-server -d 'listens, and serves any number of clients'
complete -c porthole-cli -l connect-timeout -x -d 'How long to try each address of a server'
complete -c porthole-cli -l half-close -x -d 'How long a connection stays open for sending after the peer has finished'
complete -c porthole-cli -l max-clients -x -d 'How many clients a server takes at a time'
complete -c porthole-cli -l backlog -x -d 'How many connections may wait to be accepted'
# end of what is made
complete -c porthole-cli -n "not __fish_seen_subcommand_from $transports read" -a read -d 'Show a capture'
complete -c porthole-cli -n '__fish_seen_subcommand_from read' -F

complete -c porthole-cli -s h -l help -d 'Show help and end'
complete -c porthole-cli -s l -l local -x -a '(__porthole_cli_addresses)' -d 'Address and port to bind'
complete -c porthole-cli -n "not __fish_seen_subcommand_from $without_remote" -s r -l remote -x \
    -a "(__fish_print_hostnames | string replace -r '\$' ':')" -d 'Where to connect or send to'
complete -c porthole-cli -s e -l encoding -x -a "$encodings" -d 'Of texts sent and shown'
complete -c porthole-cli -l input-encoding -x -a 'utf-8 same' -d 'Of the texts given to be sent'
complete -c porthole-cli -s x -l hex -d 'Send and show hex digits'
complete -c porthole-cli -s E -l escapes -d 'Understand escapes in what is sent'
complete -c porthole-cli -s L -l line-ending -x -a 'none lf crlf cr keep' -d 'What ends each message'
complete -c porthole-cli -l check -x -a 'sum-8 sum-16 sum-8/complement xor-8 lrc crc-8 crc-8/maxim crc-16/modbus crc-16/ccitt-false crc-16/xmodem crc-16/kermit crc-16/arc crc-16/usb crc-16/dnp crc-16/x-25 crc-32 crc-32c crc-32/mpeg-2 crc-64/xz adler-32 fletcher-16 nmea' -d 'Check bytes behind each message'
complete -c porthole-cli -l prefix -x -d 'Bytes before each message'
complete -c porthole-cli -l suffix -x -d 'Bytes behind each message and its check bytes'
complete -c porthole-cli -l variables -d 'Replace variables in what is sent'
complete -c porthole-cli -l files -x -a '(__fish_complete_directories)' -d 'Where the files are that {file:NAME} may read'
complete -c porthole-cli -l send-file -r -F -d 'Send this file'
complete -c porthole-cli -l rate -x -d 'So many bytes or pieces of the file a second'
complete -c porthole-cli -l input -x -a 'lines raw whole' -d 'What standard input is'
complete -c porthole-cli -l piece -x -d 'Send the file or each message in pieces of so many bytes'
complete -c porthole-cli -l piece-pause -x -d 'Wait between two pieces'
complete -c porthole-cli -l piece-random -x -d 'Make pieces of random sizes'
complete -c porthole-cli -l commands -r -F -d 'Quick commands'
complete -c porthole-cli -l command -x -d 'Send this quick command'
complete -c porthole-cli -l rounds -x -d 'Send the quick commands so often'
complete -c porthole-cli -l delay -x -d 'Wait before each quick command'
complete -c porthole-cli -s s -l send -x -d 'Send this'
complete -c porthole-cli -l follow-last-sender -d 'Send to the last sender'
complete -c porthole-cli -s R -l repeat -x -d 'Send it again every so many milliseconds'
complete -c porthole-cli -s T -l times -x -d 'End repeating after so many messages'
complete -c porthole-cli -l echo -d 'Send back what arrives'
complete -c porthole-cli -s f -l format -x -a 'log netassist netassist-v5 csv json raw' -d 'Of the log'
complete -c porthole-cli -l show -x -a 'text hex auto dump' -d 'How payloads are shown'
complete -c porthole-cli -l time -x -a 'time date open previous none us ns date,us date,ns open,us open,ns previous,us previous,ns' -d 'Time of records'
complete -c porthole-cli -s c -l count -x -d 'End when so many records have been received'
complete -c porthole-cli -l half-close-at-end -d 'Half-close each connection when all has been sent'
complete -c porthole-cli -l end-when-sent -d 'End when all has been sent'
complete -c porthole-cli -l end-after-quiet -x -d 'End when nothing was received or sent for so long'
complete -c porthole-cli -s d -l duration -x -d 'End this many seconds after opening'
complete -c porthole-cli -s n -l no-stdin -d 'Do not read standard input'
complete -c porthole-cli -s C -l capture -r -F -d 'Write every record to this file'
complete -c porthole-cli -l save -r -F -d 'Write what is received to a new file while it runs'
complete -c porthole-cli -l save-as -x -a 'raw log netassist netassist-v5 csv jsonl' -d 'In which format'
complete -c porthole-cli -l save-every -x -d 'Begin a new file after so many bytes or at a time of day'
complete -c porthole-cli -l save-per-peer -d 'A file for each peer'
complete -c porthole-cli -l save-direction -x -a 'in both' -d 'What is saved'
complete -c porthole-cli -l save-escape -d 'Mark lines that look like a header or a formula'
complete -c porthole-cli -s q -l quiet -d 'Write no log'
complete -c porthole-cli -l verify -d 'With read: only tell whether the recording is whole'
complete -c porthole-cli -l version -d 'Show the version and end'
