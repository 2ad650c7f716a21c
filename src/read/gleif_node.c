#include "read/gleif_node.h"

/* Extensions stand in a namespace of their own, which is written before the name. */
static bool is_named(const itd_xml_node *node, const char *name)
{
    size_t blank = itd_sv_find(node->name, ITD_SV(" "), 0);
    return itd_sv_is(blank == SIZE_MAX ? node->name : itd_sv_slice(node->name, blank + 1, SIZE_MAX), name);
}

static const itd_xml_node *named(const itd_xml_node *node, const char *name)
{
    while (node && !is_named(node, name))
        node = node->next;
    return node;
}

/* A member under its name, or under that name behind a prefix. */
static const itd_json *member(const itd_json *object, const char *name)
{
    const void *cursor = NULL;
    const itd_json *found = itd_json_member(object, name), *value;
    itd_sv key, wanted = itd_sv_of(name);
    while (!found && itd_json_next_member(object, &cursor, &key, &value))
        if (itd_sv_ends(key, wanted) && key.size > wanted.size && key.data[key.size - wanted.size - 1] == ':')
            found = value;
    return found;
}

itd_gleif_node itd_gleif_child(itd_gleif_node node, const char *name)
{
    if (itd_json_typeof(node.json) == ITD_JSON_ARRAY) /* of an element that is repeated the first */
        node.json = itd_json_item(node.json, 0);
    if (node.json)
        return (itd_gleif_node){.json = member(node.json, name)};
    return (itd_gleif_node){.xml = node.xml ? named(node.xml->first, name) : NULL};
}

bool itd_gleif_has(itd_gleif_node node, const char *name)
{
    itd_gleif_node child = itd_gleif_child(node, name);
    return child.json || child.xml;
}

itd_sv itd_gleif_value(itd_gleif_node node)
{
    const itd_json *json = node.json;
    if (itd_json_typeof(json) == ITD_JSON_ARRAY)
        json = itd_json_item(json, 0);
    if (itd_json_typeof(json) == ITD_JSON_OBJECT)
        json = itd_json_member(json, "$");
    return itd_sv_trim(node.xml ? node.xml->text : itd_json_text(json));
}

itd_sv itd_gleif_text(itd_gleif_node node, const char *name)
{
    return itd_gleif_value(itd_gleif_child(node, name));
}

/* One item of a list, or as many as an array has. */
static void take_items(itd_gleif_node *out, size_t *count, const itd_json *json, size_t max)
{
    bool array = itd_json_typeof(json) == ITD_JSON_ARRAY;
    for (size_t i = 0; i < (array ? itd_json_count(json) : 1); i++, (*count)++)
        if (*count < max)
            out[*count] = (itd_gleif_node){.json = array ? itd_json_item(json, i) : json};
}

size_t itd_gleif_items(itd_gleif_node *out, itd_gleif_node list, size_t max)
{
    const void *cursor = NULL;
    const itd_json *value;
    itd_sv key;
    size_t count = 0;
    if (itd_json_typeof(list.json) == ITD_JSON_ARRAY)
        take_items(out, &count, list.json, max);
    while (itd_json_typeof(list.json) == ITD_JSON_OBJECT && itd_json_next_member(list.json, &cursor, &key, &value))
        if (!itd_sv_starts(key, ITD_SV("@")))
            take_items(out, &count, value, max);
    for (const itd_xml_node *child = list.xml ? list.xml->first : NULL; child; child = child->next, count++)
        if (count < max)
            out[count] = (itd_gleif_node){.xml = child};
    return count;
}

size_t itd_gleif_texts(itd_sv *out, itd_gleif_node node, const char *name, size_t max)
{
    itd_gleif_node child = itd_gleif_child(node, name);
    size_t count = 0;
    if (itd_json_typeof(child.json) == ITD_JSON_ARRAY) {
        for (; count < itd_json_count(child.json); count++)
            if (count < max)
                out[count] = itd_gleif_value((itd_gleif_node){.json = itd_json_item(child.json, count)});
        return count;
    }
    if (child.json && max > 0)
        out[0] = itd_gleif_value(child);
    for (const itd_xml_node *x = child.xml; x; x = named(x->next, name), count++)
        if (count < max)
            out[count] = x->text;
    return child.json ? 1 : count;
}
