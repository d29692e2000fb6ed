/* ph-session.c: owns the store and the worker of one endpoint, and folds the records into its state
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-session-private.h"

#include "ph-format.h"

#define FOLD_MOST (2 * G_TIME_SPAN_MILLISECOND) /* a frame: the rest of the fold waits for the next one */
#define FOLD_FILE_MOST (6 * G_TIME_SPAN_MILLISECOND) /* the same where a file is read: nothing else needs the time */

G_DEFINE_FINAL_TYPE (PhSession, ph_session, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_LOCAL,
  PROP_REMOTE,
  PROP_REPEATING,
  PROP_LISTED,
  PROP_IN_SEQUENCE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  ADVANCED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the state ---- */

GType
ph_session_state_get_type (void)
{
  static const GEnumValue values[] = {
    { PH_SESSION_CLOSED, "PH_SESSION_CLOSED", "closed" },
    { PH_SESSION_OPENING, "PH_SESSION_OPENING", "opening" },
    { PH_SESSION_OPEN, "PH_SESSION_OPEN", "open" },
    { PH_SESSION_HALF_CLOSED, "PH_SESSION_HALF_CLOSED", "half-closed" },
    { PH_SESSION_CLOSING, "PH_SESSION_CLOSING", "closing" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("PhSessionState", values));

  return type;
}

/* ---- the properties ---- */

/* The state by the records, or by what was asked for and has no record yet. */
static PhSessionState
current_state (PhSession *self)
{
  if (self->file != NULL)
    return PH_SESSION_CLOSED;
  if (self->openings_asked > self->fold.openings)
    return self->closing ? PH_SESSION_CLOSING : PH_SESSION_OPENING;
  if (self->closing && self->fold.state != PH_SESSION_CLOSED)
    return PH_SESSION_CLOSING;

  return self->fold.state;
}

static void
update_text (PhSession *self, char **text, const char *now, guint prop)
{
  if (g_strcmp0 (*text, now) == 0)
    return;
  g_free (*text);
  *text = g_strdup (now);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/**
 * ph_session_update_properties:
 *
 * The addresses are set first: handlers of "notify::state" read them.
 */
void
ph_session_update_properties (PhSession *self)
{
  PhSessionState state = current_state (self);
  gboolean repeating;
  guint listed;

  if (state == PH_SESSION_CLOSED)
    self->closing = FALSE;
  update_text (self, &self->local, ph_names_get_local (self->fold.names), PROP_LOCAL);
  update_text (self, &self->remote, self->fold.remote, PROP_REMOTE);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  repeating = self->repeats_asked > MAX (self->fold.repeats_ended, self->repeats_stopped);
  if (self->repeating != repeating)
    {
      self->repeating = repeating;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REPEATING]);
    }
  listed = g_hash_table_size (self->fold.listed);
  if (self->listed != listed)
    {
      self->listed = listed;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LISTED]);
    }
  if (self->in_sequence != self->fold.in_sequence)
    {
      self->in_sequence = self->fold.in_sequence;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IN_SEQUENCE]);
    }
}

/* ---- the fold ---- */

static void
tell_error (PhSession *self, PhFoldError *error, gboolean fatal)
{
  g_autofree guint8 *payload = g_steal_pointer (&error->payload);
  g_autofree char *message = NULL;

  /* Errors in a file that is read happened long ago. */
  if (payload == NULL || self->file != NULL)
    return;
  message = ph_format_event (&error->record, payload, NULL, PH_LANGUAGE_USER);
  g_signal_emit (self, signals[FAILED], 0, message, error->record.detail, fatal);
}

/* The memory limit may drop records only after handlers of "advanced" have seen them. */
static void
tell (PhSession *self)
{
  ph_peers_flush (self->fold.peers);
  if (self->fold.facts.was_open)
    ph_session_want_capture (self);
  ph_session_update_properties (self);
  g_signal_emit (self, signals[ADVANCED], 0);
  tell_error (self, &self->fold.error, FALSE);
  tell_error (self, &self->fold.fatal, TRUE);
  ph_store_release (self->store, self->fold.end);
}

/* What was cleared is the first to go where memory is full and nothing else may. Drops only folded records: state and counters need the
 * others. */
static void
forget_cleared (PhSession *self)
{
  if (ph_session_is_paused (self) && ph_store_first (self->store) < self->start)
    ph_store_discard (self->store, MIN (self->start, self->fold.end));
}

static PhRefreshNext
advance_cb (gpointer data)
{
  g_autoptr (PhSession) self = g_object_ref (data);
  gint64 deadline = g_get_monotonic_time () + (self->file != NULL ? FOLD_FILE_MOST : FOLD_MOST);
  guint64 before = self->fold.end;
  gboolean paused = ph_session_is_paused (self), loaded = ph_store_take_loaded (self->store);
  gboolean awaits = ph_fold_store (&self->fold, self->store, ph_store_end (self->store), deadline);

  if (self->fold.end == before && paused == self->paused && !loaded)
    return awaits ? PH_REFRESH_AWAIT : PH_REFRESH_SLEEP;
  self->paused = paused;
  forget_cleared (self);
  tell (self);

  return PH_REFRESH_AGAIN;
}

/* ---- the worker ---- */

/**
 * ph_session_get_worker:
 * @error: why there is none
 *
 * Starts the worker when it is first needed. The next call tries again.
 *
 * Returns: (nullable) (transfer none): %NULL with @error set, if the system has no descriptor or no thread for it
 */
PhWorker *
ph_session_get_worker (PhSession *self, GError **error)
{
  if (self->worker == NULL)
    {
      ph_session_begin_capture (self);
      self->worker = ph_worker_new (self->store, error);
      if (self->worker != NULL)
        ph_worker_set_form (self->worker, self->form);
    }

  return self->worker;
}

/* ---- the object ---- */

static void
ph_session_finalize (GObject *object)
{
  PhSession *self = PH_SESSION (object);

  /* The worker may wait for a reader, and it uses the refresh until its thread has ended. */
  ph_store_abandon (self->store);
  g_clear_pointer (&self->worker, ph_worker_free);
  ph_refresh_free (self->refresh);
  ph_session_end_capture (self);

  ph_fold_clear (&self->fold);
  g_clear_pointer (&self->endpoint, ph_endpoint_free);
  g_free (self->local);
  g_free (self->remote);

  G_OBJECT_CLASS (ph_session_parent_class)->finalize (object);
}

static void
ph_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PhSession *self = PH_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_LOCAL:
      g_value_set_string (value, self->local);
      break;
    case PROP_REMOTE:
      g_value_set_string (value, self->remote);
      break;
    case PROP_REPEATING:
      g_value_set_boolean (value, self->repeating);
      break;
    case PROP_LISTED:
      g_value_set_uint (value, self->listed);
      break;
    case PROP_IN_SEQUENCE:
      g_value_set_boolean (value, self->in_sequence);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, PH_TYPE_SESSION_STATE, PH_SESSION_CLOSED, flags);
  props[PROP_LOCAL] = g_param_spec_string ("local", NULL, NULL, NULL, flags);
  props[PROP_REMOTE] = g_param_spec_string ("remote", NULL, NULL, NULL, flags);
  props[PROP_REPEATING] = g_param_spec_boolean ("repeating", NULL, NULL, FALSE, flags);
  props[PROP_LISTED] = g_param_spec_uint ("listed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_IN_SEQUENCE] = g_param_spec_boolean ("in-sequence", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ph_session_class_init (PhSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ph_session_finalize;
  object_class->get_property = ph_session_get_property;
  install_properties (object_class);

  signals[ADVANCED] =
    g_signal_new ("advanced", PH_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", PH_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                  G_TYPE_STRING, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
ph_session_init (PhSession *self)
{
  ph_fold_init (&self->fold, PH_LIMIT_PEERS);
  self->file_most = G_MAXUINT64;
  self->refresh = ph_refresh_new (advance_cb, self);
  self->store = ph_store_new (PH_SESSION_MEMORY_DEFAULT, ph_refresh_wake, self->refresh);
  ph_refresh_set_store (self->refresh, self->store);
}

/**
 * ph_session_new:
 *
 * Signals are emitted in the thread-default main context of the caller. The memory limit of the store is
 * %PH_SESSION_MEMORY_DEFAULT.
 *
 * Returns: (transfer full): a closed session
 */
PhSession *
ph_session_new (void)
{
  return g_object_new (PH_TYPE_SESSION, NULL);
}

/**
 * ph_session_get_store:
 *
 * The main thread is its only reader. It may hold records that are newer than the last "advanced".
 *
 * Returns: (transfer none): the records
 */
PhStore *
ph_session_get_store (PhSession *session)
{
  return session->store;
}

/**
 * ph_session_get_end:
 *
 * Returns: the sequence number behind the last folded record. State, counters and peers cover the records before it;
 *   readers of the store that show addresses stop here until the next "advanced"
 */
guint64
ph_session_get_end (PhSession *session)
{
  return session->fold.end;
}

/** ph_session_get_newest: Returns: the time of the newest folded record, in ns since 1970; the present before the first */
gint64
ph_session_get_newest (PhSession *session)
{
  return session->fold.newest != 0 ? session->fold.newest : g_get_real_time () * 1000;
}

/** ph_session_get_state: Returns: the state; it is opening or closing as soon as that was asked for */
PhSessionState
ph_session_get_state (PhSession *session)
{
  return session->state;
}

/** ph_session_is_active: Returns: whether its state is not closed */
gboolean
ph_session_is_active (PhSession *session)
{
  return ph_session_get_state (session) != PH_SESSION_CLOSED;
}

/**
 * ph_session_open:
 * @endpoint: what to open; copied
 *
 * Closes what is open, then begins to open @endpoint. "state" and "failed" say how it goes.
 */
void
ph_session_open (PhSession *session, const PhEndpoint *endpoint)
{
  g_autoptr (GError) error = NULL;
  const PhTransport *transport;

  g_return_if_fail (PH_IS_SESSION (session));
  g_return_if_fail (endpoint != NULL);
  g_return_if_fail (session->file == NULL);

  g_clear_pointer (&session->endpoint, ph_endpoint_free);
  session->endpoint = ph_endpoint_copy (endpoint);
  transport = ph_session_get_transport (session);
  session->fold.stream = ph_transport_is_stream (transport);
  session->openings_asked++;
  session->closing = FALSE;
  if (ph_session_get_worker (session, &error) != NULL)
    ph_worker_open (session->worker, endpoint);
  else
    ph_session_fail_to_open (session, error);
  ph_session_update_properties (session);
}

/** ph_session_close: begins to close what is open or opening. */
void
ph_session_close (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  if (!ph_session_is_active (session))
    return;
  session->closing = TRUE;
  if (session->worker != NULL)
    ph_worker_close (session->worker);
  ph_session_update_properties (session);
}

/** ph_session_set_pause: @pause: µs from one "advanced" to the next, at least; at first the time of a frame */
void
ph_session_set_pause (PhSession *session, gint64 pause)
{
  g_return_if_fail (PH_IS_SESSION (session));

  ph_refresh_set_pause (session->refresh, pause);
}

/**
 * ph_session_set_form:
 * @form: ph_record_form(): how what is received is to be shown
 *
 * Records of what is received from now on say so.
 */
void
ph_session_set_form (PhSession *session, guint8 form)
{
  g_return_if_fail (PH_IS_SESSION (session));

  session->form = form;
  if (session->worker != NULL)
    ph_worker_set_form (session->worker, form);
}

/**
 * ph_session_control:
 * @peer: a client of a server; for a TCP client its server, %PH_PEER_ALL or %PH_PEER_NONE
 *
 * Does something with one connection. Records tell what became of it; #PhPeer has the state. A TCP client that is disconnected or
 * reset closes the session.
 */
void
ph_session_control (PhSession *session, guint32 peer, PhPeerAction action)
{
  g_return_if_fail (PH_IS_SESSION (session));

  if (session->worker != NULL)
    ph_worker_control (session->worker, peer, action);
}

/**
 * ph_session_set_first:
 * @seq: a sequence number; 0 for all that there are
 *
 * Records before @seq are not shown, found or saved from memory any more. They stay in memory and on file, and so do state and counters:
 * with a smaller number they are shown again. Only where memory is full, and the user has chosen that nothing is dropped then, they go.
 */
void
ph_session_set_first (PhSession *session, guint64 seq)
{
  g_return_if_fail (PH_IS_SESSION (session));

  session->start = seq;
  ph_fold_store (&session->fold, session->store, ph_store_end (session->store), g_get_monotonic_time () + FOLD_FILE_MOST);
  forget_cleared (session);
  tell (session);
}

/**
 * ph_session_get_first:
 *
 * Returns: the first record that is shown: what is before it was cleared, or is gone
 */
guint64
ph_session_get_first (PhSession *session)
{
  return MAX (ph_store_first (session->store), session->start);
}

/** ph_session_clear: shows nothing of what is there now; see ph_session_set_first(). */
void
ph_session_clear (PhSession *session)
{
  ph_session_set_first (session, ph_store_end (session->store));
}

/* ---- getters ---- */

/** ph_session_get_transport: Returns: (nullable): of the endpoint opened last; %NULL before the first */
const PhTransport *
ph_session_get_transport (PhSession *session)
{
  return session->endpoint != NULL ? ph_transport_find (session->endpoint->transport) : NULL;
}

/** ph_session_get_endpoint: Returns: (nullable) (transfer none): what was opened last; %NULL before the first */
const PhEndpoint *
ph_session_get_endpoint (PhSession *session)
{
  return session->endpoint;
}

/** ph_session_get_local: Returns: (nullable) (transfer none): what is bound while open, as ph_names_get_local() gives it */
const char *
ph_session_get_local (PhSession *session)
{
  return session->local;
}

/** ph_session_get_remote: Returns: (nullable) (transfer none): the connected peer's address while open */
const char *
ph_session_get_remote (PhSession *session)
{
  return session->remote;
}

/** ph_session_get_facts: Returns: facts from the records that are no state and no counter, as of the last "advanced" */
const PhFacts *
ph_session_get_facts (PhSession *session)
{
  return &session->fold.facts;
}

/** ph_session_get_names: Returns: what the numbers in its records stand for, as of ph_session_get_end() */
PhNames *
ph_session_get_names (PhSession *session)
{
  return session->fold.names;
}

/** ph_session_get_opened: Returns: when it was opened, as of ph_session_get_end() */
const PhOpened *
ph_session_get_opened (PhSession *session)
{
  return session->fold.times;
}

/** ph_session_get_destination: Returns: (nullable): where @record was sent to, if that was not the bound address */
const PhDestination *
ph_session_get_destination (PhSession *session, const PhRecord *record)
{
  return ph_names_get_destination (session->fold.names, record);
}

/** ph_session_get_counters: Returns: bytes and packets since the last reset, as of the last "advanced" */
const PhCounters *
ph_session_get_counters (PhSession *session)
{
  return &session->fold.counters;
}

/** ph_session_get_rates: Returns: bytes and packets by time, as of the last "advanced" */
PhRates *
ph_session_get_rates (PhSession *session)
{
  return session->fold.rates;
}

/** ph_session_reset_counters: sets all counters to zero; the records stay. */
void
ph_session_reset_counters (PhSession *session)
{
  g_return_if_fail (PH_IS_SESSION (session));

  session->fold.counters = (PhCounters) { 0 };
}

/**
 * ph_session_get_peers:
 *
 * Returns: #PhPeer items: a server's clients as they joined, or the newest datagram peers first
 */
GListModel *
ph_session_get_peers (PhSession *session)
{
  return G_LIST_MODEL (session->fold.peers);
}

/**
 * ph_session_get_server:
 *
 * Returns: (transfer none) (nullable): the peer of a TCP client that is open, with what was done with the connection; it is in no
 *   list of ph_session_get_peers()
 */
PhPeer *
ph_session_get_server (PhSession *session)
{
  return ph_peers_get_peer (session->fold.peers, session->fold.server);
}

/**
 * ph_session_get_peer_address:
 * @peer: a peer number from a record
 *
 * Returns: (nullable) (transfer none): the address, valid until the next turn of the main loop
 */
const char *
ph_session_get_peer_address (PhSession *session, guint32 peer)
{
  return ph_names_get_peer (session->fold.names, peer);
}
