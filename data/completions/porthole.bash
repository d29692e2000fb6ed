# porthole.bash: completions of porthole-cli and porthole for bash
#
# SPDX-License-Identifier: GPL-3.0-or-later

# made from the tables: meson compile -C build porthole-update-tables
_porthole_transports='udp tcp-client tcp-server'
_porthole_without_remote='tcp-server'
_porthole_transport_options='--connect-timeout --half-close --max-clients --backlog'
_porthole_encodings='utf-8 gbk gb18030 big5 shift-jis euc-jp euc-kr latin-1 utf-16le utf-16be ascii windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 iso-8859-10 iso-8859-11 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u cp437 cp850 cp852 cp866 tis-620 macintosh'
# end of what is made

# The addresses of this machine, each with the colon that a port follows.
_porthole_addresses ()
{
  printf '%s:\n' 0.0.0.0 127.0.0.1 '[::]' '[::1]'
  { ip -o addr show || ifconfig; } 2>/dev/null |
    sed -nE 's/.*inet ([0-9.]+).*/\1:/p; s/.*inet6 ([0-9a-f:]+).*/[\1]:/p' | grep -v '^\[fe80'
}

_porthole_checks='sum-8 sum-16 sum-8/complement xor-8 lrc crc-8 crc-8/maxim crc-16/modbus crc-16/ccitt-false crc-16/xmodem crc-16/kermit
  crc-16/arc crc-16/usb crc-16/dnp crc-16/x-25 crc-32 crc-32c crc-32/mpeg-2 crc-64/xz adler-32 fletcher-16 nmea'

# _porthole_is_one_of WORD WORDS
_porthole_is_one_of () { [[ -n $1 && " $2 " == *" $1 "* ]]; }

_porthole_options ()
{
  case $1 in
    *porthole-cli)
      printf '%s\n' -h -l -e -x -E -L -s -R -T -f -c -d -n -C -q --help --local --encoding --input-encoding --hex --escapes \
        --line-ending --variables --files --check --prefix --suffix --send --follow-last-sender --repeat --times --send-file --rate --input \
        --piece --piece-pause --piece-random --commands --command --rounds --delay --echo --format --show --time --count --half-close-at-end \
        --end-when-sent --end-after-quiet --duration --no-stdin --capture --save --save-as --save-every \
        --save-per-peer --save-direction --save-escape --quiet --verify --version \
        $_porthole_transport_options
      _porthole_is_one_of "$2" "$_porthole_without_remote" || printf '%s\n' -r --remote ;;
    *)
      printf '%s\n' -h --help --local --encoding --hex --open --version
      _porthole_is_one_of "$2" "$_porthole_without_remote" || printf '%s\n' --remote ;;
  esac
}

_porthole ()
{
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} word transport='' words=''

  # “--format=js” comes as three words.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = && COMP_CWORD -gt 1 ]]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    if _porthole_is_one_of "$word" "$_porthole_transports read"; then transport=$word; fi
  done

  case $prev in
    -l | --local)
      words=$(_porthole_addresses | sort -u)
      compopt -o nospace 2>/dev/null ;;
    -r | --remote)
      words=$(compgen -A hostname -S : -- "$cur")
      compopt -o nospace 2>/dev/null ;;
    -e | --encoding)
      words=$_porthole_encodings ;;
    -L | --line-ending)
      words='none lf crlf cr keep' ;;
    --input-encoding)
      words='utf-8 same' ;;
    --check)
      words=$_porthole_checks ;;
    -f | --format)
      words='log netassist netassist-v5 csv json raw' ;;
    --show)
      words='text hex auto dump' ;;
    --time)
      words='time date open previous none us ns date,us date,ns open,us open,ns previous,us previous,ns' ;;
    --save-as)
      words='raw log netassist netassist-v5 csv jsonl' ;;
    --save-direction)
      words='in both' ;;
    --input)
      words='lines raw whole' ;;
    --files)
      compopt -o filenames 2>/dev/null
      words=$(compgen -d -- "$cur") ;;
    -C | --capture | --save | --commands | --send-file)
      compopt -o filenames 2>/dev/null
      words=$(compgen -f -- "$cur") ;;
    --prefix | --suffix | -s | --send | -R | --repeat | -T | --times | -c | --count | -d | --duration | --end-after-quiet | --rate | --piece | --piece-pause | --piece-random | \
      --command | --rounds | --delay | --save-every)
      ;;
    *)
      if _porthole_is_one_of "$prev" "$_porthole_transport_options"; then
        :
      elif [[ $cur == -* ]]; then
        words=$(_porthole_options "$1" "$transport")
      elif [[ $transport == read && $prev == read ]]; then
        compopt -o filenames 2>/dev/null
        words=$(compgen -f -- "$cur")
      elif [[ -z $transport ]]; then
        words=$_porthole_transports
        [[ $1 == *porthole-cli ]] && words+=' read'
      fi ;;
  esac
  # shellcheck disable=SC2207 # none of these words has a blank or a star in it
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

complete -F _porthole porthole-cli porthole
