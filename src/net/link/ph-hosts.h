/* ph-hosts.h: the addresses of names that messages were sent to, and which of them are to be asked for again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"

G_BEGIN_DECLS

#define PH_HOSTS_MAX 1000u /* names; the one that was not used for the longest time goes */
#define PH_HOSTS_AGE (G_GINT64_CONSTANT (60) * 1000000000) /* ns for which an address is good */
#define PH_HOSTS_DOUBT G_GINT64_CONSTANT (1000000000)      /* ns between two questions because of errors */

/**
 * PhHostAge: whether the address of a name can be used.
 */
typedef enum
{
  PH_HOST_GOOD,
  PH_HOST_OLD,    /* it is to be asked for again, and serves meanwhile */
  PH_HOST_UNUSED, /* the same, but it was not used for so long that a message waits for the answer */
} PhHostAge;

/** PhHosts: of one link. Keys are those of ph_place_dup_text(); times are ns on the monotonic clock. */
typedef struct _PhHosts PhHosts;

PhHosts *ph_hosts_new (void);
void ph_hosts_free (PhHosts *hosts);
const PhAddr *ph_hosts_get (PhHosts *hosts, const char *key, gint64 now, PhHostAge *ret_age);
void ph_hosts_put (PhHosts *hosts, const char *key, const PhAddr *addr, gint64 now);
void ph_hosts_doubt (PhHosts *hosts, const PhAddr *addr);
void ph_hosts_asked (PhHosts *hosts, const char *key, guint64 id, gint64 now);
const char *ph_hosts_answered (PhHosts *hosts, guint64 id, const PhAddr *addr, gboolean *ret_changed);

G_END_DECLS
