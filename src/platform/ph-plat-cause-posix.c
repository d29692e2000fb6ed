/* ph-plat-cause-posix.c: codes of POSIX that are none of the causes of PhError: their names, and their words in English
 *
 * The C library's own words are in the language of the process. A record keeps the name, as numbers differ between systems.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-plat-cause.h"
#include "ph-plat-private.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>

typedef struct
{
  int code;
  const char *name, *english;
} Cause;

#define CAUSE(name_, english_) { name_, #name_, english_ }

static const Cause of_errno[] = {
  CAUSE (EALREADY, "Operation already in progress"),
  CAUSE (EBADF, "Bad file descriptor"),
  CAUSE (EBUSY, "Device or resource busy"),
  CAUSE (EDESTADDRREQ, "Destination address required"),
  CAUSE (EEXIST, "File exists"),
  CAUSE (EFAULT, "Bad address"),
  CAUSE (EFBIG, "File too large"),
  CAUSE (EINTR, "Interrupted system call"),
  CAUSE (EINVAL, "Invalid argument"),
  CAUSE (EIO, "Input/output error"),
  CAUSE (EISCONN, "Transport endpoint is already connected"),
  CAUSE (EISDIR, "Is a directory"),
  CAUSE (ELOOP, "Too many levels of symbolic links"),
  CAUSE (ENAMETOOLONG, "File name too long"),
  CAUSE (ENETRESET, "Network dropped connection on reset"),
  CAUSE (ENODEV, "No such device"),
  CAUSE (ENOENT, "No such file or directory"),
  CAUSE (ENOPROTOOPT, "Protocol not available"),
  CAUSE (ENOSYS, "Function not implemented"),
  CAUSE (ENOTCONN, "Transport endpoint is not connected"),
  CAUSE (ENOTDIR, "Not a directory"),
  CAUSE (ENOTSOCK, "Socket operation on non-socket"),
  CAUSE (ENXIO, "No such device or address"),
  CAUSE (EOPNOTSUPP, "Operation not supported"),
  CAUSE (EPROTO, "Protocol error"),
  CAUSE (EPROTOTYPE, "Protocol wrong type for socket"),
  CAUSE (EROFS, "Read-only file system"),
  CAUSE (ESTALE, "Stale file handle"),
  CAUSE (ETXTBSY, "Text file busy"),
};

static const Cause of_resolver[] = {
#ifdef EAI_ADDRFAMILY
  CAUSE (EAI_ADDRFAMILY, "Address family for hostname not supported"),
#endif
  CAUSE (EAI_AGAIN, "Temporary failure in name resolution"),
  CAUSE (EAI_BADFLAGS, "Bad value for ai_flags"),
  CAUSE (EAI_FAIL, "Non-recoverable failure in name resolution"),
  CAUSE (EAI_FAMILY, "ai_family not supported"),
  CAUSE (EAI_MEMORY, "Memory allocation failure"),
#ifdef EAI_NODATA
  CAUSE (EAI_NODATA, "No address associated with hostname"),
#endif
  CAUSE (EAI_SERVICE, "Servname not supported for ai_socktype"),
  CAUSE (EAI_SOCKTYPE, "ai_socktype not supported"),
  CAUSE (EAI_SYSTEM, "System error"),
};

static const char *
name_of (const Cause *causes, gsize n, const char *kind, int code, char text[PH_PLAT_CAUSE_MAX])
{
  for (gsize i = 0; i < n; i++)
    if (causes[i].code == code)
      return causes[i].name;
  g_snprintf (text, PH_PLAT_CAUSE_MAX, "%s %d", kind, code);

  return text;
}

/**
 * ph_plat_errno_cause:
 * @code: a value of errno
 * @text: room for what is returned
 *
 * Returns: its name, or "errno 123"
 */
const char *
ph_plat_errno_cause (int code, char text[PH_PLAT_CAUSE_MAX])
{
  return name_of (of_errno, G_N_ELEMENTS (of_errno), "errno", code, text);
}

/**
 * ph_plat_resolver_cause:
 * @code: what getaddrinfo() returned
 * @text: room for what is returned
 *
 * Returns: its name, or "resolver 123"
 */
const char *
ph_plat_resolver_cause (int code, char text[PH_PLAT_CAUSE_MAX])
{
  return name_of (of_resolver, G_N_ELEMENTS (of_resolver), "resolver", code, text);
}

static const Cause *
find (const Cause *causes, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (causes[i].name, name) == 0)
      return &causes[i];

  return NULL;
}

char *
ph_plat_dup_cause_words (const char *cause, gboolean english)
{
  const Cause *row = find (of_errno, G_N_ELEMENTS (of_errno), cause);
  g_autofree char *words = NULL;

  if (row != NULL)
    return g_strdup (english ? row->english : g_strerror (row->code));
  row = find (of_resolver, G_N_ELEMENTS (of_resolver), cause);
  if (row == NULL)
    return NULL;
  if (!english)
    words = g_locale_to_utf8 (gai_strerror (row->code), -1, NULL, NULL, NULL);

  return words != NULL ? g_steal_pointer (&words) : g_strdup (row->english);
}
