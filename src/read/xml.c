#include "read/xml.h"

#include <assert.h>
#include <expat.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"

#define CHUNK_BYTES ((size_t)1 << 16)
#define SPACE_SEPARATOR ' '
/* Small enough that a record's own limits are always met first. */
#define ARENA_BYTES_MAX                                                                                                \
    (2 * ITD_XML_RECORD_BYTES_MAX + (ITD_XML_RECORD_NODES_MAX + ITD_XML_RECORD_ATTRIBUTES_MAX) * 2 *                   \
                                        (sizeof(itd_xml_node) + sizeof(itd_xml_attribute)))

/* Memory of the parser: each block starts with its size and whom it is counted for. */
typedef union memory_header {
    struct {
        struct memory *owner;
        size_t size;
    };
    max_align_t align;
} memory_header;

typedef struct memory {
    size_t used;
    bool over;
} memory;

typedef struct level {
    itd_xml_node *node; /* NULL: outside of records */
    itd_xml_node *last; /* its youngest child */
    itd_sv name;        /* of an element outside of records, in `outside` */
} level;

typedef struct reader {
    XML_Parser parser;
    memory memory;
    itd_input *input;
    const itd_xml_handler *handler;
    void *context;
    itd_error *error;
    itd_status status;  /* why the parser was stopped */
    uint64_t fed;       /* bytes given to the parser */
    uint64_t token_fed; /* the same when the last token was seen */
    itd_sv space;       /* the root's namespace */
    itd_arena outside;  /* names of elements that hold records, and the namespace */
    itd_arena inside;   /* the record */
    size_t nodes, attributes, bytes;
    itd_buffer text; /* that no node has taken yet */
    uint64_t text_line, text_offset;
    bool text_blank; /* white space only */
    unsigned depth;
    level levels[ITD_XML_DEPTH_MAX + 1]; /* by depth; 0 stays empty */
} reader;

/* The library's memory functions know no context: blocks are made while this thread is in itd_xml_read. */
static _Thread_local memory *memory_now;

static void *memory_take(void *old, size_t size)
{
    memory_header *header = old ? (memory_header *)old - 1 : NULL;
    memory *owner = header ? header->owner : memory_now;
    size_t before = header ? header->size : 0;
    if (size > ITD_XML_PARSER_BYTES_MAX || owner->used - before > ITD_XML_PARSER_BYTES_MAX - size) {
        owner->over = true;
        return NULL;
    }
    memory_header *grown = itd_realloc_array(header, 1, sizeof *header + size);
    if (!grown)
        return NULL;
    owner->used = owner->used - before + size;
    grown->owner = owner;
    grown->size = size;
    return grown + 1;
}

static void *memory_malloc(size_t size)
{
    return memory_take(NULL, size);
}

static void *memory_realloc(void *old, size_t size)
{
    return memory_take(old, size);
}

static void memory_free(void *block)
{
    if (!block)
        return;
    memory_header *header = (memory_header *)block - 1;
    header->owner->used -= header->size;
    itd_free(header);
}

static uint64_t line_now(const reader *r)
{
    return (uint64_t)XML_GetCurrentLineNumber(r->parser);
}

static uint64_t offset_now(const reader *r)
{
    XML_Index at = XML_GetCurrentByteIndex(r->parser);
    return at < 0 ? r->fed : (uint64_t)at;
}

static void stop(reader *r, itd_status status)
{
    if (r->status == ITD_OK) {
        r->status = status;
        (void)XML_StopParser(r->parser, XML_FALSE);
    }
}

static void stop_limit(reader *r, const char *limit, size_t value)
{
    if (r->status == ITD_OK)
        stop(r, itd_fail_at(r->error, ITD_ELIMIT, itd_input_name(r->input), line_now(r), offset_now(r),
                            "more than %s (%zu) in one record", limit, value));
}

static void stop_memory(reader *r)
{
    if (r->status == ITD_OK)
        stop(r, itd_fail_memory(r->error));
}

/* The name as nodes carry it. */
static itd_sv local_name(const reader *r, const char *name)
{
    const char *separator = strchr(name, SPACE_SEPARATOR);
    if (!separator)
        return itd_sv_of(name);
    itd_sv space = {name, (size_t)(separator - name)};
    return itd_sv_equal(space, r->space) ? itd_sv_of(separator + 1) : itd_sv_of(name);
}

static bool count_bytes(reader *r, size_t size)
{
    if (size > ITD_XML_RECORD_BYTES_MAX - r->bytes) {
        stop_limit(r, "ITD_XML_RECORD_BYTES_MAX", ITD_XML_RECORD_BYTES_MAX);
        return false;
    }
    r->bytes += size;
    return true;
}

static itd_sv keep(reader *r, itd_sv text)
{
    if (!count_bytes(r, text.size))
        return ITD_SV_NONE;
    itd_sv kept = itd_arena_copy(&r->inside, text);
    if (!kept.data)
        stop_memory(r);
    return kept;
}

static bool keep_attributes(reader *r, itd_xml_node *node, const char **attributes)
{
    size_t count = 0;
    while (attributes[2 * count])
        count++;
    if (count == 0)
        return true;
    if (count > ITD_XML_RECORD_ATTRIBUTES_MAX - r->attributes) {
        stop_limit(r, "ITD_XML_RECORD_ATTRIBUTES_MAX", ITD_XML_RECORD_ATTRIBUTES_MAX);
        return false;
    }
    r->attributes += count;
    itd_xml_attribute *kept = itd_arena_alloc_array(&r->inside, count, sizeof *kept);
    if (!kept) {
        stop_memory(r);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        kept[i].name = keep(r, local_name(r, attributes[2 * i]));
        kept[i].value = keep(r, itd_sv_of(attributes[2 * i + 1]));
        if (!kept[i].name.data || !kept[i].value.data)
            return false;
    }
    node->attributes = kept;
    node->attribute_count = count;
    return true;
}

static itd_xml_node *make_node(reader *r, const char *name, const char **attributes)
{
    if (r->nodes == ITD_XML_RECORD_NODES_MAX) {
        stop_limit(r, "ITD_XML_RECORD_NODES_MAX", ITD_XML_RECORD_NODES_MAX);
        return NULL;
    }
    r->nodes++;
    itd_xml_node *node = itd_arena_alloc(&r->inside, sizeof *node);
    if (!node) {
        stop_memory(r);
        return NULL;
    }
    node->line = line_now(r);
    node->offset = offset_now(r);
    node->name = keep(r, local_name(r, name));
    return node->name.data && keep_attributes(r, node, attributes) ? node : NULL;
}

static void start_record(reader *r)
{
    itd_arena_reset(&r->inside);
    r->nodes = r->attributes = r->bytes = 0;
}

/* What was read since the last tag goes to the element that it stands in. */
static bool settle_text(reader *r, bool leaf)
{
    itd_sv text = itd_buffer_view(&r->text);
    itd_xml_node *node = r->levels[r->depth].node;
    bool blank = r->text_blank;
    itd_buffer_clear(&r->text);
    r->text_blank = true;
    if (text.size == 0 || (blank && !(leaf && node)))
        return true;
    if (!node) {
        itd_status status = r->handler->stray(r->context, itd_sv_trim(text), r->text_line, r->text_offset, r->error);
        if (status != ITD_OK)
            stop(r, status);
        return status == ITD_OK;
    }
    if (node->text.size == 0) {
        node->text = keep(r, text);
        return node->text.data != NULL;
    }
    if (!count_bytes(r, node->text.size + text.size))
        return false;
    node->text = itd_arena_format(&r->inside, "%.*s%.*s", ITD_SV_ARG(node->text), ITD_SV_ARG(text));
    if (!node->text.data)
        stop_memory(r);
    return node->text.data != NULL;
}

static void start_root(reader *r, const char *name, const char **attributes)
{
    const char *separator = strchr(name, SPACE_SEPARATOR);
    r->space = itd_arena_copy(&r->outside, (itd_sv){name, separator ? (size_t)(separator - name) : 0});
    if (!r->space.data) {
        stop_memory(r);
        return;
    }
    start_record(r);
    itd_xml_node *root = make_node(r, name, attributes);
    if (!root)
        return;
    level *here = &r->levels[1];
    here->name = itd_arena_copy(&r->outside, root->name);
    if (!here->name.data) {
        stop_memory(r);
        return;
    }
    itd_status status = r->handler->root(r->context, root, r->space, r->error);
    if (status != ITD_OK)
        stop(r, status);
}

/* An element that holds records: its attributes are no record's, so they are as stray as text would be. */
static void start_holder(reader *r, itd_sv name, const char **attributes)
{
    level *here = &r->levels[r->depth];
    here->name = itd_arena_copy(&r->outside, name);
    if (!here->name.data)
        stop_memory(r);
    for (; *attributes && r->status == ITD_OK; attributes += 2) {
        itd_status status =
            r->handler->stray(r->context, itd_sv_of(attributes[1]), line_now(r), offset_now(r), r->error);
        if (status != ITD_OK)
            stop(r, status);
    }
}

static void start_below(reader *r, const char *name, const char **attributes)
{
    level *here = &r->levels[r->depth], *above = here - 1;
    if (!above->node) {
        itd_sv local = local_name(r, name);
        if (r->handler->holds_records && r->handler->holds_records(r->context, local, r->depth)) {
            start_holder(r, local, attributes);
            return;
        }
        start_record(r);
    }
    itd_xml_node *node = make_node(r, name, attributes);
    if (!node)
        return;
    here->node = node;
    if (above->last)
        above->last->next = node;
    else if (above->node)
        above->node->first = node;
    if (above->node)
        above->last = node;
}

static void XMLCALL on_start(void *context, const char *name, const char **attributes)
{
    reader *r = context;
    r->token_fed = r->fed;
    if (r->status != ITD_OK || !settle_text(r, false))
        return;
    if (r->depth == ITD_XML_DEPTH_MAX) {
        stop(r, itd_fail_at(r->error, ITD_ELIMIT, itd_input_name(r->input), line_now(r), offset_now(r),
                            "elements deeper than ITD_XML_DEPTH_MAX (%d)", ITD_XML_DEPTH_MAX));
        return;
    }
    r->depth++;
    r->levels[r->depth] = (level){0};
    if (r->depth == 1)
        start_root(r, name, attributes);
    else
        start_below(r, name, attributes);
}

static void XMLCALL on_end(void *context, const char *name)
{
    (void)name;
    reader *r = context;
    r->token_fed = r->fed;
    level *here = &r->levels[r->depth];
    if (r->status != ITD_OK || !settle_text(r, !here->last))
        return;
    itd_xml_node *node = here->node;
    r->depth--;
    if (!node)
        return;
    node->size = offset_now(r) + (uint64_t)XML_GetCurrentByteCount(r->parser) - node->offset;
    if (r->levels[r->depth].node)
        return;
    itd_status status = r->handler->record(r->context, node, r->levels[r->depth].name, r->error);
    if (status != ITD_OK)
        stop(r, status);
}

static bool is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

static void XMLCALL on_text(void *context, const char *text, int size)
{
    reader *r = context;
    r->token_fed = r->fed;
    if (r->status != ITD_OK)
        return;
    bool blank = is_blank(text, (size_t)size);
    if (r->text_blank && !r->levels[r->depth].node) {
        if (blank)
            return;
        r->text_line = line_now(r);
        r->text_offset = offset_now(r);
    }
    r->text_blank = r->text_blank && blank;
    if (r->text.size + (size_t)size > ITD_XML_RECORD_BYTES_MAX)
        stop_limit(r, "ITD_XML_RECORD_BYTES_MAX", ITD_XML_RECORD_BYTES_MAX);
    else if (!itd_buffer_append(&r->text, (itd_sv){text, (size_t)size}))
        stop_memory(r);
}

/* Comments, instructions, the XML declaration: only their length matters. */
static void XMLCALL on_other(void *context, const char *text, int size)
{
    (void)text;
    (void)size;
    reader *r = context;
    r->token_fed = r->fed;
}

static void XMLCALL on_doctype(void *context, const char *name, const char *system_id, const char *public_id,
                               int has_internal_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal_subset;
    reader *r = context;
    if (r->status == ITD_OK)
        stop(r, itd_fail_at(r->error, ITD_EFORMAT, itd_input_name(r->input), line_now(r), offset_now(r),
                            "has a document type declaration, which no list needs and which can hide an entity bomb"));
}

static itd_status fail_parser(reader *r)
{
    if (r->status != ITD_OK)
        return r->status;
    enum XML_Error why = XML_GetErrorCode(r->parser);
    if (why == XML_ERROR_NO_MEMORY && r->memory.over)
        return itd_fail_at(r->error, ITD_ELIMIT, itd_input_name(r->input), line_now(r), offset_now(r),
                           "the parser needs more than ITD_XML_PARSER_BYTES_MAX (%zu)", ITD_XML_PARSER_BYTES_MAX);
    if (why == XML_ERROR_NO_MEMORY)
        return itd_fail_memory(r->error);
    return itd_fail_at(r->error, ITD_EFORMAT, itd_input_name(r->input), line_now(r), offset_now(r),
                       "not well-formed XML: %s", XML_ErrorString(why));
}

static itd_status parse_all(reader *r)
{
    for (;;) {
        void *chunk = XML_GetBuffer(r->parser, (int)CHUNK_BYTES);
        if (!chunk)
            return fail_parser(r);
        size_t got = 0;
        ITD_TRY(itd_input_read(r->input, chunk, CHUNK_BYTES, &got, r->error));
        r->fed += got;
        if (XML_ParseBuffer(r->parser, (int)got, got == 0) != XML_STATUS_OK)
            return fail_parser(r);
        if (got == 0)
            return ITD_OK;
        if (r->fed - r->token_fed > ITD_XML_TOKEN_BYTES_MAX)
            return itd_fail_at(r->error, ITD_ELIMIT, itd_input_name(r->input), line_now(r), offset_now(r),
                               "a tag or comment longer than ITD_XML_TOKEN_BYTES_MAX (%zu)", ITD_XML_TOKEN_BYTES_MAX);
        if (r->handler->progress)
            r->handler->progress(r->context, r->input);
    }
}

itd_status itd_xml_read(itd_input *input, const itd_xml_handler *handler, void *context, itd_error *error)
{
    assert(input && handler && handler->root && handler->record && handler->stray);

    static const XML_Memory_Handling_Suite suite = {memory_malloc, memory_realloc, memory_free};
    const char separator[] = {SPACE_SEPARATOR, '\0'};
    itd_status status = ITD_OK;
    reader *r = itd_calloc(1, sizeof *r);
    if (!r)
        return itd_fail_memory(error);
    r->input = input;
    r->handler = handler;
    r->context = context;
    r->error = error;
    r->text_blank = true;
    itd_arena_init(&r->outside, ARENA_BYTES_MAX);
    itd_arena_init(&r->inside, ARENA_BYTES_MAX);

    memory *outer = memory_now; /* a callback may itself read XML */
    memory_now = &r->memory;
    r->parser = XML_ParserCreate_MM(NULL, &suite, separator);
    if (!r->parser) {
        status = itd_fail_memory(error);
        goto out;
    }
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetDefaultHandler(r->parser, on_other);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    status = parse_all(r);
out:
    if (r->parser)
        XML_ParserFree(r->parser);
    memory_now = outer;
    itd_buffer_finish(&r->text);
    itd_arena_finish(&r->outside);
    itd_arena_finish(&r->inside);
    itd_free(r);
    return status;
}

const itd_xml_node *itd_xml_child(const itd_xml_node *node, const char *name)
{
    for (const itd_xml_node *child = node ? node->first : NULL; child; child = child->next)
        if (itd_sv_is(child->name, name))
            return child;
    return NULL;
}

itd_sv itd_xml_child_text(const itd_xml_node *node, const char *name)
{
    const itd_xml_node *child = itd_xml_child(node, name);
    return child ? itd_sv_trim(child->text) : ITD_SV_NONE;
}
