/* ph-finder.c: searches all records of a session, and new ones as they come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-finder.h"

#include "ph-scan.h"

#define FRAME 16 /* ms: results within this time cause one "changed" */

struct _PhFinder
{
  GObject parent_instance;

  gboolean active; /* there is a query */
  guint64 first;   /* the first record that is searched: what is before it is gone or cleared */
  guint64 n_unknown, unknown; /* records that were given up, and the first of them */
  PhSearchQuery query; /* of @search; its strings are owned */

  /* owned */
  PhSession *session;
  PhScan *scan;
  PhSearch *search; /* for the main thread: finds the place of a match in a record; the scan has its own */
  PhMatches *matches;

  GMutex mutex;     /* guards what follows */
  GSource *arrival; /* nullable: will take results on the main thread */
};

G_DEFINE_FINAL_TYPE (PhFinder, ph_finder, G_TYPE_OBJECT)

enum
{
  CHANGED,
  RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what was found ---- */

static void
take_pieces (PhFinder *self)
{
  g_autoptr (GArray) pieces = ph_scan_take (self->scan);

  for (guint i = 0; i < pieces->len; i++)
    {
      const PhScanPiece *piece = &g_array_index (pieces, PhScanPiece, i);

      ph_matches_append (self->matches, piece->first, piece->n, piece->bits);
      if (piece->n_unknown > 0 && self->n_unknown == 0)
        self->unknown = piece->unknown;
      self->n_unknown += piece->n_unknown;
    }
  ph_matches_trim (self->matches, ph_session_get_first (self->session));
}

static gboolean
arrived_cb (gpointer data)
{
  g_autoptr (PhFinder) self = g_object_ref (data);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->arrival, g_source_unref);
  g_mutex_unlock (&self->mutex);
  if (self->active)
    {
      take_pieces (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }

  return G_SOURCE_REMOVE;
}

/* Called on the scan's thread. */
static void
found_cb (gpointer data)
{
  PhFinder *self = data;

  g_mutex_lock (&self->mutex);
  if (self->arrival == NULL)
    {
      self->arrival = g_timeout_source_new (FRAME);
      g_source_set_callback (self->arrival, arrived_cb, self, NULL);
      g_source_attach (self->arrival, NULL);
    }
  g_mutex_unlock (&self->mutex);
}

/* ---- the session ---- */

/* There are new records to search; matches in records that were dropped or cleared are removed. What is shown again has to be searched
 * again. */
static void
advanced_cb (PhFinder *self)
{
  guint64 first = ph_session_get_first (self->session);

  if (!self->active)
    return;
  if (first < self->first)
    {
      ph_finder_set_query (self, &self->query, NULL);
      return;
    }
  ph_scan_advance (self->scan, ph_session_get_end (self->session));
  if (first == self->first)
    return;
  self->first = first;
  ph_matches_trim (self->matches, first);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
name_cb (const PhRecord *record, const char *text, gpointer search)
{
  ph_search_name (search, record, (const guint8 *) text);
}

static void
keep_query (PhFinder *self, const PhSearchQuery *query)
{
  PhSearchQuery kept = query != NULL ? *query : (PhSearchQuery) { .text = NULL };

  kept.text = g_strdup (kept.text);
  kept.peer = g_strdup (kept.peer);
  g_free ((char *) self->query.text);
  g_free ((char *) self->query.peer);
  self->query = kept;
}

/* ---- the object ---- */

static void
ph_finder_finalize (GObject *object)
{
  PhFinder *self = PH_FINDER (object);

  ph_scan_free (self->scan);
  if (self->arrival != NULL)
    g_source_destroy (self->arrival);
  g_clear_pointer (&self->arrival, g_source_unref);
  g_clear_pointer (&self->search, ph_search_free);
  ph_matches_free (self->matches);
  keep_query (self, NULL);
  g_mutex_clear (&self->mutex);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (ph_finder_parent_class)->finalize (object);
}

static void
ph_finder_class_init (PhFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ph_finder_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", PH_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET] = g_signal_new ("reset", PH_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ph_finder_init (PhFinder *self)
{
  self->matches = ph_matches_new ();
  g_mutex_init (&self->mutex);
}

/**
 * ph_finder_new:
 *
 * Returns: (transfer full): a finder without a query, which keeps a reference to @session
 */
PhFinder *
ph_finder_new (PhSession *session)
{
  PhFinder *self = g_object_new (PH_TYPE_FINDER, NULL);

  self->session = g_object_ref (session);
  self->scan = ph_scan_new (ph_session_get_store (session), found_cb, self);
  g_signal_connect_object (session, "advanced", G_CALLBACK (advanced_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * ph_finder_set_query:
 * @query: (nullable): copied; %NULL to end the search
 *
 * Starts a new search and drops the matches of the one before. A query that every record matches counts as none.
 *
 * Returns: %FALSE with @error if the query is not valid, or there is no thread to search; then there is no query
 */
gboolean
ph_finder_set_query (PhFinder *finder, const PhSearchQuery *query, GError **error)
{
  gboolean wanted = query != NULL && !ph_search_query_is_empty (query);

  g_return_val_if_fail (PH_IS_FINDER (finder), FALSE);

  finder->first = ph_session_get_first (finder->session);
  ph_scan_stop (finder->scan);
  ph_matches_reset (finder->matches, finder->first);
  finder->n_unknown = 0;
  g_clear_pointer (&finder->search, ph_search_free);
  if (wanted)
    finder->search = ph_search_new (query, error);
  finder->active = finder->search != NULL;
  keep_query (finder, finder->active ? query : NULL);
  if (finder->active)
    finder->active = ph_scan_start (finder->scan, ph_finder_dup_search (finder), finder->first,
                                    ph_session_get_end (finder->session), error);
  g_signal_emit (finder, signals[RESET], 0);

  return finder->active || !wanted;
}

/**
 * ph_finder_is_active:
 *
 * Returns: whether there is a query
 */
gboolean
ph_finder_is_active (PhFinder *finder)
{
  g_return_val_if_fail (PH_IS_FINDER (finder), FALSE);

  return finder->active;
}

/**
 * ph_finder_is_running:
 *
 * Returns: whether there are records that are not searched yet
 */
gboolean
ph_finder_is_running (PhFinder *finder)
{
  g_return_val_if_fail (PH_IS_FINDER (finder), FALSE);

  return finder->active && ph_matches_end (finder->matches) < ph_session_get_end (finder->session);
}

/**
 * ph_finder_get_matches:
 *
 * Returns: (transfer none): the matching records; the same set for the life of the finder
 */
const PhMatches *
ph_finder_get_matches (PhFinder *finder)
{
  g_return_val_if_fail (PH_IS_FINDER (finder), NULL);

  return finder->matches;
}

/**
 * ph_finder_get_unknown:
 * @ret_first: (out): sequence number of the first of them; not changed if there is none
 *
 * Returns: number of records that may match, but were given up, because the expression is too slow for them
 */
guint64
ph_finder_get_unknown (PhFinder *finder, guint64 *ret_first)
{
  g_return_val_if_fail (PH_IS_FINDER (finder), 0);

  if (finder->n_unknown > 0)
    *ret_first = finder->unknown;

  return finder->n_unknown;
}

/**
 * ph_finder_get_search:
 *
 * Returns: (transfer none) (nullable): to find the place of a match in a record; valid until the next query
 */
PhSearch *
ph_finder_get_search (PhFinder *finder)
{
  g_return_val_if_fail (PH_IS_FINDER (finder), NULL);

  return finder->search;
}

/**
 * ph_finder_dup_search:
 * @finder: a finder with a query
 *
 * Returns: (transfer full): the same search for another thread. It knows the names that the session knows: of records that are gone, or
 *   that are not searched
 */
PhSearch *
ph_finder_dup_search (PhFinder *finder)
{
  PhSearch *search = ph_search_new (&finder->query, NULL);

  ph_names_foreach (ph_session_get_names (finder->session), name_cb, search);

  return search;
}
