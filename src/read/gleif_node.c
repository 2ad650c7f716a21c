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

itd_gleif_node itd_gleif_child(itd_gleif_node node, const char *name)
{
    if (node.json)
        return (itd_gleif_node){.json = itd_json_member(node.json, name)};
    return (itd_gleif_node){.xml = node.xml ? named(node.xml->first, name) : NULL};
}

bool itd_gleif_has(itd_gleif_node node, const char *name)
{
    itd_gleif_node child = itd_gleif_child(node, name);
    return child.json || child.xml;
}

itd_sv itd_gleif_text(itd_gleif_node node, const char *name)
{
    itd_gleif_node child = itd_gleif_child(node, name);
    return itd_sv_trim(child.xml ? child.xml->text : itd_json_text(child.json));
}

size_t itd_gleif_items(itd_gleif_node *out, itd_gleif_node list, size_t max)
{
    size_t count = 0;
    if (itd_json_typeof(list.json) == ITD_JSON_ARRAY)
        for (; count < itd_json_count(list.json); count++)
            if (count < max)
                out[count] = (itd_gleif_node){.json = itd_json_item(list.json, count)};
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
                out[count] = itd_json_text(itd_json_item(child.json, count));
        return count;
    }
    if (child.json && max > 0)
        out[0] = itd_json_text(child.json);
    for (const itd_xml_node *x = child.xml; x; x = named(x->next, name), count++)
        if (count < max)
            out[count] = x->text;
    return child.json ? 1 : count;
}
