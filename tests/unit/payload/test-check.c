/* test-check.c: check bytes are those of the catalogue, whatever their words say about order, form and what is covered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ph-check.h"

#include <string.h>

#define DIGITS "123456789"
#define MODELS 300 /* random CRCs */
#define LONGEST 200

static char *
dup_checked (const char *words, const char *text, gsize length)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autoptr (PhCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  PhCheckSpec spec;
  GString *hex;

  g_assert_true (ph_check_parse (words, &spec, &error));
  g_assert_no_error (error);
  check = ph_check_new (&spec);
  g_byte_array_append (message, (const guint8 *) text, (guint) length);
  if (!ph_check_append (check, message, &error))
    {
      g_assert_cmpuint (message->len, ==, length);
      return g_strdup (error->message);
    }
  hex = g_string_new (NULL);
  for (guint i = (guint) length; i < message->len; i++)
    g_string_append_printf (hex, "%02X", message->data[i]);

  return g_string_free (hex, FALSE);
}

static void
assert_checked (const char *words, const char *text, const char *expected)
{
  g_autofree char *hex = dup_checked (words, text, strlen (text));

  g_assert_cmpstr (hex, ==, expected);
}

static void
test_each_row_has_the_value_of_the_catalogue (void)
{
  guint n;
  const PhCheckRow *rows = ph_check_rows (&n);

  g_assert_cmpuint (n, ==, 22);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *words = g_strconcat (rows[i].id, ",order=big,form=bytes", NULL);
      g_autofree char *value = g_strdup_printf ("%0*" G_GINT64_MODIFIER "X", rows[i].width / 4, rows[i].proof);
      g_autofree char *expected = g_strconcat (rows[i].kind == PH_CHECK_NMEA ? "2A" : "", value, NULL);

      assert_checked (words, DIGITS, expected);
      g_assert_true (ph_check_find (rows[i].id) == &rows[i]);
    }
}

static void
test_a_row_is_found_by_its_other_names (void)
{
  static const struct
  {
    const char *name, *id;
  } names[] = {
    { "CRC-16/MODBUS", "crc-16/modbus" },   { "modbus", "crc-16/modbus" },   { "IBM-3740", "crc-16/ccitt-false" },
    { "MAXIM-DOW", "crc-8/maxim" },         { "IBM-SDLC", "crc-16/x-25" },   { "ISO-HDLC", "crc-32" },
    { "ISCSI", "crc-32c" },                 { "BCC", "xor-8" },              { "XMODEM", "crc-16/xmodem" },
  };
  guint n;
  const PhCheckRow *rows = ph_check_rows (&n);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (ph_check_find (names[i].name)->id, ==, names[i].id);
  g_assert_null (ph_check_find ("crc-17"));
  g_assert_null (ph_check_find (""));
  for (guint i = 0; i < n; i++) /* no name stands for two */
    {
      g_auto (GStrv) others = g_strsplit (rows[i].also != NULL ? rows[i].also : "", " ", -1);

      for (guint k = 0; others[k] != NULL; k++)
        g_assert_true (ph_check_find (others[k]) == &rows[i]);
    }
}

/* ---- any CRC ---- */

static guint64
reverse (guint64 value, guint width)
{
  guint64 reversed = 0;

  for (guint i = 0; i < width; i++)
    reversed = reversed << 1 | (value >> i & 1);

  return reversed;
}

/* As the definition has it: bit by bit. */
static guint64
bit_by_bit (const PhCrcModel *model, const guint8 *bytes, gsize length)
{
  guint64 most = G_MAXUINT64 >> (64 - model->width), top = G_GUINT64_CONSTANT (1) << (model->width - 1), value = model->init;

  for (gsize i = 0; i < length; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        guint64 in = bytes[i] >> (model->refin ? bit : 7 - bit) & 1;
        gboolean out = ((value & top) != 0) != (in != 0);

        value = (value << 1 & most) ^ (out ? model->poly : 0);
      }

  return (model->refout ? reverse (value, model->width) : value) ^ model->xorout;
}

static guint64
random_number (guint64 most)
{
  guint64 number = (guint64) g_test_rand_int () << 32;

  return (number | (guint32) g_test_rand_int ()) & most;
}

static void
test_any_crc_is_what_it_is_bit_by_bit (void)
{
  guint8 bytes[LONGEST];

  for (guint i = 0; i < LONGEST; i++)
    bytes[i] = (guint8) g_test_rand_int ();
  for (guint i = 0; i < MODELS; i++)
    {
      guint8 width = (guint8) (i % 64 + 1);
      guint64 most = G_MAXUINT64 >> (64 - width);
      const PhCrcModel model = { width, g_test_rand_bit (), g_test_rand_bit (), random_number (most) | 1, random_number (most),
                                 random_number (most) };
      g_autoptr (PhCrc) crc = ph_crc_new (&model);

      for (gsize length = 0; length <= LONGEST; length += 1 + length / 8)
        g_assert_cmpuint (ph_crc_compute (crc, bytes, length), ==, bit_by_bit (&model, bytes, length));
    }
}

/* ---- order, form, and what is covered ---- */

static void
test_options_say_order_form_and_what_is_covered (void)
{
  static const struct
  {
    const char *words, *text, *expected;
  } cases[] = {
    { "crc-16/modbus", DIGITS, "374B" },                        /* low byte first */
    { "crc-16/modbus,order=big", DIGITS, "4B37" },
    { "crc-16/xmodem", DIGITS, "31C3" },                        /* high byte first */
    { "crc-16/xmodem,order=little", DIGITS, "C331" },
    { "crc-32", DIGITS, "2639F4CB" },
    { "sum-16", DIGITS, "01DD" },
    { "sum-16,order=little", DIGITS, "DD01" },
    { "crc-16/modbus,form=hex", DIGITS, "33373462" },           /* "374b" */
    { "crc-16/modbus,form=HEX,order=big", DIGITS, "34423337" }, /* "4B37" */
    { "sum-8,from=1", "\1\2\4", "06" },
    { "sum-8,to=1", "\1\2\4", "03" },
    { "sum-8,from=1,to=1", "\1\2\4", "02" },
    { "sum-8,from=9", "\1\2\4", "00" },                         /* nothing is covered */
    { "sum-8,from=2,to=9", "\1\2\4", "00" },
    { "crc:width=16,poly=0x8005,init=0xffff,refin,refout,xorout=0", DIGITS, "374B" },
    { "crc:width=16,poly=32773,init=0xFFFF,refin,refout,order=big", DIGITS, "4B37" },
    { "crc:width=5,poly=0x05,init=0x1f,refin,refout,xorout=0x1f", DIGITS, "19" }, /* CRC-5/USB */
    { "lrc,over=hex,from=1,form=HEX", ":0103006B0003", "3845" },  /* Modbus ASCII: 8E */
    { "lrc,over=hex,form=HEX", "01 03 00 6B 00 03", "3845" },
    { "nmea", "$GPGLL,5300.97914,N,00259.98174,E,125926,A", "2A3238" },
    { "nmea", "!AIVDM,1,1,,A,14eG;o@034o8sd<L9i:a;WF>062D,0", "2A3744" },
    { "nmea", "GPGLL,5300.97914,N,00259.98174,E,125926,A", "2A3238" },
    { "nmea,form=hex", "$GPRMC", "2A3462" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_checked (cases[i].words, cases[i].text, cases[i].expected);
}

static void
test_what_should_be_hex_digits_and_is_not_is_told (void)
{
  assert_checked ("lrc,over=hex", ":01", "The check bytes cover hex digits, but byte 3A is not one");
  assert_checked ("lrc,over=hex", "0 1", "The check bytes cover hex digits, but byte 20 is not one");
  assert_checked ("lrc,over=hex", "012", "The check bytes cover an odd number of hex digits");
  assert_checked ("lrc,over=hex", "", "00");
}

/* ---- words ---- */

static void
test_words_are_read_as_they_are_written (void)
{
  static const char *const words[] = {
    "sum-8", "crc-16/modbus,order=big", "nmea", "lrc,from=1,to=2,form=HEX,over=hex", "crc-64/xz,order=little,form=hex",
    "crc:width=16,poly=0x8005,init=0xffff,refin,refout,xorout=0x0", "crc:width=64,poly=0x1b,init=0x0,xorout=0xffffffffffffffff,to=3",
    "nmea,form=bytes",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *again = NULL;
      PhCheckSpec spec;

      g_assert_true (ph_check_parse (words[i], &spec, NULL));
      again = ph_check_dup_words (&spec);
      g_assert_cmpstr (again, ==, words[i]);
    }
}

static void
test_other_words_are_refused (void)
{
  static const struct
  {
    const char *words, *word;
  } cases[] = {
    { "", "" }, { "crc", "crc" }, { "sum-8,", "sum-8," }, { "sum-8,from", "from" }, { "sum-8,from=", "from=" }, { "sum-8,from=-1", "from=-1" },
    { "sum-8,from=1x", "from=1x" }, { "sum-8,from=99999999999", "from=99999999999" }, { "sum-8,order=middle", "order=middle" },
    { "sum-8,form=Hex", "form=Hex" }, { "sum-8,over=text", "over=text" }, { "sum-8,width=8", "width=8" }, { "sum-8,refin", "refin" },
    { "crc:", "crc:" }, { "crc:width=0,poly=1", "width=0" }, { "crc:width=65,poly=1", "width=65" },
    { "crc:width=8,poly=0x107", "crc:width=8,poly=0x107" }, { "crc:width=8", "crc:width=8" }, { "crc:poly=7", "crc:poly=7" },
    { "crc:width=8,poly=7,init=0x100", "crc:width=8,poly=7,init=0x100" }, { "crc:width=8,poly=7,refin=1", "refin=1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = g_strdup_printf ("“%s” is not understood in the check bytes", cases[i].word);
      g_autoptr (GError) error = NULL;
      PhCheckSpec spec;

      g_assert_false (ph_check_parse (cases[i].words, &spec, &error));
      g_assert_error (error, PH_CHECK_ERROR, PH_CHECK_ERROR_WORDS);
      g_assert_cmpstr (error->message, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/each_row_has_the_value_of_the_catalogue", test_each_row_has_the_value_of_the_catalogue);
  g_test_add_func ("/check/a_row_is_found_by_its_other_names", test_a_row_is_found_by_its_other_names);
  g_test_add_func ("/check/any_crc_is_what_it_is_bit_by_bit", test_any_crc_is_what_it_is_bit_by_bit);
  g_test_add_func ("/check/options_say_order_form_and_what_is_covered", test_options_say_order_form_and_what_is_covered);
  g_test_add_func ("/check/what_should_be_hex_digits_and_is_not_is_told", test_what_should_be_hex_digits_and_is_not_is_told);
  g_test_add_func ("/check/words_are_read_as_they_are_written", test_words_are_read_as_they_are_written);
  g_test_add_func ("/check/other_words_are_refused", test_other_words_are_refused);

  return g_test_run ();
}
