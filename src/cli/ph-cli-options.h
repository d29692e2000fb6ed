/* ph-cli-options.h: the command line of porthole-cli, parsed and checked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ph-charset.h"
#include "ph-command.h"
#include "ph-export.h"
#include "ph-payload.h"
#include "ph-save-every.h"
#include "ph-transport.h"

G_BEGIN_DECLS

/** PhCliWish: what the command line asks for. */
typedef enum
{
  PH_CLI_RUN,
  PH_CLI_READ,  /* a capture */
  PH_CLI_DONE,  /* it was --help or --version */
  PH_CLI_WRONG, /* it was wrong; the error was printed */
} PhCliWish;

/** PhCliShow: how payloads are shown. */
typedef enum
{
  PH_CLI_SHOW_AS_SENT, /* what was sent as it was sent, and so is what is received */
  PH_CLI_SHOW_TEXT,
  PH_CLI_SHOW_HEX,
  PH_CLI_SHOW_AUTO, /* text where it is text, else hex */
  PH_CLI_SHOW_DUMP,
} PhCliShow;

/** PhCliInputForm: what standard input is. */
typedef enum
{
  PH_CLI_INPUT_LINES, /* each line is a message */
  PH_CLI_INPUT_RAW,   /* bytes as they come */
  PH_CLI_INPUT_WHOLE, /* all of it is one message */
} PhCliInputForm;

#define PH_CLI_ONCE G_MAXUINT /* of PhCliOptions.repeat */

/**
 * PhCliSave: of --save.
 * @folder: (nullable) (type filename): %NULL: nothing is saved
 * @pattern: of the names of its files
 */
typedef struct
{
  char *folder, *pattern;
  PhFormatKind format;
  PhSaveEvery every;
  PhExportSides sides;
  gboolean per_peer, escape;
} PhCliSave;

/**
 * PhCliOptions:
 * @endpoint, @transport: (nullable): what to open; %NULL if a capture is read
 * @send_file: (nullable) (type filename): is sent after the messages
 * @feed: how the file and raw input are cut, and how fast they go out
 * @end_after_quiet: ends when nothing was received or sent for so many seconds; negative: never
 * @capture: (nullable) (type filename): the file to write, or to read if @endpoint is %NULL
 * @messages: (element-type PhPayload): those of --send
 * @steps: (nullable) (element-type PhSequenceStep): quick commands, in their order
 * @rounds: how often these are sent; 0: without end
 * @rounds_given: --rounds was given: their end may end the program
 * @save: what is saved while it arrives, of --save
 * @files: (nullable) (type filename): the folder of the files that lines of the input may name
 * @count: ends after so many received records; 0: never
 * @repeat: interval in ms, 0 for as fast as possible; %PH_CLI_ONCE: no repeat
 * @times: messages of the repeat; 0: without end
 * @follow: messages go to the last sender
 * @keep_endings: a line of the input is sent with the line ending that it has
 * @verify: checks the capture instead of printing its records
 * @duration: ends so many seconds after the port was opened; negative: never
 */
typedef struct
{
  PhEndpoint *endpoint;
  const PhTransport *transport;
  const PhCharset *charset;
  PhPayloadFormat send;
  PhFormatKind format;
  PhCliShow show;
  PhTimeKind time_kind;
  PhTimeFormat time;
  GPtrArray *messages;
  GArray *steps;
  guint64 rounds;
  char *files;
  PhPieces pieces;
  char *capture;
  PhCliSave save;
  guint64 count;
  guint repeat;
  guint64 times;
  double duration;
  char *send_file;
  PhFeedHow feed;
  PhCliInputForm input;
  double end_after_quiet;
  gboolean half_close_at_end;
  gboolean end_when_sent;
  gboolean rounds_given;
  gboolean keep_endings;
  gboolean follow;
  gboolean no_stdin;
  gboolean quiet;
  gboolean verify;
} PhCliOptions;

PhCliWish ph_cli_options_parse (PhCliOptions *options, char **argv);
void ph_cli_options_clear (PhCliOptions *options);

G_END_DECLS
