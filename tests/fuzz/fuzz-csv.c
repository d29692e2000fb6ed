/* fuzz-csv.c: any table is quick commands that come back as they were, or an error that can be shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "commands-again.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  import_any ("any.csv", data, size);
  return 0;
}
