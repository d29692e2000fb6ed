/* ph-address-field.c: two entries for an address and a port; splits text that has both, and marks errors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-address-field.h"

#include "ph-address-list.h"
#include "ph-address-store.h"
#include "ph-address-suggest.h"
#include "ph-direction.h"
#include "ph-marks.h"
#include "ph-plain.h"
#include "ph-remembered-popover.h"

#include <glib/gi18n.h>
#include <string.h>

struct _PhAddressField
{
  GtkBox parent_instance;

  gboolean setting; /* the program changes the text, not the user */
  gboolean remembers;
  gboolean pasted;  /* the current change inserted more than one character */

  /* template */
  GtkLabel *host_label;
  GtkLabel *port_label;
  GtkEntry *host_entry;
  GtkEntry *port_entry;
  GtkMenuButton *list_button;
  GtkMenuButton *remembered_button;
  GtkLabel *reason_label;
};

G_DEFINE_FINAL_TYPE (PhAddressField, ph_address_field, GTK_TYPE_BOX)

enum
{
  PROP_HOST_LABEL = 1,
  PROP_PORT_LABEL,
  PROP_WITH_LIST,
  PROP_REMEMBERS,
  N_PROPS
};

enum
{
  ACTIVATED,
  CHANGED,
  SCHEME,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (GtkEntry *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
set_text (PhAddressField *self, GtkEntry *entry, const char *text)
{
  if (g_str_equal (text_of (entry), text))
    return;
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  self->setting = FALSE;
}

static void
set_port (PhAddressField *self, int port)
{
  char text[16] = "";

  if (port != PH_PORT_UNSET)
    g_snprintf (text, sizeof text, "%d", port);
  set_text (self, self->port_entry, text);
}

/* The name that the user gave the address. */
static void
show_name (PhAddressField *self)
{
  g_auto (PhPlace) place = { 0 };
  g_autofree char *text = NULL;

  if (!self->remembers)
    return;
  if (ph_address_field_peek (self, &place))
    text = ph_place_dup_text (&place);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->host_entry), ph_addresses_find_name (ph_address_store_get (), text));
}

/* If @entry has text such as "host:port", "[::1]:80" or "udp://host:port", splits it over both entries. What an input method
 * or a document writes otherwise is shown as it is understood. */
static void
take_apart (PhAddressField *self, GtkEntry *entry)
{
  g_auto (PhPlace) place = { 0 };
  g_autofree char *scheme = NULL;
  g_autofree char *plain = ph_plain_dup_text (text_of (entry));
  const char *text = text_of (entry);
  int port;

  if (entry == self->port_entry && ph_port_parse (text, &port, NULL))
    set_port (self, port);
  if (entry == self->port_entry && strpbrk (plain, ":[") == NULL)
    return;
  if (!ph_place_parse (text, &place, &scheme, NULL) || place.kind != PH_PLACE_IP || g_str_equal (place.name, text))
    return;
  if (entry == self->port_entry && *place.name == '\0' && place.port == PH_PORT_UNSET)
    return;
  if (entry == self->host_entry || *place.name != '\0')
    set_text (self, self->host_entry, place.name);
  if (entry == self->port_entry || place.port != PH_PORT_UNSET)
    set_port (self, place.port);
  g_signal_emit (self, signals[CHANGED], 0);
  if (scheme != NULL)
    g_signal_emit (self, signals[SCHEME], 0, scheme);
}

static void
inserted_cb (PhAddressField *self, const char *text, int length, int *position, GtkEditable *editable)
{
  if (!self->setting && g_utf8_strlen (text, length) > 1)
    self->pasted = TRUE;
}

static void
changed_cb (GtkEditable *editable, PhAddressField *self)
{
  gboolean pasted = self->pasted;

  if (self->setting)
    return;
  self->pasted = FALSE;
  ph_address_field_clear_mark (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (pasted)
    take_apart (self, GTK_ENTRY (editable));
}

/* Typed text is split when the entry loses the focus, pasted text at once. */
static void
leave_cb (GtkEventController *controller, PhAddressField *self)
{
  take_apart (self, GTK_ENTRY (gtk_event_controller_get_widget (controller)));
}

static void
watch (PhAddressField *self, GtkEntry *entry)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (entry), focus);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "insert-text", G_CALLBACK (inserted_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
take_all_apart (PhAddressField *self)
{
  take_apart (self, self->host_entry);
  take_apart (self, self->port_entry);
}

static void
activate_cb (PhAddressField *self)
{
  take_all_apart (self);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static gboolean
is_clean (PhAddressField *self, PhPlace *ret_place, PhField *ret_which, GError **error)
{
  g_auto (PhPlace) place = { 0 };
  int port;

  *ret_which = PH_FIELD_HOST;
  if (!ph_place_parse (text_of (self->host_entry), &place, NULL, error))
    return FALSE;
  *ret_which = PH_FIELD_PORT;
  if (!ph_port_parse (text_of (self->port_entry), &port, error))
    return FALSE;
  if (port != PH_PORT_UNSET)
    place.port = port;
  *ret_place = place;
  place.name = NULL;

  return TRUE;
}

/* What is remembered has a port. */
static void
chosen_cb (gpointer data, const char *address)
{
  PhAddressField *self = data;
  g_auto (PhPlace) place = { 0 };

  if (ph_place_parse (address, &place, NULL, NULL))
    ph_address_field_set (self, &place);
  gtk_widget_grab_focus (GTK_WIDGET (self->host_entry));
  gtk_editable_set_position (GTK_EDITABLE (self->host_entry), -1);
}

/* Where nothing is remembered there is nothing to choose. */
static void
show_remembered (PhAddressField *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (ph_address_store_get ())) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->remembered_button), any);
  show_name (self);
}

static void
remember (PhAddressField *self)
{
  self->remembers = TRUE;
  g_signal_connect (self, "changed", G_CALLBACK (show_name), NULL);
  g_signal_connect_object (ph_address_store_get (), "items-changed", G_CALLBACK (show_remembered), self, G_CONNECT_SWAPPED);
  show_remembered (self);
  ph_remembered_popover_attach (self->remembered_button, chosen_cb, self);
  ph_address_suggest_attach (self->host_entry, GTK_WIDGET (self), GTK_POS_BOTTOM, chosen_cb, self);
}

static void
ph_address_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhAddressField *self = PH_ADDRESS_FIELD (object);
  GtkEntry *entry = id == PROP_HOST_LABEL ? self->host_entry : self->port_entry;

  switch (id)
    {
    case PROP_HOST_LABEL:
    case PROP_PORT_LABEL:
      gtk_label_set_label (id == PROP_HOST_LABEL ? self->host_label : self->port_label, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_WITH_LIST:
      gtk_widget_set_visible (GTK_WIDGET (self->list_button), g_value_get_boolean (value));
      break;
    case PROP_REMEMBERS:
      if (g_value_get_boolean (value))
        remember (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  g_object_class_install_property (object_class, PROP_HOST_LABEL,
                                   g_param_spec_string ("host-label", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_PORT_LABEL,
                                   g_param_spec_string ("port-label", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_WITH_LIST,
                                   g_param_spec_boolean ("with-list", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_REMEMBERS,
                                   g_param_spec_boolean ("remembers", NULL, NULL, FALSE, flags));
}

static void
ph_address_field_class_init (PhAddressFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = ph_address_field_set_property;
  install_properties (object_class);

  signals[ACTIVATED] =
    g_signal_new ("activated", PH_TYPE_ADDRESS_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] =
    g_signal_new ("changed", PH_TYPE_ADDRESS_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SCHEME] = g_signal_new ("scheme", PH_TYPE_ADDRESS_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/porthole/Porthole/address-field.ui");
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, host_label);
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, port_label);
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, host_entry);
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, port_entry);
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, list_button);
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, remembered_button);
  gtk_widget_class_bind_template_child (widget_class, PhAddressField, reason_label);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
ph_address_field_init (PhAddressField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  watch (self, self->host_entry);
  watch (self, self->port_entry);
  ph_direction_keep_entry (GTK_EDITABLE (self->host_entry));
  ph_direction_keep_entry (GTK_EDITABLE (self->port_entry));
  ph_address_list_attach (self->list_button, GTK_EDITABLE (self->host_entry));
}

/**
 * ph_address_field_read:
 * @ret_place: (out): freed by ph_place_clear(); without a name and a port if both entries are empty
 *
 * Splits the text first. An entry that is wrong is marked, with the reason below.
 *
 * Returns: %FALSE if an entry is marked
 */
gboolean
ph_address_field_read (PhAddressField *field, PhPlace *ret_place)
{
  g_autoptr (GError) error = NULL;
  PhField which;

  g_return_val_if_fail (PH_IS_ADDRESS_FIELD (field), FALSE);

  take_all_apart (field);
  ph_address_field_clear_mark (field);
  if (is_clean (field, ret_place, &which, &error))
    return TRUE;
  ph_address_field_mark (field, which, error->message);

  return FALSE;
}

/**
 * ph_address_field_peek:
 * @ret_place: (out): freed by ph_place_clear(); without a name and a port if both entries are empty
 *
 * Like ph_address_field_read(), but neither splits nor marks.
 *
 * Returns: %FALSE if an entry is wrong
 */
gboolean
ph_address_field_peek (PhAddressField *field, PhPlace *ret_place)
{
  PhField which;

  g_return_val_if_fail (PH_IS_ADDRESS_FIELD (field), FALSE);

  return is_clean (field, ret_place, &which, NULL);
}

/** ph_address_field_set: Shows @place, and clears the mark. */
void
ph_address_field_set (PhAddressField *field, const PhPlace *place)
{
  PhPlace host = *place;
  g_autofree char *text = NULL;

  g_return_if_fail (PH_IS_ADDRESS_FIELD (field));

  host.port = PH_PORT_UNSET;
  text = ph_place_dup_text (&host);
  set_text (field, field->host_entry, text);
  set_port (field, place->kind == PH_PLACE_IP ? place->port : PH_PORT_UNSET);
  ph_address_field_clear_mark (field);
  g_signal_emit (field, signals[CHANGED], 0);
}

/**
 * ph_address_field_set_placeholders:
 * @host: shown while the address is empty
 * @port: shown while the port is empty
 */
void
ph_address_field_set_placeholders (PhAddressField *field, const char *host, const char *port)
{
  g_return_if_fail (PH_IS_ADDRESS_FIELD (field));

  gtk_entry_set_placeholder_text (field->host_entry, host);
  gtk_entry_set_placeholder_text (field->port_entry, port);
}

/**
 * ph_address_field_mark:
 * @which: the entry that is wrong; it gets the focus
 * @reason: in the user's language
 */
void
ph_address_field_mark (PhAddressField *field, PhField which, const char *reason)
{
  g_autofree char *shown = ph_marks_dup (reason, -1, PH_MARKS_LINE_MAX);
  GtkWidget *entry;

  g_return_if_fail (PH_IS_ADDRESS_FIELD (field));

  entry = GTK_WIDGET (which == PH_FIELD_HOST ? field->host_entry : field->port_entry);
  gtk_widget_add_css_class (entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, shown, -1);
  gtk_label_set_label (field->reason_label, shown);
  gtk_widget_set_visible (GTK_WIDGET (field->reason_label), TRUE);
  gtk_widget_grab_focus (entry);
}

/** ph_address_field_clear_mark: Does nothing if no entry is marked. */
void
ph_address_field_clear_mark (PhAddressField *field)
{
  GtkEntry *entries[2];

  g_return_if_fail (PH_IS_ADDRESS_FIELD (field));

  entries[0] = field->host_entry;
  entries[1] = field->port_entry;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (gtk_widget_has_css_class (GTK_WIDGET (entries[i]), "error"))
      {
        gtk_widget_remove_css_class (GTK_WIDGET (entries[i]), "error");
        gtk_accessible_reset_state (GTK_ACCESSIBLE (entries[i]), GTK_ACCESSIBLE_STATE_INVALID);
        gtk_accessible_reset_property (GTK_ACCESSIBLE (entries[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      }
  gtk_widget_set_visible (GTK_WIDGET (field->reason_label), FALSE);
}

/** ph_address_field_focus: Gives the focus to an entry, and selects its text. */
void
ph_address_field_focus (PhAddressField *field, PhField which)
{
  g_return_if_fail (PH_IS_ADDRESS_FIELD (field));

  gtk_widget_grab_focus (GTK_WIDGET (which == PH_FIELD_HOST ? field->host_entry : field->port_entry));
}

/**
 * ph_address_field_dup_title:
 *
 * Returns: (transfer full): what a tab is called: @transport, and its remote address or local port: "UDP :7788"
 */
char *
ph_address_field_dup_title (PhAddressField *local, PhAddressField *remote, const PhTransport *transport)
{
  const char *name = _(transport->name);
  g_auto (PhPlace) place = { 0 };
  g_autofree char *where = NULL;

  if (ph_transport_needs_remote (transport))
    {
      if (!ph_address_field_peek (remote, &place) || !ph_place_has_name (&place))
        return g_strdup (name);
      where = ph_place_dup_text (&place);
      return g_strdup_printf ("%s %s", name, where);
    }
  if (!ph_address_field_peek (local, &place) || place.port <= 0)
    return g_strdup (name);

  return g_strdup_printf ("%s :%d", name, place.port);
}
