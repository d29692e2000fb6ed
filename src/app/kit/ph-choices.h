/* ph-choices.h: fills drop-downs from tables, and binds the selected row to a property or setting by its id
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PH_CHOICES_NAME_CHARS 9 /* characters of a button: fits every line ending and the beginning of every encoding */

/**
 * PhChoices: access to the rows of a table.
 * @id: returns the id of a row, which never changes; %NULL after the last row
 * @name: returns the translated name of a row
 */
typedef struct
{
  const char *(*id) (guint index);
  const char *(*name) (guint index);
} PhChoices;

extern const PhChoices ph_choices_transports;
extern const PhChoices ph_choices_line_endings;
extern const PhChoices ph_choices_time_formats; /* in the order of PhTimeFormat */
extern const PhChoices ph_choices_appearances;
extern const PhChoices ph_choices_memory_full;  /* in the order of PhStoreFull */

guint ph_choices_find (const PhChoices *choices, const char *id);
void ph_choices_fill (const PhChoices *choices, GtkDropDown *drop_down);
void ph_choices_bind (const PhChoices *choices, GtkDropDown *drop_down, gpointer object, const char *property);
void ph_choices_fill_searchable (GtkDropDown *drop_down, GListModel *names);
GtkEditable *ph_choices_make_searchable (GtkDropDown *drop_down, GtkExpression *text);
void ph_choices_bind_setting (const PhChoices *choices, GtkDropDown *drop_down, GSettings *settings, const char *key);

G_END_DECLS
