/* ph-cli-read.h: prints the records of a capture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-cli-options.h"

G_BEGIN_DECLS

int ph_cli_read (const PhCliOptions *options);
int ph_cli_verify (const PhCliOptions *options);

G_END_DECLS
