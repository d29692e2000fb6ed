/* ph-page-conflict.h: which tab has the port that another one cannot open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

char *ph_page_conflict_dup_hint (PhSessionPage *page);

G_END_DECLS
