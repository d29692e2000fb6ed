/* ph-fit-label.h: a label for what changes often: it says the same at length or shortly, as there is room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_TYPE_FIT_LABEL (ph_fit_label_get_type ())
G_DECLARE_FINAL_TYPE (PhFitLabel, ph_fit_label, PH, FIT_LABEL, GtkWidget)

void ph_fit_label_set_texts (PhFitLabel *label, const char *const *texts);
void ph_fit_label_set_text (PhFitLabel *label, const char *text);
const char *ph_fit_label_get_shown (PhFitLabel *label);

G_END_DECLS
