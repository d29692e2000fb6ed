/* ph-live-saving.c: whether a tab saves what it receives, and the save that runs
 *
 * What is changed in the options while it runs holds from then on, in a new file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-live-saving.h"

#include "ph-compat-files.h"
#include "ph-log-form.h"
#include "ph-name-pattern.h"

#include <glib/gi18n.h>

#define PACE 200 /* ms after records until the size is asked for */

/* In which form payloads are written: as the log shows them, also after that was changed. Shared with the thread of a save. */
typedef struct
{
  GMutex mutex;
  PhLogForms *forms;
} Forms;

struct _PhLiveSaving
{
  GObject parent_instance;

  gboolean active;
  char *failure;
  guint later; /* source, or 0 */
  guint again; /* source, or 0: the options have changed */
  gboolean start_when_chosen;

  /* borrowed */
  GtkWidget *owner; /* the page */
  PhSession *session;

  /* owned */
  PhSaveOptions *options;
  PhReceiveOptions *receive;
  PhLiveSave *save; /* nullable */
  Forms *forms;     /* nullable: of @save, and so an atomic box */
};

G_DEFINE_FINAL_TYPE (PhLiveSaving, ph_live_saving, G_TYPE_OBJECT)

enum
{
  PROP_ACTIVE = 1,
  PROP_FAILURE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the form of payloads ---- */

static void
forms_clear (gpointer data)
{
  Forms *forms = data;

  g_mutex_clear (&forms->mutex);
  g_clear_pointer (&forms->forms, ph_log_forms_free);
}

static void
forms_release (gpointer forms)
{
  g_atomic_rc_box_release_full (forms, forms_clear);
}

static PhExportPayload
payload_cb (gpointer data, const PhRecord *record, const guint8 *payload)
{
  Forms *forms = data;
  PhLogForm form;

  g_mutex_lock (&forms->mutex);
  form = ph_log_forms_get (forms->forms, record, payload);
  g_mutex_unlock (&forms->mutex);

  return (PhExportPayload) { form.hex, form.charset };
}

static PhLogFormat
read_format (PhLiveSaving *self)
{
  g_autofree char *encoding = NULL, *shown = NULL;
  PhLogFormat format = { 0 };

  g_object_get (self->receive, "encoding", &encoding, "form", &shown, "as-it-came", &format.as_it_came, NULL);
  format.form = ph_form_find (shown);
  format.charset = ph_charset_find (encoding);

  return format;
}

/* A change of text, hex or encoding holds from now on, in the same file. */
static void
update_forms (PhLiveSaving *self)
{
  const PhLogFormat format = read_format (self);
  PhLogForms *before;

  if (self->forms == NULL)
    return;
  g_mutex_lock (&self->forms->mutex);
  before = self->forms->forms;
  self->forms->forms = ph_log_forms_new (&format);
  g_mutex_unlock (&self->forms->mutex);
  g_clear_pointer (&before, ph_log_forms_free);
}

static void
set_form (PhLiveSaving *self, PhExportForm *form)
{
  const PhLogFormat format = read_format (self);

  self->forms = g_atomic_rc_box_new0 (Forms);
  g_mutex_init (&self->forms->mutex);
  update_forms (self);

  form->time = PH_TIME_DATE;
  form->payload = (PhExportPayload) { format.form == PH_FORM_HEX, format.charset };
  form->payload_func = payload_cb;
  form->data = g_atomic_rc_box_acquire (self->forms);
  form->free_data = forms_release;
}

/* ---- starting and stopping ---- */

static void
set_failure (PhLiveSaving *self, const char *failure)
{
  if (g_strcmp0 (self->failure, failure) == 0)
    return;
  g_free (self->failure);
  self->failure = g_strdup (failure);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FAILURE]);
}

static void
set_active (PhLiveSaving *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

static void
stop (PhLiveSaving *self)
{
  g_clear_pointer (&self->save, ph_live_save_free);
  g_clear_pointer (&self->forms, forms_release);
}

static gboolean
begin (PhLiveSaving *self, GError **error)
{
  g_autoptr (PhNamePattern) pattern = ph_name_pattern_new (ph_save_options_get_pattern (self->options), NULL, error);
  PhLiveSaveSpec spec = { .form = { 0 } };
  g_autofree char *folder = NULL;

  if (pattern == NULL || !ph_save_options_read (self->options, &spec, error))
    return FALSE;
  folder = g_filename_from_utf8 (spec.folder, -1, NULL, NULL, error);
  if (folder == NULL)
    return FALSE;
  spec.folder = folder;
  set_form (self, &spec.form);
  self->save = ph_live_save_new (self->session, &spec, error);

  return self->save != NULL;
}

static void
start (PhLiveSaving *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  stop (self);
  if (!begin (self, &error))
    words = g_strdup_printf (_("Cannot save what is received: %s"), error->message);
  if (words != NULL)
    stop (self);
  set_failure (self, words);
  set_active (self, words == NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- what happens while it runs ---- */

static void
later_cb (gpointer data)
{
  PhLiveSaving *self = data;
  g_auto (PhLiveSaveStatus) status = { 0 };

  self->later = 0;
  if (!ph_live_saving_get_status (self, &status))
    return;
  set_failure (self, status.failure);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The thread has written a little later than this. Without records nothing wakes. */
static void
advanced_cb (PhLiveSaving *self)
{
  if (self->save != NULL && self->later == 0)
    self->later = g_timeout_add_once (PACE, later_cb, self);
}

static void
again_cb (gpointer data)
{
  PhLiveSaving *self = data;

  self->again = 0;
  if (self->active)
    start (self);
}

/* Several may change at once. */
static void
options_changed_cb (PhLiveSaving *self)
{
  if (self->active && self->again == 0)
    self->again = g_idle_add_once (again_cb, self);
  else if (!self->active)
    set_failure (self, NULL);
}

/* ---- the folder ---- */

static void
chosen_cb (gpointer data, GFile *folder)
{
  PhLiveSaving *self = data;
  g_autofree char *path = g_file_get_path (folder), *shown = path != NULL ? g_filename_to_utf8 (path, -1, NULL, NULL, NULL) : NULL;

  if (shown == NULL)
    {
      set_failure (self, _("Cannot save what is received: the folder is not on this machine"));
      return;
    }
  g_object_set (self->options, "folder", shown, NULL);
  if (self->start_when_chosen)
    start (self);
}

static void
ask_folder (PhLiveSaving *self, gboolean start_then)
{
  GtkRoot *root = gtk_widget_get_root (self->owner);

  self->start_when_chosen = start_then;
  ph_compat_ask_folder (GTK_WINDOW (root), _("Where to save what is received"), chosen_cb, self);
}

/* ---- the object ---- */

static void
ph_live_saving_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhLiveSaving *self = PH_LIVE_SAVING (object);

  if (id == PROP_ACTIVE)
    g_value_set_boolean (value, self->active);
  else if (id == PROP_FAILURE)
    g_value_set_string (value, self->failure);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
ph_live_saving_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PhLiveSaving *self = PH_LIVE_SAVING (object);

  if (id != PROP_ACTIVE)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (!g_value_get_boolean (value))
    ph_live_saving_end (self);
  else if (!self->active && *ph_save_options_get_folder (self->options) == '\0')
    ask_folder (self, TRUE);
  else if (!self->active)
    start (self);
}

static void
ph_live_saving_dispose (GObject *object)
{
  PhLiveSaving *self = PH_LIVE_SAVING (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_handle_id (&self->again, g_source_remove);
  stop (self);
  g_clear_object (&self->options);
  g_clear_object (&self->receive);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (ph_live_saving_parent_class)->dispose (object);
}

static void
ph_live_saving_class_init (PhLiveSavingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ph_live_saving_get_property;
  object_class->set_property = ph_live_saving_set_property;
  object_class->dispose = ph_live_saving_dispose;
  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", PH_TYPE_LIVE_SAVING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_live_saving_init (PhLiveSaving *self)
{
}

/**
 * ph_live_saving_new:
 * @session: must outlive it, and so must @owner
 * @receive: in which form payloads are written
 * @owner: in the window that asks for a folder
 *
 * Returns: (transfer full): one that saves nothing yet
 */
PhLiveSaving *
ph_live_saving_new (PhSession *session, PhSaveOptions *options, PhReceiveOptions *receive, GtkWidget *owner)
{
  PhLiveSaving *self = g_object_new (PH_TYPE_LIVE_SAVING, NULL);

  self->session = session;
  self->owner = owner;
  self->options = g_object_ref (options);
  self->receive = g_object_ref (receive);
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (options, "notify", G_CALLBACK (options_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (receive, "notify", G_CALLBACK (update_forms), self, G_CONNECT_SWAPPED);

  return self;
}

/** ph_live_saving_get_options: Returns: (transfer none): what it saves, and how */
PhSaveOptions *
ph_live_saving_get_options (PhLiveSaving *saving)
{
  return saving->options;
}

/**
 * ph_live_saving_get_status:
 * @ret_status: (out): unchanged if nothing is saved
 *
 * Returns: whether something is saved
 */
gboolean
ph_live_saving_get_status (PhLiveSaving *saving, PhLiveSaveStatus *ret_status)
{
  g_return_val_if_fail (PH_IS_LIVE_SAVING (saving), FALSE);

  if (saving->save != NULL)
    ph_live_save_get_status (saving->save, ret_status);

  return saving->save != NULL;
}

/** ph_live_saving_choose_folder: Asks for the folder of the files. */
void
ph_live_saving_choose_folder (PhLiveSaving *saving)
{
  g_return_if_fail (PH_IS_LIVE_SAVING (saving));

  ask_folder (saving, FALSE);
}

/** ph_live_saving_show_folder: Shows the folder of the files in the file manager. */
void
ph_live_saving_show_folder (PhLiveSaving *saving)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (PH_IS_LIVE_SAVING (saving));

  folder = g_filename_from_utf8 (ph_save_options_get_folder (saving->options), -1, NULL, NULL, NULL);
  if (folder != NULL && *folder != '\0')
    ph_compat_show_folder (GTK_WINDOW (gtk_widget_get_root (saving->owner)), folder);
}

/** ph_live_saving_end: Saves no more. What there is by now is written by another thread. */
void
ph_live_saving_end (PhLiveSaving *saving)
{
  g_return_if_fail (PH_IS_LIVE_SAVING (saving));

  stop (saving);
  set_failure (saving, NULL);
  set_active (saving, FALSE);
  g_signal_emit (saving, signals[CHANGED], 0);
}
