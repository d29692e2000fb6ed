/* ph-tab-setup.h: the set-up of a tab: what is needed to make another one like it, without its records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-session-page.h"

G_BEGIN_DECLS

typedef struct _PhTabSetup PhTabSetup;

PhTabSetup *ph_tab_setup_new (PhSessionPage *page);
void ph_tab_setup_apply (const PhTabSetup *setup, PhSessionPage *page);
void ph_tab_setup_free (PhTabSetup *setup);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhTabSetup, ph_tab_setup_free)

G_END_DECLS
