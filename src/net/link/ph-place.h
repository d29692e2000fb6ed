/* ph-place.h: places: addresses as users type them: a host and a port, a path, or an abstract name
 *
 * Everything here may be called on any thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"

G_BEGIN_DECLS

#define PH_PORT_UNSET (-1)

/** The longest path or abstract name that every system takes, in bytes. */
#define PH_PLACE_PATH_MAX 103u

typedef enum
{
  PH_PLACE_IP,       /* a host and a port */
  PH_PLACE_PATH,     /* a file; begins with "/", "./" or "../" */
  PH_PLACE_ABSTRACT, /* a name that is no file; written with "@" in front */
} PhPlaceKind;

/**
 * PhPlace: a value. One that is all zeros is empty.
 * @name: (nullable): host name or IP address without brackets; a path; or an abstract name without "@". %NULL and "" are no name
 * @port: of %PH_PLACE_IP: 0 to 65535, or %PH_PORT_UNSET
 */
typedef struct
{
  PhPlaceKind kind;
  int port;
  char *name;
} PhPlace;

gboolean ph_place_parse (const char *text, PhPlace *ret_place, char **ret_scheme, GError **error);
char *ph_place_dup_text (const PhPlace *place);

void ph_place_set_ip (PhPlace *place, const char *host, int port);
void ph_place_set (PhPlace *place, const PhPlace *other);
void ph_place_clear (PhPlace *place);
gboolean ph_place_has_name (const PhPlace *place);
gboolean ph_place_equal (const PhPlace *one, const PhPlace *other);

gboolean ph_port_parse (const char *text, int *ret_port, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PhPlace, ph_place_clear)

G_END_DECLS
