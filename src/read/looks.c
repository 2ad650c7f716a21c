#include "read/looks.h"

/* Signatures at the start of a file. The magic numbers are those of the formats' own specifications. */
static const struct {
    itd_sv magic;
    const char *name;
} signatures[] = {
    {ITD_SV("%PDF-"), "a PDF"},
    {ITD_SV("PK\x03\x04"), "a ZIP archive (an xlsx, ods or docx document is one too)"},
    {ITD_SV("PK\x05\x06"), "an empty ZIP archive"},
    {ITD_SV("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "an old Microsoft Office document (xls or doc)"},
    {ITD_SV("\xFF\xFE\x00\x00"), "UTF-32 text"},
    {ITD_SV("\x00\x00\xFE\xFF"), "UTF-32 text"},
    {ITD_SV("\xFF\xFE"), "UTF-16 text"},
    {ITD_SV("\xFE\xFF"), "UTF-16 text"},
    {ITD_SV("\x89PNG"), "an image (PNG)"},
    {ITD_SV("\xFF\xD8\xFF"), "an image (JPEG)"},
    {ITD_SV("GIF8"), "an image (GIF)"},
    {ITD_SV("II*\x00"), "an image (TIFF)"},
    {ITD_SV("MM\x00*"), "an image (TIFF)"},
    {ITD_SV("SQLite format 3\x00"), "an SQLite database"},
    {ITD_SV("PAR1"), "a Parquet file"},
    {ITD_SV("BZh"), "bzip2 compressed data"},
    {ITD_SV("\xFD\x37zXZ\x00"), "xz compressed data"},
    {ITD_SV("7z\xBC\xAF\x27\x1C"), "a 7-Zip archive"},
    {ITD_SV("Rar!"), "a RAR archive"},
    {ITD_SV("\x1F\x8B"), "gzip data inside gzip data"},
    {ITD_SV("\x7F"
            "ELF"),
     "a program"},
    {ITD_SV("{\\rtf"), "an RTF document"},
};

static itd_sv skip_blank(itd_sv head)
{
    if (itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")))
        head = itd_sv_slice(head, 3, head.size);
    while (head.size > 0 && (head.data[0] == ' ' || (head.data[0] >= '\t' && head.data[0] <= '\r')))
        head = itd_sv_slice(head, 1, head.size);
    return head;
}

/* UTF-16 without a byte order mark: every other byte of Latin text is NUL. */
static bool utf16_without_mark(itd_sv head)
{
    size_t even = 0, odd = 0, seen = head.size < 512 ? head.size : 512;
    for (size_t i = 0; i < seen; i++)
        if (head.data[i] == 0)
            *(i % 2 ? &odd : &even) += 1;
    return seen >= 8 && ((odd >= seen * 2 / 5 && even == 0) || (even >= seen * 2 / 5 && odd == 0));
}

static bool binary(itd_sv head)
{
    return head.size > 0 && memchr(head.data, 0, head.size) != NULL;
}

static const char *markup(itd_sv text)
{
    if (itd_sv_starts_nocase(text, ITD_SV("<!doctype html")) || itd_sv_starts_nocase(text, ITD_SV("<html")) ||
        itd_sv_starts_nocase(text, ITD_SV("<head")) || itd_sv_starts_nocase(text, ITD_SV("<body")))
        return "an HTML page";
    if (itd_sv_starts(text, ITD_SV("<?xml")) &&
        itd_sv_find_nocase(itd_sv_slice(text, 0, 1024), ITD_SV("<html"), 0) != SIZE_MAX)
        return "an HTML page";
    return "XML of another kind";
}

static const char *json(itd_sv text)
{
    if (text.data[0] == '[')
        return "a JSON array (one object a line is what can be read)";
    itd_sv line, rest = text;
    (void)itd_sv_split(&line, &rest, '\n');
    line = itd_sv_trim(line);
    if (!itd_sv_ends(line, ITD_SV("}")))
        return "a JSON document of another shape (one object a line is what can be read)";
    return "JSON lines of another shape";
}

bool itd_looks_json(const itd_sniff *look)
{
    itd_sv text = skip_blank(look->head);
    return itd_sv_starts(text, ITD_SV("{")) && !itd_sv_starts(text, ITD_SV("{\\rtf")) && !binary(look->head);
}

bool itd_looks_textual(const itd_sniff *look)
{
    itd_sv text = skip_blank(look->head);
    if (text.size == 0 || binary(look->head) || text.data[0] == '<' || text.data[0] == '{' || text.data[0] == '[')
        return false;
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
        if (itd_sv_starts(look->head, signatures[i].magic))
            return false;
    return true;
}

itd_look_kind itd_look_kind_of(const itd_sniff *look)
{
    itd_sv text = skip_blank(look->head);
    char first = text.size ? text.data[0] : 0;
    return first == '<' ? ITD_LOOK_XML : first == '{' || first == '[' ? ITD_LOOK_JSON : ITD_LOOK_TABLE;
}

bool itd_looks_like_bare_cr(const itd_sniff *look)
{
    return itd_looks_textual(look) && memchr(look->head.data, '\r', look->head.size) &&
           !memchr(look->head.data, '\n', look->head.size);
}

/* A header is guessed from the same delimiter standing equally often in the first two lines. */
static bool tabular(itd_sv text)
{
    static const char delimiters[] = ",;\t|";
    itd_sv first, second, rest = text;
    if (!itd_sv_split(&first, &rest, '\n') || !itd_sv_split(&second, &rest, '\n'))
        return false;
    for (const char *d = delimiters; *d; d++) {
        size_t in_first = 0, in_second = 0;
        for (size_t i = 0; i < first.size; i++)
            in_first += first.data[i] == *d;
        for (size_t i = 0; i < second.size; i++)
            in_second += second.data[i] == *d;
        if (in_first > 0 && in_second >= in_first)
            return true;
    }
    return false;
}

const char *itd_looks_like(const itd_sniff *look)
{
    if (look->head.size == 0)
        return "an empty file";
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++)
        if (itd_sv_starts(look->head, signatures[i].magic))
            return signatures[i].name;
    if (look->head.size >= 12 && itd_sv_starts(look->head, ITD_SV("RIFF")) &&
        itd_sv_is(itd_sv_slice(look->head, 8, 4), "WEBP"))
        return "an image (WebP)";
    if (utf16_without_mark(look->head))
        return "UTF-16 text";
    if (binary(look->head))
        return "binary data";
    itd_sv text = skip_blank(look->head);
    if (text.size == 0)
        return "white space only";
    if (text.data[0] == '<')
        return markup(text);
    if (text.data[0] == '{' || text.data[0] == '[')
        return json(text);
    if (itd_looks_like_bare_cr(look))
        return "text whose lines end in a bare CR (LF or CR LF is what can be read)";
    if (tabular(text))
        return "a CSV file whose columns are not known (a mapping file tells what they mean)";
    if (itd_utf8_invalid_at(look->head) < look->head.size - (look->head.size < 4 ? look->head.size : 4))
        return "text that is not UTF-8";
    return "plain text";
}
