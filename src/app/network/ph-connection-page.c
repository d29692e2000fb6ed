/* ph-connection-page.c: lists what is known of the connection of a tab, updated at most once a second
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-connection-page.h"

#include "ph-connection-facts.h"
#include "ph-direction.h"
#include "ph-option.h"
#include "ph-seconds.h"

#include <glib/gi18n.h>

#define TITLE_CHARS 18 /* a longer title is wrapped */

/* One line: a fact, or an option of the transport. */
typedef struct
{
  const PhConnectionFact *fact; /* NULL for an option */
  const PhOptionSpec *option;
  const char *title;
  GtkWidget *title_label, *value_label; /* of the grid */
} Row;

struct _PhConnectionPage
{
  GtkBox parent_instance;

  PhSeconds seconds;

  /* template */
  GtkGrid *grid;

  /* owned */
  PhSession *session;
  GArray *rows; /* of Row */
};

G_DEFINE_FINAL_TYPE (PhConnectionPage, ph_connection_page, GTK_TYPE_BOX)

/* ---- update ---- */

/* The value that is in force: of what was opened last. */
static char *
dup_option (PhSession *session, const PhOptionSpec *option)
{
  const PhEndpoint *endpoint = ph_session_get_endpoint (session);
  const PhTransport *transport = ph_session_get_transport (session);

  if (transport == NULL || !ph_transport_has_option (transport, option))
    return NULL;

  return g_strdup_printf (option->unit != NULL ? "%u %s" : "%u", ph_endpoint_get_option (endpoint, option),
                          option->unit != NULL ? _(option->unit) : "");
}

static char *
dup_text (PhConnectionPage *self, const Row *row)
{
  return row->fact != NULL ? row->fact->dup_text (self->session) : dup_option (self->session, row->option);
}

/* Returns whether it is another text than before. */
static gboolean
update_row (PhConnectionPage *self, const Row *row)
{
  g_autofree char *text = dup_text (self, row);
  gboolean known = text != NULL;

  if (known == gtk_widget_get_visible (row->value_label)
      && (!known || g_str_equal (gtk_label_get_label (GTK_LABEL (row->value_label)), text)))
    return FALSE;
  gtk_label_set_label (GTK_LABEL (row->value_label), known ? text : "");
  gtk_widget_set_visible (row->title_label, known);
  gtk_widget_set_visible (row->value_label, known);

  return TRUE;
}

static gboolean
look_cb (gpointer data)
{
  PhConnectionPage *self = data;
  gboolean changed = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    changed |= update_row (self, &g_array_index (self->rows, Row, i));

  return changed;
}

static void
begin (PhConnectionPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ph_seconds_begin (&self->seconds);
}

/* The state is shown at once. */
static void
notify_state_cb (PhConnectionPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    look_cb (self);
  begin (self);
}

/* ---- actions ---- */

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PhConnectionPage *self = PH_CONNECTION_PAGE (widget);
  g_autoptr (GString) text = g_string_new (NULL);

  look_cb (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (gtk_widget_get_visible (row->value_label))
        g_string_append_printf (text, "%s: %s\n", row->title, gtk_label_get_label (GTK_LABEL (row->value_label)));
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
}

/* ---- the page ---- */

static GtkWidget *
make_title (const char *title)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), TITLE_CHARS);
  gtk_widget_add_css_class (label, "field-label");
  gtk_widget_set_visible (label, FALSE);

  return label;
}

/* Addresses and numbers: written from left to right everywhere, and selected to be copied. */
static GtkWidget *
make_value (const char *title)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  ph_direction_keep_label (GTK_LABEL (label));
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  gtk_widget_set_visible (label, FALSE);

  return label;
}

static void
add_row (PhConnectionPage *self, const PhConnectionFact *fact, const PhOptionSpec *option)
{
  Row row = { .fact = fact, .option = option, .title = fact != NULL ? _(fact->title) : _(option->label) };
  int place = (int) self->rows->len;

  row.title_label = make_title (row.title);
  row.value_label = make_value (row.title);
  gtk_grid_attach (self->grid, row.title_label, 0, place, 1, 1);
  gtk_grid_attach (self->grid, row.value_label, 1, place, 1, 1);
  g_array_append_val (self->rows, row);
}

static void
ph_connection_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_connection_page_parent_class)->map (widget);
  begin (PH_CONNECTION_PAGE (widget));
}

static void
ph_connection_page_unmap (GtkWidget *widget)
{
  ph_seconds_stop (&PH_CONNECTION_PAGE (widget)->seconds);
  GTK_WIDGET_CLASS (ph_connection_page_parent_class)->unmap (widget);
}

static void
ph_connection_page_dispose (GObject *object)
{
  PhConnectionPage *self = PH_CONNECTION_PAGE (object);

  ph_seconds_stop (&self->seconds);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_connection_page_parent_class)->dispose (object);
}

static void
ph_connection_page_finalize (GObject *object)
{
  g_array_unref (PH_CONNECTION_PAGE (object)->rows);

  G_OBJECT_CLASS (ph_connection_page_parent_class)->finalize (object);
}

static void
ph_connection_page_class_init (PhConnectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ph_connection_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ph_connection_page_finalize;
  widget_class->map = ph_connection_page_map;
  widget_class->unmap = ph_connection_page_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/connection-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PhConnectionPage, grid);
  gtk_widget_class_install_action (widget_class, "connection.copy", NULL, copy_cb);
}

static void
ph_connection_page_init (PhConnectionPage *self)
{
  const PhConnectionFact *fact;
  const PhOptionSpec *option;

  self->seconds = (PhSeconds) { .look = look_cb, .data = self };
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; (fact = ph_connection_fact_at (i)) != NULL; i++)
    add_row (self, fact, NULL);
  for (guint i = 0; (option = ph_option_at (i)) != NULL; i++)
    add_row (self, NULL, option);
}

/** ph_connection_page_new: Returns: (transfer floating): what is known of the connection of @session */
GtkWidget *
ph_connection_page_new (PhSession *session)
{
  PhConnectionPage *self = g_object_new (PH_TYPE_CONNECTION_PAGE, NULL);

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "advanced", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (notify_state_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
