/* ph-plat-cause-posix.c: what the codes of POSIX mean: one table for errno, by what was tried, and one for getaddrinfo()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-cause-table.h"
#include "ph-plat-cause.h"
#include "ph-plat-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <netdb.h>
#include <string.h>

#define CAUSE(name, operations, error) { name, operations, PH_ERROR_##error, #name }

static const PhCauseRow of_errno[] = {
  CAUSE (EAGAIN, ON (CONNECT), NO_PORT),
  CAUSE (EAGAIN, ON (FILE), BUSY),
  CAUSE (EAGAIN, ANY, WOULD_BLOCK),
  CAUSE (EADDRINUSE, ANY, IN_USE),
  CAUSE (EACCES, TRAFFIC, FORBIDDEN),
  CAUSE (EACCES, ON (FILE), FILE_DENIED),
  CAUSE (EACCES, ANY, DENIED),
  CAUSE (EPERM, TRAFFIC, FORBIDDEN),
  CAUSE (EPERM, ON (FILE), FILE_DENIED),
  CAUSE (EPERM, ON (WATCH), UNSUPPORTED),
  CAUSE (EPERM, ANY, DENIED),
  CAUSE (EADDRNOTAVAIL, ON (CONNECT), NO_PORT),
  CAUSE (EADDRNOTAVAIL, ANY, NOT_LOCAL),
  CAUSE (ECONNREFUSED, ANY, REFUSED),
  CAUSE (ENETUNREACH, ANY, UNREACHABLE),
  CAUSE (EHOSTUNREACH, ANY, UNREACHABLE),
  CAUSE (EHOSTDOWN, ANY, UNREACHABLE),
#ifdef ENONET
  CAUSE (ENONET, ANY, UNREACHABLE),
#endif
  CAUSE (ENETDOWN, ANY, NETWORK_DOWN),
  CAUSE (ETIMEDOUT, ANY, TIMED_OUT),
  CAUSE (ECONNRESET, ANY, RESET),
  CAUSE (EPIPE, ANY, RESET),
  CAUSE (ECONNABORTED, ANY, ABORTED),
  CAUSE (ENETRESET, ANY, ABORTED),
  CAUSE (EMSGSIZE, ANY, TOO_LONG),
  CAUSE (EMFILE, ANY, NO_DESCRIPTORS),
  CAUSE (ENFILE, ANY, SYSTEM_FILES),
  CAUSE (ENOSPC, ON (WATCH), WATCH_LIMIT),
  CAUSE (ENOSPC, ANY, NO_SPACE),
  CAUSE (EDQUOT, ANY, QUOTA),
  CAUSE (ENOBUFS, ON (SEND_TO), SEND_QUEUE),
  CAUSE (ENOBUFS, ANY, NO_MEMORY),
  CAUSE (ENOMEM, ANY, NO_MEMORY),
  CAUSE (ENOLCK, ANY, NO_MEMORY),
  CAUSE (EAFNOSUPPORT, ANY, FAMILY),
  CAUSE (EPFNOSUPPORT, ANY, FAMILY),
  CAUSE (EPROTONOSUPPORT, ANY, FAMILY),
  CAUSE (ESOCKTNOSUPPORT, ANY, UNSUPPORTED),
  CAUSE (EPROTOTYPE, ANY, UNSUPPORTED),
  CAUSE (ENOPROTOOPT, ANY, UNSUPPORTED),
  CAUSE (EOPNOTSUPP, ANY, UNSUPPORTED),
#if ENOTSUP != EOPNOTSUPP
  CAUSE (ENOTSUP, ANY, UNSUPPORTED),
#endif
  CAUSE (ENOSYS, ANY, UNSUPPORTED),
  CAUSE (ESPIPE, ANY, UNSUPPORTED),
  CAUSE (EINVAL, ANY, REJECTED),
  CAUSE (EDOM, ANY, REJECTED),
  CAUSE (EALREADY, ANY, CONNECTED),
  CAUSE (EINPROGRESS, ANY, CONNECTED),
  CAUSE (EISCONN, ANY, CONNECTED),
  CAUSE (ENOTCONN, ANY, NOT_OPEN),
  CAUSE (EDESTADDRREQ, ANY, NOT_OPEN),
  CAUSE (ESHUTDOWN, ANY, NOT_OPEN),
  CAUSE (EPROTO, ANY, PROTOCOL),
  CAUSE (EBADMSG, ANY, PROTOCOL),
  CAUSE (EBADF, ANY, INTERNAL),
  CAUSE (EFAULT, ANY, INTERNAL),
  CAUSE (ENOTSOCK, ANY, INTERNAL),
  CAUSE (EINTR, ANY, INTERRUPTED),
  CAUSE (ECANCELED, ANY, CANCELLED),
  CAUSE (ENOENT, ON (WATCH), INTERNAL),
  CAUSE (ENOENT, ANY, NO_FILE),
  CAUSE (EEXIST, ON (WATCH), INTERNAL),
  CAUSE (EEXIST, ANY, EXISTS),
  CAUSE (ELOOP, ON (WATCH), INTERNAL),
  CAUSE (ELOOP, ANY, LINKS),
  CAUSE (ENOTDIR, ANY, NO_FOLDER),
  CAUSE (EISDIR, ANY, IS_FOLDER),
  CAUSE (EROFS, ANY, READ_ONLY),
  CAUSE (EFBIG, ANY, FILE_SIZE),
  CAUSE (EOVERFLOW, ANY, FILE_SIZE),
  CAUSE (ENAMETOOLONG, ANY, FILE_NAME),
  CAUSE (EILSEQ, ANY, FILE_NAME),
  CAUSE (EIO, TRAFFIC, ABORTED),
  CAUSE (EIO, ANY, DISK),
  CAUSE (EBUSY, ANY, BUSY),
  CAUSE (ETXTBSY, ANY, BUSY),
  CAUSE (EDEADLK, ANY, BUSY),
  CAUSE (ENODEV, ON (WATCH), UNSUPPORTED),
  CAUSE (ENODEV, ON (FILE), GONE),
  CAUSE (ENODEV, ANY, NO_INTERFACE),
  CAUSE (ENXIO, ANY, GONE),
  CAUSE (ESTALE, ANY, GONE),
};

static const PhCauseRow of_resolver[] = {
#ifdef EAI_ADDRFAMILY
  CAUSE (EAI_ADDRFAMILY, ANY, NO_ADDRESS),
#endif
#ifdef EAI_NODATA
  CAUSE (EAI_NODATA, ANY, NO_ADDRESS),
#endif
  CAUSE (EAI_NONAME, ANY, NOT_RESOLVED),
  CAUSE (EAI_AGAIN, ANY, NAME_SERVER),
  CAUSE (EAI_FAIL, ANY, NAME_FAILURE),
  CAUSE (EAI_FAMILY, ANY, FAMILY),
  CAUSE (EAI_MEMORY, ANY, NO_MEMORY),
  CAUSE (EAI_BADFLAGS, ANY, REJECTED),
  CAUSE (EAI_SERVICE, ANY, REJECTED),
  CAUSE (EAI_SOCKTYPE, ANY, REJECTED),
#ifdef EAI_OVERFLOW
  CAUSE (EAI_OVERFLOW, ANY, REJECTED),
#endif
  CAUSE (EAI_SYSTEM, ANY, NAME_FAILURE),
};

/**
 * ph_plat_error_from_errno:
 * @operation: what was tried
 * @code: a value of errno
 *
 * Returns: the cause it stands for; %PH_ERROR_FAILED if no manual page of our calls names it
 */
PhError
ph_plat_error_from_errno (PhOperation operation, int code)
{
  return ph_cause_look_up (of_errno, G_N_ELEMENTS (of_errno), operation, code);
}

/**
 * ph_plat_error_from_resolver:
 * @code: what getaddrinfo() returned
 * @system: the value of errno after it
 *
 * Returns: the cause it stands for
 */
PhError
ph_plat_error_from_resolver (int code, int system)
{
  PhError error = code == EAI_SYSTEM ? ph_plat_error_from_errno (PH_OPERATION_SOCKET, system) : PH_ERROR_FAILED;

  return error != PH_ERROR_FAILED ? error : ph_cause_look_up (of_resolver, G_N_ELEMENTS (of_resolver), PH_OPERATION_SOCKET, code);
}

/**
 * ph_plat_set_errno:
 * @operation: what was tried
 * @code: a value of errno
 *
 * Sets @error to the cause; what has no words of our own gets the system's, and "errno 123" as ph_error_get_cause().
 */
void
ph_plat_set_errno (GError **error, PhOperation operation, int code)
{
  PhError known = ph_plat_error_from_errno (operation, code);
  const char *why = ph_error_why (known);
  g_autofree char *cause = why == NULL ? g_strdup_printf ("errno %d", code) : NULL;

  ph_error_set (error, known, cause, why != NULL ? why : g_strerror (code));
}

/* The last row with a name is the one of no special operation. */
static PhError
find (const PhCauseRow *causes, gsize n, const char *name)
{
  while (n-- > 0)
    if (strcmp (causes[n].name, name) == 0)
      return causes[n].error;

  return PH_ERROR_NONE;
}

char *
ph_plat_dup_cause_words (const char *cause, gboolean english)
{
  PhError code = find (of_errno, G_N_ELEMENTS (of_errno), cause);
  const char *words;

  if (code == PH_ERROR_NONE)
    code = find (of_resolver, G_N_ELEMENTS (of_resolver), cause);
  words = ph_error_words (code);

  return words == NULL ? NULL : g_strdup (english ? words : _(words));
}
