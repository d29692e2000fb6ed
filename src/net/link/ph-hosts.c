/* ph-hosts.c: the addresses of names that messages were sent to, and which of them are to be asked for again
 *
 * An address is asked for again when it is a minute old, and after an error of what was sent there. Where it is in use, the old one
 * serves until the answer comes, so a repeat does not halt. Where it was not used for as long, nothing is known of it any more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-config.h"

#include "ph-hosts.h"

typedef struct
{
  PhAddr addr;
  gint64 asked, used; /* ns */
  guint64 asking;     /* id of the look-up under way; 0: none */
  gboolean doubted;   /* something that was sent there came back */
} Host;

struct _PhHosts
{
  GHashTable *all; /* key → #Host */
};

/** ph_hosts_new: Returns: (transfer full): freed by ph_hosts_free() */
PhHosts *
ph_hosts_new (void)
{
  PhHosts *self = g_new0 (PhHosts, 1);

  self->all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/** ph_hosts_free: @self: (transfer full): */
void
ph_hosts_free (PhHosts *self)
{
  g_hash_table_unref (self->all);
  g_free (self);
}

/**
 * ph_hosts_get:
 * @ret_age: (out): if it is not %PH_HOST_GOOD, it is to be asked for again: then call ph_hosts_asked()
 *
 * Returns: (nullable): the address; valid until the next call
 */
const PhAddr *
ph_hosts_get (PhHosts *self, const char *key, gint64 now, PhHostAge *ret_age)
{
  Host *host = g_hash_table_lookup (self->all, key);
  gint64 most;

  *ret_age = PH_HOST_GOOD;
  if (host == NULL)
    return NULL;
  most = host->doubted ? PH_HOSTS_DOUBT : PH_HOSTS_AGE;
  if (host->asking == 0 && now - host->asked >= most)
    *ret_age = now - host->used >= most ? PH_HOST_UNUSED : PH_HOST_OLD;
  host->used = now;

  return &host->addr;
}

static void
drop_oldest (PhHosts *self)
{
  GHashTableIter iter;
  gpointer key, value, oldest = NULL;
  gint64 used = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->all);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Host *) value)->used < used)
      {
        used = ((Host *) value)->used;
        oldest = key;
      }
  g_hash_table_remove (self->all, oldest);
}

/** ph_hosts_put: @now: when @addr was found for a name that is not known yet */
void
ph_hosts_put (PhHosts *self, const char *key, const PhAddr *addr, gint64 now)
{
  Host host = { .addr = *addr, .asked = now, .used = now };

  if (g_hash_table_size (self->all) >= PH_HOSTS_MAX && !g_hash_table_contains (self->all, key))
    drop_oldest (self);
  g_hash_table_insert (self->all, g_strdup (key), g_memdup2 (&host, sizeof host));
}

/** ph_hosts_doubt: what was sent to @addr failed or came back: names that have this address are asked for again. */
void
ph_hosts_doubt (PhHosts *self, const PhAddr *addr)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (ph_plat_addr_equal (&((Host *) value)->addr, addr))
      ((Host *) value)->doubted = TRUE;
}

/** ph_hosts_asked: @id: of the look-up that is under way now, more than 0 */
void
ph_hosts_asked (PhHosts *self, const char *key, guint64 id, gint64 now)
{
  Host *host = g_hash_table_lookup (self->all, key);

  if (host == NULL)
    return;
  host->asking = id;
  host->asked = now;
  host->doubted = FALSE;
}

/**
 * ph_hosts_answered:
 * @id: of the look-up
 * @addr: (nullable): what was found; without it the old address stays
 * @ret_changed: (out): whether it is another address than before
 *
 * Returns: (nullable): the key of the name; %NULL if it was not asked for again; valid until the next call
 */
const char *
ph_hosts_answered (PhHosts *self, guint64 id, const PhAddr *addr, gboolean *ret_changed)
{
  GHashTableIter iter;
  gpointer key, value;

  *ret_changed = FALSE;
  g_hash_table_iter_init (&iter, self->all);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Host *host = value;

      if (host->asking != id)
        continue;
      host->asking = 0;
      *ret_changed = addr != NULL && !ph_plat_addr_equal (&host->addr, addr);
      if (addr != NULL)
        host->addr = *addr;
      return key;
    }

  return NULL;
}
