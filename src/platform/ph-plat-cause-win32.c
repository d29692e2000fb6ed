/* ph-plat-cause-win32.c: what the codes of Windows mean, by what was tried, and its own words for the others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-cause.h"
#include "ph-plat-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include <windows.h>

#define PREFIX "win32 "

/* The first row counts that has the code and the operation. */
typedef struct
{
  int code;
  guint operations; /* bits */
  PhError error;
} Cause;

#define ON(operation) (1u << PH_OPERATION_##operation)
#define TRAFFIC (ON (ACCEPT) | ON (CONNECT) | ON (SEND) | ON (SEND_TO) | ON (RECEIVE))
#define ANY (~0u)

static const Cause causes[] = {
  { WSAEWOULDBLOCK, ANY, PH_ERROR_WOULD_BLOCK },
  { WSA_IO_PENDING, ANY, PH_ERROR_WOULD_BLOCK },
  { WSAEADDRINUSE, ANY, PH_ERROR_IN_USE },
  { WSAEACCES, TRAFFIC, PH_ERROR_FORBIDDEN },
  { WSAEACCES, ANY, PH_ERROR_DENIED },
  { ERROR_ACCESS_DENIED, ON (FILE), PH_ERROR_FILE_DENIED },
  { ERROR_ACCESS_DENIED, ANY, PH_ERROR_DENIED },
  { WSAEADDRNOTAVAIL, ANY, PH_ERROR_NOT_LOCAL },
  { WSAECONNREFUSED, ANY, PH_ERROR_REFUSED },
  { WSAENETUNREACH, ANY, PH_ERROR_UNREACHABLE },
  { WSAEHOSTUNREACH, ANY, PH_ERROR_UNREACHABLE },
  { WSAEHOSTDOWN, ANY, PH_ERROR_UNREACHABLE },
  { WSAENETDOWN, ANY, PH_ERROR_NETWORK_DOWN },
  { WSASYSNOTREADY, ANY, PH_ERROR_NETWORK_DOWN },
  { WSANOTINITIALISED, ANY, PH_ERROR_INTERNAL },
  { WSAVERNOTSUPPORTED, ANY, PH_ERROR_UNSUPPORTED },
  { WSAETIMEDOUT, ANY, PH_ERROR_TIMED_OUT },
  { ERROR_SEM_TIMEOUT, ANY, PH_ERROR_TIMED_OUT },
  { WSAECONNRESET, ANY, PH_ERROR_RESET },
  { WSAECONNABORTED, ANY, PH_ERROR_RESET }, /* also where the peer resets while this side sends */
  { WSAENETRESET, ANY, PH_ERROR_RESET },
  { WSAESHUTDOWN, ANY, PH_ERROR_RESET },
  { WSAEDISCON, ANY, PH_ERROR_RESET },
  { WSAEMSGSIZE, ANY, PH_ERROR_TOO_LONG },
  { WSAEMFILE, ANY, PH_ERROR_NO_DESCRIPTORS },
  { ERROR_TOO_MANY_OPEN_FILES, ANY, PH_ERROR_NO_DESCRIPTORS },
  { WSAEPROCLIM, ANY, PH_ERROR_SYSTEM_FILES },
  { WSAENOBUFS, ON (SEND_TO), PH_ERROR_SEND_QUEUE },
  { WSAENOBUFS, ON (CONNECT), PH_ERROR_NO_PORT },
  { WSAENOBUFS, ANY, PH_ERROR_NO_MEMORY },
  { WSA_NOT_ENOUGH_MEMORY, ANY, PH_ERROR_NO_MEMORY },
  { ERROR_OUTOFMEMORY, ANY, PH_ERROR_NO_MEMORY },
  { ERROR_NO_SYSTEM_RESOURCES, ANY, PH_ERROR_NO_MEMORY },
  { ERROR_COMMITMENT_LIMIT, ANY, PH_ERROR_NO_MEMORY },
  { WSAEAFNOSUPPORT, ANY, PH_ERROR_FAMILY },
  { WSAEPFNOSUPPORT, ANY, PH_ERROR_FAMILY },
  { WSAEPROTONOSUPPORT, ANY, PH_ERROR_FAMILY },
  { WSAESOCKTNOSUPPORT, ANY, PH_ERROR_UNSUPPORTED },
  { WSAEPROTOTYPE, ANY, PH_ERROR_UNSUPPORTED },
  { WSAENOPROTOOPT, ANY, PH_ERROR_UNSUPPORTED },
  { WSAEOPNOTSUPP, ANY, PH_ERROR_UNSUPPORTED },
  { WSAEPROVIDERFAILEDINIT, ANY, PH_ERROR_UNSUPPORTED },
  { ERROR_NOT_SUPPORTED, ANY, PH_ERROR_UNSUPPORTED },
  { ERROR_INVALID_FUNCTION, ANY, PH_ERROR_UNSUPPORTED },
  { WSAEINVAL, ANY, PH_ERROR_REJECTED },
  { WSA_INVALID_PARAMETER, ANY, PH_ERROR_REJECTED },
  { WSAEALREADY, ANY, PH_ERROR_CONNECTED },
  { WSAEINPROGRESS, ANY, PH_ERROR_CONNECTED },
  { WSAEISCONN, ANY, PH_ERROR_CONNECTED },
  { WSAENOTCONN, ANY, PH_ERROR_NOT_OPEN },
  { WSAEDESTADDRREQ, ANY, PH_ERROR_NOT_OPEN },
  { WSAEBADF, ANY, PH_ERROR_INTERNAL },
  { WSAENOTSOCK, ANY, PH_ERROR_INTERNAL },
  { WSAEFAULT, ANY, PH_ERROR_INTERNAL },
  { WSA_INVALID_HANDLE, ANY, PH_ERROR_INTERNAL },
  { WSAEINTR, ANY, PH_ERROR_INTERRUPTED },
  { WSA_OPERATION_ABORTED, ANY, PH_ERROR_CANCELLED },
  { WSATRY_AGAIN, ANY, PH_ERROR_NAME_SERVER },
  { WSANO_RECOVERY, ANY, PH_ERROR_NAME_FAILURE },
  { WSANO_DATA, ANY, PH_ERROR_NO_ADDRESS },
  { WSAHOST_NOT_FOUND, ANY, PH_ERROR_NOT_RESOLVED },
  { WSATYPE_NOT_FOUND, ANY, PH_ERROR_REJECTED },
  { ERROR_FILE_NOT_FOUND, ANY, PH_ERROR_NO_FILE },
  { ERROR_PATH_NOT_FOUND, ANY, PH_ERROR_NO_FILE },
  { ERROR_INVALID_DRIVE, ANY, PH_ERROR_NO_FILE },
  { ERROR_FILE_EXISTS, ANY, PH_ERROR_EXISTS },
  { ERROR_ALREADY_EXISTS, ANY, PH_ERROR_EXISTS },
  { ERROR_DIRECTORY, ANY, PH_ERROR_NO_FOLDER },
  { ERROR_WRITE_PROTECT, ANY, PH_ERROR_READ_ONLY },
  { ERROR_FILE_TOO_LARGE, ANY, PH_ERROR_FILE_SIZE },
  { ERROR_FILENAME_EXCED_RANGE, ANY, PH_ERROR_FILE_NAME },
  { ERROR_INVALID_NAME, ANY, PH_ERROR_FILE_NAME },
  { ERROR_BAD_PATHNAME, ANY, PH_ERROR_FILE_NAME },
  { ERROR_CANT_RESOLVE_FILENAME, ANY, PH_ERROR_LINKS },
  { ERROR_HANDLE_DISK_FULL, ANY, PH_ERROR_NO_SPACE },
  { ERROR_DISK_FULL, ANY, PH_ERROR_NO_SPACE },
  { WSAEDQUOT, ANY, PH_ERROR_QUOTA },
  { ERROR_SHARING_VIOLATION, ANY, PH_ERROR_BUSY },
  { ERROR_LOCK_VIOLATION, ANY, PH_ERROR_BUSY },
  { ERROR_BUSY, ANY, PH_ERROR_BUSY },
  { ERROR_CRC, ANY, PH_ERROR_DISK },
  { ERROR_IO_DEVICE, ANY, PH_ERROR_DISK },
  { ERROR_SEEK, ANY, PH_ERROR_DISK },
  { ERROR_READ_FAULT, ANY, PH_ERROR_DISK },
  { ERROR_WRITE_FAULT, ANY, PH_ERROR_DISK },
  { ERROR_NOT_READY, ANY, PH_ERROR_GONE },
  { ERROR_DEV_NOT_EXIST, ANY, PH_ERROR_GONE },
  { ERROR_NETNAME_DELETED, ON (FILE), PH_ERROR_GONE },
  { ERROR_NETNAME_DELETED, ANY, PH_ERROR_RESET },
  { ERROR_BAD_NETPATH, ANY, PH_ERROR_GONE },
  { ERROR_UNEXP_NET_ERR, ANY, PH_ERROR_GONE },
};

/**
 * ph_plat_error_from_win32:
 * @operation: what was tried
 * @code: what WSAGetLastError() or GetLastError() said
 *
 * Returns: the cause it stands for; %PH_ERROR_FAILED where only Windows has words for it
 */
PhError
ph_plat_error_from_win32 (PhOperation operation, int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].code == code && (causes[i].operations >> operation & 1) != 0)
      return causes[i].error;

  return PH_ERROR_FAILED;
}

/**
 * ph_plat_win32_cause:
 * @code: what WSAGetLastError() or GetLastError() said
 * @text: room for what is returned
 *
 * Returns: "win32 10057"
 */
const char *
ph_plat_win32_cause (int code, char text[PH_PLAT_CAUSE_MAX])
{
  g_snprintf (text, PH_PLAT_CAUSE_MAX, PREFIX "%d", code);

  return text;
}

/* NULL where this Windows has no English words. */
static char *
dup_english (DWORD code)
{
  wchar_t text[512];
  DWORD n = FormatMessageW (FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, code,
                            MAKELANGID (LANG_ENGLISH, SUBLANG_ENGLISH_US), text, G_N_ELEMENTS (text), NULL);
  char *words = g_utf16_to_utf8 ((const gunichar2 *) text, (glong) n, NULL, NULL, NULL);

  if (n > 0 && words != NULL)
    return g_strstrip (words);
  g_free (words);

  return NULL;
}

char *
ph_plat_dup_cause_words (const char *cause, gboolean english)
{
  const char *known;
  guint64 code;

  if (!g_str_has_prefix (cause, PREFIX)
      || !g_ascii_string_to_unsigned (cause + strlen (PREFIX), 10, 0, G_MAXINT32, &code, NULL))
    return NULL;
  known = ph_error_words (ph_plat_error_from_win32 (PH_OPERATION_FILE, (int) code));
  if (known != NULL)
    return g_strdup (english ? known : _(known));

  return english ? dup_english ((DWORD) code) : g_win32_error_message ((int) code);
}
