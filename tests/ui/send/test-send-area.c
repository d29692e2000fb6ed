/* test-send-area.c: the message follows what is typed and the other way round, an error is marked at its place, and the
 *                   history brings messages back as they were sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-hex.h"
#include "ph-history-store.h"
#include "ph-send-area.h"
#include "ph-send-summary.h"
#include "ph-settings.h"

static GtkTextBuffer *
buffer_of (PhSendArea *area)
{
  return gtk_text_view_get_buffer (
    GTK_TEXT_VIEW (gtk_widget_get_template_child (GTK_WIDGET (area), PH_TYPE_SEND_AREA, "message_view")));
}

static void
assert_typed (PhSendArea *area, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (buffer_of (area), "text", &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

typedef struct
{
  PhSession *session;
  PhSendOptions *options;
  PhMessageTarget *target;
  PhMessage *message;
  PhSendArea *area;
} Area;

static void
area_init (Area *self)
{
  self->session = ph_session_new ();
  self->options = ph_send_options_new ();
  self->target = ph_message_target_new (self->session);
  self->message = ph_message_new (self->options, self->target);
  self->area = g_object_ref_sink (g_object_new (PH_TYPE_SEND_AREA, NULL));
  ph_send_area_set_message (self->area, self->message, self->session);
}

static void
area_clear (Area *self)
{
  g_object_unref (self->area);
  g_object_unref (self->message);
  g_object_unref (self->target);
  g_object_unref (self->options);
  g_object_unref (self->session);
}

static void
test_what_is_typed_is_the_message_and_the_other_way_round (void)
{
  Area area;

  area_init (&area);
  gtk_text_buffer_insert_at_cursor (buffer_of (area.area), "AZ", -1);
  g_assert_cmpstr (ph_message_get_text (area.message), ==, "AZ");
  g_object_set (area.options, "hex", TRUE, NULL);
  assert_typed (area.area, "41 5A");
  gtk_text_buffer_undo (buffer_of (area.area));
  g_assert_cmpstr (ph_message_get_text (area.message), ==, "AZ");
  ph_message_set_text (area.message, "55");
  assert_typed (area.area, "55");
  area_clear (&area);
}

static gboolean
is_wrong_at (PhSendArea *area, int offset)
{
  GtkTextBuffer *buffer = buffer_of (area);
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "wrong");
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_offset (buffer, &at, offset);

  return tag != NULL && gtk_text_iter_has_tag (&at, tag);
}

static void
test_the_character_that_is_wrong_is_underlined_until_something_changes (void)
{
  Area area;

  area_init (&area);
  ph_message_set_text (area.message, "中4g");
  ph_send_area_mark (area.area, "wrong");
  ph_send_area_mark_place (area.area, 2);
  g_assert_false (is_wrong_at (area.area, 0));
  g_assert_false (is_wrong_at (area.area, 1));
  g_assert_true (is_wrong_at (area.area, 2));
  gtk_text_buffer_insert_at_cursor (buffer_of (area.area), "0", -1);
  assert_typed (area.area, "中40g");
  g_assert_false (is_wrong_at (area.area, 3));

  ph_message_set_text (area.message, "0x");
  ph_send_area_mark_place (area.area, 2); /* digits are missing */
  g_assert_true (is_wrong_at (area.area, 1));
  ph_send_area_unmark (area.area);
  g_assert_false (is_wrong_at (area.area, 1));
  ph_message_set_text (area.message, "");
  ph_send_area_mark_place (area.area, 0);
  area_clear (&area);
}

static void
test_the_history_brings_back_how_a_message_was_sent (void)
{
  Area area;

  area_init (&area);
  g_object_set (area.options, "hex", TRUE, NULL);
  ph_message_set_text (area.message, "55 AA");
  ph_history_store_add_message (area.message);
  ph_message_set_text (area.message, "");
  g_object_set (area.options, "hex", FALSE, "encoding", "gbk", "escapes", TRUE, "line-ending", "crlf", NULL);
  ph_message_set_text (area.message, "draft");

  ph_send_area_walk_history (area.area, 1);
  assert_typed (area.area, "55 AA");
  g_assert_true (ph_send_options_get_format (area.options).hex);
  g_assert_cmpstr (ph_send_options_get_format (area.options).charset, ==, "utf-8");
  g_assert_cmpint (ph_send_options_get_format (area.options).line_ending, ==, PH_LINE_ENDING_NONE);
  ph_send_area_walk_history (area.area, 1);
  assert_typed (area.area, "kept 0");
  ph_send_area_walk_history (area.area, 1); /* from a still older version: its format is not known */
  assert_typed (area.area, "kept 1");
  g_assert_false (ph_send_options_get_format (area.options).hex);
  g_assert_cmpstr (ph_send_options_get_format (area.options).charset, ==, "gbk");
  ph_send_area_walk_history (area.area, -1);
  ph_send_area_walk_history (area.area, -1);
  g_assert_true (ph_send_options_get_format (area.options).hex);
  ph_send_area_walk_history (area.area, -1);
  assert_typed (area.area, "draft");
  g_assert_false (ph_send_options_get_format (area.options).hex);
  g_assert_cmpstr (ph_send_options_get_format (area.options).charset, ==, "gbk");
  g_assert_cmpint (ph_send_options_get_format (area.options).line_ending, ==, PH_LINE_ENDING_CRLF);
  area_clear (&area);
}

static void
test_texts_that_an_older_version_kept_are_still_there (void)
{
  static const char *const old[] = { "kept 1", "kept 2", NULL };
  const PhPayloadFormat *format;
  PhHistory *history;
  g_autoptr (GVariant) messages = NULL;
  g_auto (GStrv) texts = NULL;

  g_settings_set_strv (ph_settings_get (), "send-history", old);
  g_settings_set_value (ph_settings_get (), "sent-messages", g_variant_new_parsed ("[('kept 0', true, 'gbk', false, 'crlf')]"));
  history = ph_history_store_get (PH_HISTORY_SENT);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 3);
  g_assert_cmpstr (ph_history_item_get_text (ph_history_get (history, 2)), ==, "kept 2");
  format = ph_history_item_get_format (ph_history_get (history, 0));
  g_assert_cmpstr (format->charset, ==, "gbk");
  g_assert_true (format->hex);
  g_assert_cmpint (format->line_ending, ==, PH_LINE_ENDING_CRLF);
  messages = g_settings_get_value (ph_settings_get (), "message-history");
  texts = g_settings_get_strv (ph_settings_get (), "send-history");
  g_assert_cmpuint (g_variant_n_children (messages), ==, 3);
  g_assert_null (texts[0]);
}

static GtkWidget *
area_part (PhSendArea *area, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (area), PH_TYPE_SEND_AREA, name));
}

static GtkWidget *
summary_part (PhSendArea *area, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (area_part (area, "summary"), PH_TYPE_SEND_SUMMARY, name));
}

static void
assert_whole (GtkWidget *part)
{
  int natural;

  gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_true (gtk_widget_get_child_visible (part));
  g_assert_cmpint (gtk_widget_get_width (part), >=, natural);
}

/* Makes the area narrower and narrower, and tells which parts were hidden one after the other. */
static char *
dup_hidden (PhSendArea *area, GtkWidget *const *parts, const char *const *names, guint n)
{
  GtkWidget *widget = GTK_WIDGET (area), *length = gtk_button_get_child (GTK_BUTTON (summary_part (area, "length_button")));
  g_autoptr (GString) hidden = g_string_new (NULL);
  int least, most, height;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &most, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  for (int width = most; width >= least; width--)
    {
      gtk_widget_allocate (widget, width, height, -1, NULL);
      assert_whole (length);
      for (guint i = 0; i < n; i++)
        if (!gtk_widget_get_child_visible (parts[i]) && strstr (hidden->str, names[i]) == NULL)
          g_string_append_printf (hidden, "%s ", names[i]);
    }

  return g_strdup (hidden->str);
}

static void
test_where_there_is_no_room_the_length_is_what_stays (void)
{
  static const char *const names[] = { "to", "pieces", "ending", "escapes", "variables", "form", "check" };
  g_autofree char *text = g_strnfill (12345, 'a');
  g_autofree char *hidden = NULL;
  GtkWidget *parts[G_N_ELEMENTS (names)];
  Area area;

  for (guint i = 50; i < 12345; i += 50) /* a line is quickly wrapped for each width; one word of this length is not */
    text[i] = '\n';
  area_init (&area);
  ph_send_area_show_targets (area.area, TRUE, "Whoever sent something at last", NULL);
  g_object_set (area.options, "encoding", "gb18030", "escapes", TRUE, "variables", TRUE, "line-ending", "crlf",
                "check", "crc-16/ccitt-false", "piece-size", 16u, NULL);
  ph_send_area_set_stream (area.area, TRUE);
  ph_message_set_text (area.message, text);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  parts[0] = gtk_widget_get_first_child (area_part (area.area, "target_box"));
  parts[1] = summary_part (area.area, "pieces_part");
  parts[2] = summary_part (area.area, "ending_part");
  parts[3] = summary_part (area.area, "escapes_part");
  parts[4] = summary_part (area.area, "variables_part");
  parts[5] = gtk_widget_get_parent (summary_part (area.area, "form_button"));
  parts[6] = summary_part (area.area, "check_part");
  hidden = dup_hidden (area.area, parts, names, G_N_ELEMENTS (parts));
  g_assert_cmpstr (hidden, ==, "to ending pieces escapes variables form check ");
  area_clear (&area);
}

/* ---- the bytes that go out ---- */

static const struct
{
  const char *bytes;
  gsize check_at, check_length, room;
  const char *line, *marked;
} lines[] = {
  { "0103 0000000A C5CD", 6, 2, 80, "01 03 00 00 00 0A [C5 CD]", "[C5 CD]" },
  { "0103 0000000A C5CD", 6, 2, 25, "01 03 00 00 00 0A [C5 CD]", "[C5 CD]" },
  { "0103 0000000A C5CD", 6, 2, 24, "01 03 00 00 … [C5 CD]", "[C5 CD]" },
  { "AA 01 7E 0D 0A", 2, 1, 80, "AA 01 [7E] 0D 0A", "[7E]" },
  { "AA 01 7E 0D 0A", 2, 1, 14, "AA 01 7E …", "" },
  { "7E", 0, 1, 80, "[7E]", "[7E]" },
  { "0102030405", 0, 0, 14, "01 02 03 04 05", "" },
  { "0102030405", 0, 0, 13, "01 02 03 …", "" },
  { "0102030405", 0, 0, 0, "01 …", "" },
  { "", 0, 0, 80, "", "" },
};

static void
test_a_long_message_keeps_its_check_bytes_in_sight (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GBytes) bytes = ph_hex_parse (lines[i].bytes, NULL, NULL);
      guint start, end;
      g_autofree char *line =
        ph_send_preview_dup_line (bytes, lines[i].check_at, lines[i].check_length, lines[i].room, &start, &end);
      g_autofree char *marked = g_strndup (line + start, end - start);

      g_assert_cmpstr (line, ==, lines[i].line);
      g_assert_cmpstr (marked, ==, lines[i].marked);
    }
}

static void
test_only_the_beginning_of_a_huge_message_is_converted (void)
{
  gsize length = 32u * 1024u * 1024u;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (length), length);
  guint start, end;
  g_autofree char *line = ph_send_preview_dup_line (bytes, length - 2, 2, 100, &start, &end);

  g_assert_cmpuint (g_utf8_strlen (line, -1), <=, 100);
  g_assert_true (g_str_has_suffix (line, "00 … [00 00]"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/history/texts-that-an-older-version-kept-are-still-there",
                   test_texts_that_an_older_version_kept_are_still_there);
  g_test_add_func ("/message/what-is-typed-is-the-message", test_what_is_typed_is_the_message_and_the_other_way_round);
  g_test_add_func ("/message/what-is-wrong-is-underlined",
                   test_the_character_that_is_wrong_is_underlined_until_something_changes);
  g_test_add_func ("/message/where-there-is-no-room-the-length-stays", test_where_there_is_no_room_the_length_is_what_stays);
  g_test_add_func ("/message/the-history-brings-back-how-it-was-sent",
                   test_the_history_brings_back_how_a_message_was_sent);

  g_test_add_func ("/preview/a-long-message-keeps-its-check-bytes-in-sight", test_a_long_message_keeps_its_check_bytes_in_sight);
  g_test_add_func ("/preview/only-the-beginning-is-converted", test_only_the_beginning_of_a_huge_message_is_converted);

  return g_test_run ();
}
