/* ph-plat-private.h: what the files of the platform share among themselves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-plat.h"

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#endif

G_BEGIN_DECLS

typedef union
{
  struct sockaddr any;
  struct sockaddr_in v4;
  struct sockaddr_in6 v6;
  struct sockaddr_storage storage;
} PhSockaddr;

/* A word for machines that says which of the system's errors it was: ph_error_get_cause(). */
#define PH_PLAT_CAUSE_MAX 24

socklen_t ph_plat_addr_to_native (const PhAddr *addr, PhSockaddr *ret_native);
void ph_plat_addr_from_native (const PhSockaddr *native, PhAddr *ret_addr);
gboolean ph_plat_addr_refuse_look_up (const char *host, GError **error);

#define PH_SCOPE_NAME_MAX 24
guint32 ph_plat_scope_from_name (const char *name);
void ph_plat_scope_name (guint32 scope, char name[PH_SCOPE_NAME_MAX]);

#ifdef _WIN32
const char *ph_plat_win32_cause (int code, char text[PH_PLAT_CAUSE_MAX]);
PhError ph_plat_error_from_win32 (PhOperation operation, int code);
void ph_plat_set_win32 (GError **error, PhOperation operation, int code);
void ph_plat_forget_errors (PhFd fd);
#else
PhError ph_plat_error_from_errno (PhOperation operation, int code);
PhError ph_plat_error_from_resolver (int code, int system);
void ph_plat_set_errno (GError **error, PhOperation operation, int code);
void ph_plat_read_control (struct msghdr *message, PhDatagram *datagram);

/* Room for what ph_plat_read_control() reads. */
#define PH_CONTROL_SIZE (CMSG_SPACE (sizeof (struct timespec)) + CMSG_SPACE (sizeof (struct in6_pktinfo)))

/* Room for what ph_plat_write_source() writes. */
typedef union
{
  struct cmsghdr align;
  char bytes[CMSG_SPACE (sizeof (struct in6_pktinfo))];
} PhSourceControl;

void ph_plat_write_source (const PhAddr *from, PhSourceControl *control, struct msghdr *message);
PhError ph_plat_error_of_send (const PhAddr *from);

/* Whether ph_plat_next_error() empties the queue of ICMP errors that an option would fill. */
extern const gboolean ph_plat_has_error_queue;
#endif

G_END_DECLS
