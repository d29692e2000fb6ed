/* ph-page-windows.h: the windows of a tab: traffic by time, and peers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

typedef struct _PhPageWindows PhPageWindows;

PhPageWindows *ph_page_windows_new (PhSessionPage *page);
void ph_page_windows_close (PhPageWindows *windows);
void ph_page_windows_free (PhPageWindows *windows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhPageWindows, ph_page_windows_free)

G_END_DECLS
