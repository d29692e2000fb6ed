/* ph-log-view.c: the log: a widget that draws the lines on screen, out of any number of records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include <glib/gi18n.h>

#include "ph-log-private.h"
#include "ph-log-record.h"

#define MIN_WIDTH 160
#define MIN_HEIGHT 80

G_DEFINE_FINAL_TYPE_WITH_CODE (PhLogView, ph_log_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL)
                               ph_log_access_add_interface (g_define_type_id))

enum
{
  PROP_SESSION = 1,
  PROP_MODE,
  PROP_FORM,
  PROP_ENCODING,
  PROP_AS_IT_CAME,
  PROP_WRAP,
  PROP_TIME,
  PROP_TIME_FORMAT,
  PROP_FOLLOW,
  PROP_HIDDEN,
  PROP_ZOOM,
  PROP_COLUMNS,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *props[N_PROPS];

GType
ph_log_mode_get_type (void)
{
  static const GEnumValue values[] = {
    { PH_LOG_MODE_COMPACT, "PH_LOG_MODE_COMPACT", "compact" },
    { PH_LOG_MODE_COMFORTABLE, "PH_LOG_MODE_COMFORTABLE", "comfortable" },
    { PH_LOG_MODE_STREAM, "PH_LOG_MODE_STREAM", "stream" },
    { PH_LOG_MODE_TABLE, "PH_LOG_MODE_TABLE", "table" },
    { PH_LOG_MODE_BYTES, "PH_LOG_MODE_BYTES", "bytes" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("PhLogMode", values));

  return type;
}

/* ---- the session ---- */

static const char *
names_cb (gpointer data, const PhRecord *record, const char **ret_to)
{
  const PhDestination *to = ph_session_get_destination (data, record);

  *ret_to = to != NULL && to->unusual ? to->address : NULL;
  return ph_session_get_peer_address (data, record->peer);
}

static void
drop_session (PhLogView *self)
{
  if (self->session == NULL)
    return;
  ph_log_copy_cancel (self);
  ph_log_select_none (self);
  ph_log_layout_clear (self);
  g_signal_handlers_disconnect_by_func (self->session, ph_log_view_refresh, self);
  g_clear_pointer (&self->source, ph_log_source_free);
  g_clear_object (&self->session);
}

/* Lets the source see what the session shows now. */
void
ph_log_view_advance (PhLogView *self)
{
  ph_log_source_set_start (self->source, ph_session_get_first (self->session));
  ph_log_source_advance (self->source, ph_session_get_end (self->session));
}

static void
hide_from_now (PhLogView *self)
{
  if (self->source != NULL)
    ph_log_source_set_hidden_from (self->source, self->hidden ? ph_session_get_end (self->session) : G_MAXUINT64);
}

/**
 * ph_log_view_set_session:
 * @session: (nullable) (transfer none): whose records are shown
 */
void
ph_log_view_set_session (PhLogView *self, PhSession *session)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));
  g_return_if_fail (session == NULL || PH_IS_SESSION (session));

  if (self->session == session)
    return;
  drop_session (self);
  ph_log_scroll_reset (self);
  if (session != NULL)
    {
      self->session = g_object_ref (session);
      self->source = ph_log_source_new (ph_session_get_store (session), names_cb, session);
      ph_log_source_set_opened (self->source, ph_session_get_opened (session));
      ph_log_view_advance (self);
      hide_from_now (self);
      g_signal_connect_object (session, "advanced", G_CALLBACK (ph_log_view_refresh), self, G_CONNECT_SWAPPED);
    }
  ph_log_reformat (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

/* ---- refresh ---- */

/* Shows what the store holds now. Everything that reads the store is in one read section, and no signal is emitted in it. */
static void
update (PhLogView *self)
{
  char *words;

  if (self->source != NULL)
    {
      ph_log_view_advance (self);
      if ((self->metrics.unmeasured && ph_log_source_get_end (self->source) > 0)
          || (self->mode == PH_LOG_MODE_TABLE && ph_log_reformat_is_due (self)))
        ph_log_reformat_refit (self);
      ph_log_source_begin_read (self->source);
    }
  ph_log_select_clamp (self);
  ph_log_layout_touch (self);
  ph_log_layout_ensure (self);
  ph_log_scroll_measure (self);
  ph_log_float_count (self);
  words = ph_log_describe_dup (self);
  if (self->source != NULL)
    ph_log_source_end_read (self->source);

  ph_log_scroll_configure (self);
  ph_log_describe_tell (self, words);
}

/* Makes the rows again, and has them drawn. Not in the layout phase of GTK, which would lay out the whole window. */
void
ph_log_view_update (PhLogView *self)
{
  ph_log_layout_touch (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->allocated_width == 0)
    return;
  update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  ph_log_float_update (self);
}

/* A session advances once a frame at most. */
void
ph_log_view_refresh (PhLogView *self)
{
  ph_log_copy_go_on (self);
  ph_log_view_update (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ph_log_search_arrive (self);
}

/* ---- the widget ---- */

static void
ph_log_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
}

static void
ph_log_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PhLogView *self = PH_LOG_VIEW (widget);

  if (self->allocated_width != width)
    {
      self->allocated_width = width;
      ph_log_reformat_refit (self);
    }
  update (self);
  ph_log_float_allocate (self);
  ph_log_menu_allocate (self);
}

static void
ph_log_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PhLogView *self = PH_LOG_VIEW (widget);

  if (self->source != NULL)
    {
      ph_log_source_begin_read (self->source);
      ph_log_layout_ensure (self);
      ph_log_draw (self, snapshot);
      ph_log_source_end_read (self->source);
    }
  ph_log_float_snapshot (self, snapshot);
  ph_log_access_tell (self);
}

static void
ph_log_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  PhLogView *self = PH_LOG_VIEW (widget);

  GTK_WIDGET_CLASS (ph_log_view_parent_class)->css_changed (widget, change);
  if (ph_log_style_changed (self))
    ph_log_reformat_refit (self);
}

static void
ph_log_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  PhLogView *self = PH_LOG_VIEW (widget);

  GTK_WIDGET_CLASS (ph_log_view_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI || setting == GTK_SYSTEM_SETTING_FONT_NAME
      || setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    ph_log_reformat_refit (self);
}

static void
ph_log_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ph_log_view_parent_class)->map (widget);
  ph_log_layout_invalidate (PH_LOG_VIEW (widget));
}

static void
ph_log_view_unmap (GtkWidget *widget)
{
  ph_log_scroll_stop (PH_LOG_VIEW (widget));
  ph_log_input_stop (PH_LOG_VIEW (widget));
  GTK_WIDGET_CLASS (ph_log_view_parent_class)->unmap (widget);
}

static void
ph_log_view_dispose (GObject *object)
{
  PhLogView *self = PH_LOG_VIEW (object);

  ph_log_copy_cancel (self);
  ph_log_search_dispose (self);
  ph_log_rules_dispose (self);
  drop_session (self);
  ph_log_scroll_dispose (self);
  ph_log_menu_dispose (self);
  ph_log_head_dispose (self);
  ph_log_float_dispose (self);
  ph_log_style_dispose (self);

  G_OBJECT_CLASS (ph_log_view_parent_class)->dispose (object);
}

static void
ph_log_view_finalize (GObject *object)
{
  PhLogView *self = PH_LOG_VIEW (object);

  ph_log_access_free (self);
  ph_log_text_finalize (self);
  ph_log_plain_finalize (self);
  ph_log_layout_finalize (self);
  ph_log_columns_finalize (self);
  ph_log_metrics_finalize (self);
  ph_log_grid_finalize (self);
  g_free (self->description);

  G_OBJECT_CLASS (ph_log_view_parent_class)->finalize (object);
}

/* ---- properties ---- */

static const char *
get_id (PhLogView *self, guint prop)
{
  if (prop == PROP_ENCODING)
    return self->charset->id;

  return prop == PROP_FORM ? ph_form_id (self->form) : ph_time_kind_id (self->time);
}

static void
ph_log_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhLogView *self = PH_LOG_VIEW (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_MODE:
      g_value_set_enum (value, self->mode);
      break;
    case PROP_FORM:
    case PROP_ENCODING:
    case PROP_TIME:
      g_value_set_static_string (value, get_id (self, id));
      break;
    case PROP_AS_IT_CAME:
      g_value_set_boolean (value, self->as_it_came);
      break;
    case PROP_WRAP:
      g_value_set_boolean (value, self->wrap);
      break;
    case PROP_TIME_FORMAT:
      g_value_set_int (value, self->time_format);
      break;
    case PROP_FOLLOW:
      g_value_set_boolean (value, self->scroll.follow);
      break;
    case PROP_HIDDEN:
      g_value_set_boolean (value, self->hidden);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_COLUMNS:
      g_value_set_variant (value, ph_log_columns_dup_setting (self));
      break;
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, id == PROP_HADJUSTMENT ? self->scroll.horizontal : self->scroll.vertical);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, id == PROP_HSCROLL_POLICY ? self->scroll.horizontal_policy : self->scroll.vertical_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Sets a property of the format, and shows all records anew. */
static void
set_int (PhLogView *self, int *place, int value, guint prop)
{
  if (*place == value)
    return;
  *place = value;
  ph_log_reformat (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* An unknown encoding, from old settings, changes nothing. */
static void
set_encoding (PhLogView *self, const char *id)
{
  const PhCharset *charset = id != NULL ? ph_charset_find (id) : NULL;

  if (charset == NULL || charset == self->charset)
    return;
  self->charset = charset;
  ph_log_reformat (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ENCODING]);
}

static void
set_id (PhLogView *self, guint prop, const char *id)
{
  PhForm form = ph_form_find (id);
  PhTimeKind time;

  if (prop == PROP_ENCODING)
    set_encoding (self, id);
  else if (prop == PROP_FORM && form != PH_FORM_NOT_TOLD)
    set_int (self, (int *) &self->form, (int) form, PROP_FORM);
  else if (prop == PROP_TIME && ph_time_kind_find (id, &time))
    set_int (self, (int *) &self->time, (int) time, PROP_TIME);
}

static void
set_hidden (PhLogView *self, gboolean hidden)
{
  if (self->hidden == hidden)
    return;
  self->hidden = hidden;
  hide_from_now (self);
  ph_log_layout_renew (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HIDDEN]);
}

static void
ph_log_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhLogView *self = PH_LOG_VIEW (object);

  switch (id)
    {
    case PROP_SESSION:
      ph_log_view_set_session (self, g_value_get_object (value));
      break;
    case PROP_MODE:
      set_int (self, (int *) &self->mode, g_value_get_enum (value), id);
      break;
    case PROP_FORM:
    case PROP_ENCODING:
    case PROP_TIME:
      set_id (self, id, g_value_get_string (value));
      break;
    case PROP_AS_IT_CAME:
      set_int (self, &self->as_it_came, g_value_get_boolean (value), id);
      break;
    case PROP_WRAP:
      set_int (self, &self->wrap, g_value_get_boolean (value), id);
      break;
    case PROP_TIME_FORMAT:
      set_int (self, &self->time_format, g_value_get_int (value), id);
      break;
    case PROP_FOLLOW:
      ph_log_scroll_choose_follow (self, g_value_get_boolean (value));
      break;
    case PROP_HIDDEN:
      set_hidden (self, g_value_get_boolean (value));
      break;
    case PROP_ZOOM:
      ph_log_view_set_zoom (self, g_value_get_double (value));
      break;
    case PROP_COLUMNS:
      ph_log_columns_set_setting (self, g_value_get_variant (value));
      break;
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      ph_log_scroll_set_adjustment (self, id == PROP_HADJUSTMENT ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                                    g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      ph_log_scroll_set_policy (self, id == PROP_HSCROLL_POLICY ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL,
                                g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PH_TYPE_SESSION, flags);
  props[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, PH_TYPE_LOG_MODE, PH_LOG_MODE_COMPACT, flags);
  props[PROP_FORM] = g_param_spec_string ("form", NULL, NULL, "text", flags);
  props[PROP_ENCODING] = g_param_spec_string ("encoding", NULL, NULL, "utf-8", flags);
  props[PROP_AS_IT_CAME] = g_param_spec_boolean ("as-it-came", NULL, NULL, FALSE, flags);
  props[PROP_WRAP] = g_param_spec_boolean ("wrap", NULL, NULL, TRUE, flags);
  props[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, "time-of-day", flags);
  props[PROP_TIME_FORMAT] =
    g_param_spec_int ("time-format", NULL, NULL, PH_TIME_MILLISECONDS, PH_TIME_DATE, PH_TIME_MILLISECONDS, flags);
  props[PROP_FOLLOW] = g_param_spec_boolean ("follow", NULL, NULL, TRUE, flags);
  props[PROP_HIDDEN] = g_param_spec_boolean ("hidden", NULL, NULL, FALSE, flags);
  props[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, PH_LOG_ZOOM_MIN, PH_LOG_ZOOM_MAX, 1, flags);
  props[PROP_COLUMNS] = g_param_spec_variant ("columns", NULL, NULL, G_VARIANT_TYPE ("a(sib)"), NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

/* ---- construction ---- */

static void
ph_log_view_class_init (PhLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ph_log_view_dispose;
  object_class->finalize = ph_log_view_finalize;
  object_class->get_property = ph_log_view_get_property;
  object_class->set_property = ph_log_view_set_property;
  install_properties (object_class);

  widget_class->measure = ph_log_view_measure;
  widget_class->size_allocate = ph_log_view_size_allocate;
  widget_class->snapshot = ph_log_view_snapshot;
  widget_class->css_changed = ph_log_view_css_changed;
  widget_class->system_setting_changed = ph_log_view_system_setting_changed;
  widget_class->map = ph_log_view_map;
  widget_class->unmap = ph_log_view_unmap;
  gtk_widget_class_set_css_name (widget_class, "logview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
  ph_log_rules_class_init (widget_class);
  ph_log_input_class_init (widget_class);
  ph_log_record_class_init (widget_class);
}

static void
ph_log_view_init (PhLogView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->wrap = TRUE;
  self->form = PH_FORM_TEXT;
  self->charset = ph_charset_find ("utf-8");
  self->zoom = 1;

  /* Times, addresses and hex run from left to right, in every language. */
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (widget, "monospace");
  gtk_widget_add_css_class (widget, "view");
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (widget, "text");
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_widget_set_vexpand (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Log"), -1);

  ph_log_layout_init (self);
  ph_log_text_init (self);
  ph_log_metrics_init (self);
  ph_log_columns_init (self);
  ph_log_grid_init (self);
  ph_log_style_init (self);
  ph_log_float_init (self);
  ph_log_scroll_init (self);
  ph_log_search_init (self);
  ph_log_input_init (self);
  ph_log_head_init (self);
  ph_log_select_init (self);
  ph_log_layout_measure (self);
}

/* ---- the interface ---- */

/**
 * ph_log_view_new:
 *
 * Returns: (transfer floating): an empty log, to be put into a GtkScrolledWindow
 */
GtkWidget *
ph_log_view_new (void)
{
  return g_object_new (PH_TYPE_LOG_VIEW, NULL);
}

void
ph_log_view_set_zoom (PhLogView *self, double zoom)
{
  zoom = CLAMP (zoom, PH_LOG_ZOOM_MIN, PH_LOG_ZOOM_MAX);
  if (self->zoom == zoom)
    return;
  self->zoom = zoom;
  ph_log_scroll_forget_average (self);
  ph_log_reformat_refit (self);
  ph_log_layout_renew (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ZOOM]);
}

/**
 * ph_log_view_jump_to_newest:
 *
 * Shows the newest record, and follows.
 */
void
ph_log_view_jump_to_newest (PhLogView *self)
{
  g_return_if_fail (PH_IS_LOG_VIEW (self));

  ph_log_scroll_stop (self);
  ph_log_scroll_set_follow (self, TRUE);
}
