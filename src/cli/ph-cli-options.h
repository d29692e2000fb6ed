/* ph-cli-options.h: the command line of porthole-cli, understood
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-format.h"
#include "ph-payload.h"
#include "ph-transport.h"

G_BEGIN_DECLS

/** PhCliWish: what the command line asks for. */
typedef enum
{
  PH_CLI_RUN,
  PH_CLI_READ,  /* a capture */
  PH_CLI_DONE,  /* it was --help or --version */
  PH_CLI_WRONG, /* it was wrong; the user has been told */
} PhCliWish;

#define PH_CLI_ONCE G_MAXUINT /* of PhCliOptions.repeat */

/**
 * PhCliOptions:
 * @endpoint, @transport: (nullable): what to open; %NULL where a capture is read
 * @capture: (nullable) (type filename): the file to write, or to read
 * @messages: (array zero-terminated=1) (nullable): the texts of --send, which can be sent
 * @count: received data records after which it ends, 0 for never
 * @repeat: ms from one sending of the message to the next, 0: as fast as possible; or %PH_CLI_ONCE
 * @times: how often, 0 for no end
 * @verify: only tell whether the capture is whole
 * @duration: seconds after which it ends, negative for never
 */
typedef struct
{
  PhEndpoint *endpoint;
  const PhTransport *transport;
  const PhCharset *charset;
  PhPayloadFormat send;
  PhFormatKind format;
  char **messages;
  char *capture;
  guint64 count;
  guint repeat;
  guint64 times;
  double duration;
  gboolean no_stdin;
  gboolean quiet;
  gboolean verify;
} PhCliOptions;

PhCliWish ph_cli_options_parse (PhCliOptions *options, char **argv);
void ph_cli_options_clear (PhCliOptions *options);
char *ph_cli_dup_shown (const char *text, const char *kept);

G_END_DECLS
