/* lack.c: preloaded into a program, makes iconv lack the encodings that PORTHOLE_LACKS names, separated by blanks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static int
is_lacking (const char *name)
{
  const char *names = getenv ("PORTHOLE_LACKS");

  while (names != NULL && *names != '\0')
    {
      size_t length = strcspn (names, " ");

      if (strlen (name) == length && strncmp (name, names, length) == 0)
        return 1;
      names += length + (names[length] == ' ');
    }

  return 0;
}

iconv_t
iconv_open (const char *to, const char *from)
{
  iconv_t (*real) (const char *, const char *) = (iconv_t (*) (const char *, const char *)) dlsym (RTLD_NEXT, "iconv_open");

  if (!is_lacking (to) && !is_lacking (from))
    return real (to, from);
  errno = EINVAL;

  return (iconv_t) -1;
}
