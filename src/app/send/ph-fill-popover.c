/* ph-fill-popover.c: gets what a message needs before it is sent: asks for answers, and whether files may be read
 *
 * What was answered last is there again the next time, in the setting "answers".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-fill-popover.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ph-marks.h"
#include "ph-needs.h"
#include "ph-popover.h"
#include "ph-settings.h"

#define ANSWERS_MAX 100u       /* that are remembered */
#define ANSWER_LENGTH_MAX 1024 /* bytes of one that is remembered */

/* A message that is not ready yet. */
typedef struct
{
  GObject *owner;
  PhPayload *payload;
  PhFilledFunc filled;
  GPtrArray *labels;  /* of char *: each question once */
  GPtrArray *entries; /* of GtkEditable, one for each label; borrowed from the popover */
  GtkWidget *popover; /* nullable */
  GtkWidget *problem; /* nullable: of the popover: a GtkLabel */
  GtkWidget *held;    /* nullable: owned: the popover, which owns this, while a thread is busy */
  gboolean busy;      /* a thread reads files for it */
  gboolean given_up;
  gboolean done;
} Fill;

static void
fill_free (Fill *self)
{
  g_object_unref (self->owner);
  ph_payload_unref (self->payload);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

/* With a popover it lives as long as that, whose keys and clicks may still come. */
static void
finish (Fill *self, PhPayload *payload, const GError *error)
{
  gboolean asked = self->problem != NULL;

  self->done = TRUE;
  self->filled (self->owner, payload, error);
  if (!asked)
    fill_free (self);
}

/* ---- answers that were typed before ---- */

static char *
dup_last_answer (const char *label)
{
  g_autoptr (GVariant) answers = g_settings_get_value (ph_settings_get (), "answers");
  char *answer = NULL;

  g_variant_lookup (answers, label, "s", &answer);

  return answer;
}

static void
remember (Fill *self)
{
  g_autoptr (GVariant) before = g_settings_get_value (ph_settings_get (), "answers");
  GVariantBuilder answers = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *label, *answer;
  guint n = self->labels->len;

  for (guint i = 0; i < self->labels->len; i++)
    {
      answer = gtk_editable_get_text (g_ptr_array_index (self->entries, i));
      if (strlen (answer) <= ANSWER_LENGTH_MAX)
        g_variant_builder_add (&answers, "{ss}", g_ptr_array_index (self->labels, i), answer);
    }
  g_variant_iter_init (&iter, before);
  while (n < ANSWERS_MAX && g_variant_iter_next (&iter, "{&s&s}", &label, &answer))
    if (!g_ptr_array_find_with_equal_func (self->labels, label, g_str_equal, NULL))
      {
        g_variant_builder_add (&answers, "{ss}", label, answer);
        n++;
      }
  g_settings_set_value (ph_settings_get (), "answers", g_variant_builder_end (&answers));
}

/* ---- filling ---- */

static void
put_away (Fill *self)
{
  GtkWidget *popover = g_steal_pointer (&self->popover);

  g_signal_handlers_disconnect_by_data (popover, self);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fill *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PhPayload) filled = ph_needs_fill_finish (result, &error);
  G_GNUC_UNUSED g_autoptr (GtkWidget) held = g_steal_pointer (&self->held); /* until the end */

  self->busy = FALSE;
  if (self->given_up || self->popover == NULL)
    {
      finish (self, self->given_up ? NULL : filled, self->given_up ? NULL : error);
      return;
    }
  if (filled == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->problem), error->message);
      gtk_widget_set_visible (self->problem, TRUE);
      return;
    }
  remember (self);
  put_away (self);
  finish (self, filled, NULL);
}

/* The answer to each question of the text, also to one that stands there twice. */
static GStrv
dup_answers (Fill *self)
{
  g_autoptr (GArray) needs = ph_payload_get_needs (self->payload);
  g_autoptr (GStrvBuilder) answers = g_strv_builder_new ();
  guint at = 0;

  for (guint i = 0; i < needs->len; i++)
    {
      const PhNeed *need = &g_array_index (needs, PhNeed, i);

      if (need->kind == PH_NEED_ANSWER && g_ptr_array_find_with_equal_func (self->labels, need->name, g_str_equal, &at))
        g_strv_builder_add (answers, gtk_editable_get_text (g_ptr_array_index (self->entries, at)));
    }

  return g_strv_builder_end (answers);
}

static void
fill (Fill *self)
{
  const PhFileRule rule = { .folder = g_get_home_dir () };
  g_auto (GStrv) answers = dup_answers (self);

  if (self->busy || self->done)
    return;
  self->busy = TRUE;
  self->held = self->popover != NULL ? g_object_ref (self->popover) : NULL;
  ph_needs_fill_async (self->payload, (const char *const *) answers, &rule, filled_cb, self);
}

/* ---- the popover ---- */

/* It is unmapped too when its tab is hidden or closed. While a file is read nothing is freed. */
static void
unmap_cb (Fill *self)
{
  put_away (self);
  self->given_up = TRUE;
  if (!self->busy)
    finish (self, NULL, NULL);
}

static void
cancel_cb (Fill *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static GtkWidget *
make_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (dim)
    gtk_widget_add_css_class (label, "field-label");

  return label;
}

static void
add_question (Fill *self, GtkWidget *box, const char *name)
{
  g_autofree char *shown = ph_marks_dup (name, -1, PH_MARKS_NAME_MAX), *last = dup_last_answer (name);
  GtkWidget *entry, *label;

  if (g_ptr_array_find_with_equal_func (self->labels, name, g_str_equal, NULL))
    return;
  label = make_label (shown, TRUE);
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), last != NULL ? last : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (fill), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  g_ptr_array_add (self->labels, g_strdup (name));
  g_ptr_array_add (self->entries, entry);
}

static void
add_file (GtkWidget *box, const char *name)
{
  g_autofree char *shown = ph_marks_dup (name, -1, PH_MARKS_NAME_MAX);
  /* Translators: the name of a file */
  g_autofree char *text = g_strdup_printf (_("The message came from a file of commands, and sends what is in “%s”."), shown);

  gtk_box_append (GTK_BOX (box), make_label (text, FALSE));
}

static void
add_buttons (Fill *self, GtkWidget *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *send = gtk_button_new_with_mnemonic (_("_Send"));

  gtk_widget_set_halign (row, GTK_ALIGN_END);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_add_css_class (send, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  g_signal_connect_swapped (send, "clicked", G_CALLBACK (fill), self);
  gtk_box_append (GTK_BOX (row), cancel);
  gtk_box_append (GTK_BOX (row), send);
  gtk_box_append (GTK_BOX (box), row);
}

static void
open_popover (Fill *self, GtkWidget *near, const GArray *needs, gboolean foreign)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < needs->len; i++)
    {
      const PhNeed *need = &g_array_index (needs, PhNeed, i);

      if (need->kind == PH_NEED_ANSWER)
        add_question (self, box, need->name);
      else if (foreign)
        add_file (box, need->name);
    }
  self->problem = make_label ("", FALSE);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (box), self->problem);
  add_buttons (self, box);
  gtk_widget_add_css_class (box, "explanation");
  self->popover = gtk_popover_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Before it is sent"), -1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_TOP);
  g_object_set_data_full (G_OBJECT (self->popover), "fill", self, (GDestroyNotify) fill_free);
  g_signal_connect_swapped (self->popover, "unmap", G_CALLBACK (unmap_cb), self);
  ph_popover_open_once (self->popover, near);
  if (self->entries->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->entries, 0));
}

/**
 * ph_fill_payload:
 * @near: a popover that has to ask points to it
 * @foreign: it came from somebody else: its files are read only if the user says so
 * @filled: called once: at once where nothing is needed
 * @owner: a reference is held until then
 */
void
ph_fill_payload (GtkWidget *near, PhPayload *payload, gboolean foreign, PhFilledFunc filled, GObject *owner)
{
  g_autoptr (GArray) needs = ph_payload_get_needs (payload);
  gboolean asks = foreign && needs->len > 0;
  Fill *self;

  if (needs->len == 0)
    {
      filled (owner, payload, NULL);
      return;
    }
  for (guint i = 0; i < needs->len; i++)
    asks = asks || g_array_index (needs, PhNeed, i).kind == PH_NEED_ANSWER;
  self = g_new0 (Fill, 1);
  self->owner = g_object_ref (owner);
  self->payload = ph_payload_ref (payload);
  self->filled = filled;
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->entries = g_ptr_array_new ();
  if (asks)
    open_popover (self, near, needs, foreign);
  else
    fill (self);
}
