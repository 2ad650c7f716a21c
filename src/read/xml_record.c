#include "read/xml_record.h"

#include <assert.h>
#include <stdio.h>

#include "base/memory.h"

/* A label is for people: of names that are longer than any list has, it shows the start. */
#define LABEL_MAX 256
#define LABEL_ABOVE_MAX 150
#define LABEL_NAME_MAX 80
#define KNOWN_MAX 64u /* names that one element's children may have */

itd_status itd_xml_list_init(itd_xml_list *list, itd_read *read, itd_error *error)
{
    assert(read->source && read->source->paths[0]);
    *list = (itd_xml_list){.read = read, .path = read->source->paths[0]};
    itd_intern_init(&list->keys, ITD_XML_KEYS_BYTES_MAX);
    itd_arena_init(&list->scratch, 4 * ITD_XML_RECORD_BYTES_MAX);
    const char *slash = strrchr(list->path, '/');
    return itd_record_create(&list->record, read, slash ? slash + 1 : list->path, error);
}

void itd_xml_list_finish(itd_xml_list *list)
{
    itd_record_destroy(list->record);
    itd_intern_finish(&list->keys);
    itd_arena_finish(&list->scratch);
    list->record = NULL;
}

itd_status itd_xml_list_read(itd_xml_list *list, const itd_xml_handler *handler, void *context, itd_error *error)
{
    itd_input *input = NULL;
    ITD_TRY(itd_input_open(&input, list->path, error));
    itd_status status = itd_xml_read(input, handler, context, error);
    itd_input_close(input);
    if (status != ITD_OK)
        itd_error_set_where(error, list->path);
    return status;
}

itd_status itd_xml_reject(itd_xml_list *list, const itd_xml_node *node, itd_sv key, itd_error *error,
                          const char *reason)
{
    return itd_record_reject(list->record, ITD_REJECT_RECORD, key, node->line, node->offset, error, "%s", reason);
}

itd_status itd_xml_reject_stray(itd_xml_list *list, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    return itd_record_reject(list->record, ITD_REJECT_RECORD, ITD_SV_NONE, line, offset, error,
                             "text outside of every record: \"%.*s\"", ITD_SV_ARG(itd_sv_slice(text, 0, 64)));
}

void itd_xml_progress(const itd_xml_list *list, const itd_input *input)
{
    uint64_t done, total;
    if (!list->read->progress)
        return;
    itd_input_progress(input, &done, &total);
    list->read->progress(list->read->progress_context, done, total);
}

itd_status itd_xml_begin(itd_xml_list *list, bool *begun, const itd_xml_node *node, itd_sv key, itd_schema schema,
                         itd_error *error)
{
    *begun = false;
    itd_arena_reset(&list->scratch);
    list->out_of_memory = false;
    if (key.size == 0)
        return itd_xml_reject(list, node, key, error, "record has no key");
    size_t before = list->keys.count;
    if (itd_intern_add(&list->keys, key) == ITD_MAP_NONE)
        return itd_fail_memory(error);
    if (list->keys.count == before)
        return itd_xml_reject(list, node, key, error, "a record before it has the same key");
    (void)itd_record_begin(list->record, key, false, schema, node->line, node->offset);
    *begun = true;
    return ITD_OK;
}

itd_status itd_xml_commit(itd_xml_list *list, itd_error *error)
{
    return list->out_of_memory ? itd_fail_memory(error) : itd_record_commit(list->record, error);
}

void itd_xml_place(itd_xml_list *list, const itd_xml_node *node)
{
    itd_record_at(list->record, node->line, node->offset, node->size < UINT32_MAX ? (uint32_t)node->size : UINT32_MAX);
}

/* Scratch text, or an empty one that the commit will not let pass. */
static itd_sv keep(itd_xml_list *list, itd_sv text)
{
    if (!text.data)
        list->out_of_memory = true;
    return text;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

itd_sv itd_xml_line(itd_xml_list *list, itd_sv text)
{
    text = itd_sv_trim(text);
    size_t i = 0;
    while (i < text.size && !(is_space(text.data[i]) && (text.data[i] != ' ' || text.data[i + 1] == ' ')))
        i++;
    if (i >= text.size)
        return text;
    itd_sv copy = keep(list, itd_arena_copy(&list->scratch, text));
    if (!copy.data)
        return ITD_SV_NONE;
    char *line = (char *)(uintptr_t)copy.data; /* ours, made above */
    size_t size = 0;
    for (i = 0; i < text.size; i++) {
        bool space = is_space(text.data[i]);
        if (!space)
            line[size++] = text.data[i];
        else if (size > 0 && line[size - 1] != ' ')
            line[size++] = ' ';
    }
    return (itd_sv){line, size};
}

itd_sv itd_xml_child_line(itd_xml_list *list, const itd_xml_node *node, const char *name)
{
    return itd_xml_line(list, itd_xml_child_text(node, name));
}

itd_sv itd_xml_join(itd_xml_list *list, const itd_sv *parts, size_t count, const char *separator)
{
    itd_sv joined = ITD_SV_NONE;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size == 0)
            continue;
        joined = joined.size == 0 ? parts[i]
                                  : keep(list, itd_arena_format(&list->scratch, "%.*s%s%.*s", ITD_SV_ARG(joined),
                                                                separator, ITD_SV_ARG(parts[i])));
    }
    return joined;
}

void itd_xml_add_line(itd_xml_list *list, itd_part part, itd_property property, itd_sv text)
{
    itd_record_add_as(list->record, part, property, itd_xml_line(list, text), itd_sv_trim(text), ITD_SV_NONE);
}

bool itd_xml_is_nothing(itd_sv text)
{
    static const char *const words[] = {"na", "n/a", "n.a.", "none", "-", "nil", "not available", "unknown"};
    text = itd_sv_trim(text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (itd_sv_equal_nocase(text, itd_sv_of(words[i])))
            return true;
    return false;
}

void itd_xml_note(itd_xml_list *list, const char *label, itd_sv text)
{
    text = itd_sv_trim(text);
    if (text.size == 0)
        return;
    itd_sv note = keep(list, itd_arena_format(&list->scratch, "%s: %.*s", label, ITD_SV_ARG(text)));
    itd_record_add(list->record, 0, ITD_P_Thing_notes, note);
}

static bool is_passed(const char *const *names, itd_sv name)
{
    for (; names && *names; names++)
        if (itd_sv_is(name, *names))
            return true;
    return false;
}

static void note_attributes(itd_xml_list *list, const itd_xml_node *node, const char *label)
{
    for (size_t i = 0; i < node->attribute_count; i++) {
        char attribute[LABEL_MAX];
        if (is_passed(list->passed_attributes, node->attributes[i].name))
            continue;
        (void)snprintf(attribute, sizeof attribute, "%.*s@%.*s", LABEL_ABOVE_MAX, label,
                       ITD_SV_ARG(itd_sv_slice(node->attributes[i].name, 0, LABEL_NAME_MAX)));
        itd_xml_note(list, attribute, node->attributes[i].value);
    }
}

static void note_all(itd_xml_list *list, const itd_xml_node *node, const char *above)
{
    char label[LABEL_MAX];
    (void)snprintf(label, sizeof label, "%.*s%s%.*s", LABEL_ABOVE_MAX, above, *above ? "/" : "",
                   ITD_SV_ARG(itd_sv_slice(node->name, 0, LABEL_NAME_MAX)));
    itd_xml_place(list, node);
    itd_xml_note(list, label, node->text);
    note_attributes(list, node, label);
    for (const itd_xml_node *child = node->first; child; child = child->next)
        note_all(list, child, label);
}

/* Which of the known names this is, or KNOWN_MAX. */
static unsigned find_known(const char *const *known, itd_sv name)
{
    for (unsigned i = 0; known[i]; i++) {
        assert(i < KNOWN_MAX);
        if (itd_sv_is(name, known[i] + (*known[i] == '+')))
            return i;
    }
    return KNOWN_MAX;
}

void itd_xml_note_rest(itd_xml_list *list, const itd_xml_node *node, const char *const *known)
{
    if (!known) {
        note_all(list, node, "");
        return;
    }
    char label[LABEL_MAX];
    (void)snprintf(label, sizeof label, "%.*s", ITD_SV_ARG(itd_sv_slice(node->name, 0, LABEL_NAME_MAX)));
    itd_xml_note(list, label, node->first ? node->text : ITD_SV_NONE);
    note_attributes(list, node, label);
    uint64_t seen = 0;
    for (const itd_xml_node *child = node->first; child; child = child->next) {
        unsigned which = find_known(known, child->name);
        uint64_t bit = which < KNOWN_MAX ? (uint64_t)1 << which : 0;
        bool is_read = bit && !(seen & bit);
        seen |= bit;
        if (!is_read) {
            note_all(list, child, label);
        } else if (*known[which] != '+' && (child->first || child->attribute_count)) { /* its text was read, no more */
            static const char *const nothing[] = {NULL};
            itd_xml_note_rest(list, child, nothing);
        }
    }
    itd_xml_place(list, node);
}

void itd_xml_hash(char out[ITD_XML_HASH_TEXT_MAX], const itd_sv *parts, size_t count)
{
    uint64_t hash = count;
    for (size_t i = 0; i < count; i++)
        hash = hash * 0x9E3779B97F4A7C15u + itd_hash_sv(parts[i]); /* odd, so that no part is lost */
    (void)snprintf(out, ITD_XML_HASH_TEXT_MAX, "%016llx", (unsigned long long)hash);
}

/* The byte after the first `end` from `at` on, or SIZE_MAX. */
static size_t skip_past(itd_sv head, size_t at, itd_sv end)
{
    at = itd_sv_find(head, end, at);
    return at == SIZE_MAX ? SIZE_MAX : at + end.size;
}

/* A document type declaration ends with the first > that is not between brackets. */
static size_t skip_doctype(itd_sv head, size_t at)
{
    int depth = 0;
    for (; at < head.size; at++) {
        depth += (head.data[at] == '[') - (head.data[at] == ']');
        if (head.data[at] == '>' && depth <= 0)
            return at + 1;
    }
    return SIZE_MAX;
}

bool itd_xml_sniff(itd_sv head, itd_sv *name, itd_sv *tag)
{
    size_t at = itd_sv_starts(head, ITD_SV("\xEF\xBB\xBF")) ? 3 : 0;
    while (at < head.size) {
        itd_sv rest = itd_sv_slice(head, at, head.size);
        if (is_space(rest.data[0]))
            at++;
        else if (itd_sv_starts(rest, ITD_SV("<?")))
            at = skip_past(head, at, ITD_SV("?>"));
        else if (itd_sv_starts(rest, ITD_SV("<!--")))
            at = skip_past(head, at, ITD_SV("-->"));
        else if (itd_sv_starts(rest, ITD_SV("<!")))
            at = skip_doctype(head, at);
        else
            break;
    }
    if (at >= head.size || head.data[at] != '<')
        return false;
    size_t end = itd_sv_find(head, ITD_SV(">"), at);
    if (end == SIZE_MAX)
        return false;
    *tag = itd_sv_slice(head, at, end + 1 - at);
    size_t size = 1;
    while (size < tag->size && !is_space(tag->data[size]) && tag->data[size] != '>' && tag->data[size] != '/')
        size++;
    *name = itd_sv_slice(*tag, 1, size - 1);
    size_t colon = itd_sv_find(*name, ITD_SV(":"), 0);
    if (colon != SIZE_MAX)
        *name = itd_sv_slice(*name, colon + 1, name->size);
    return true;
}
