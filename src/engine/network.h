#ifndef ITD_ENGINE_NETWORK_H
#define ITD_ENGINE_NETWORK_H

#include "engine/graph_ways.h"
#include "graph/links.h"
#include "interdict/network.h"

/* Entities keep the numbers of their graph; those without a link stand alone. */
struct itd_network {
    itd_context *context;
    itd_ways ways;
    itd_links links;
    uint32_t *suspected; /**< by entity: links of suspicions alone */
    itd_network_info info;
    itd_arena arena; /**< of the last answer */
};

#endif
