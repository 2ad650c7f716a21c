#ifndef ITD_ENGINE_OWN_H
#define ITD_ENGINE_OWN_H

#include "engine/graph.h"
#include "own/explain.h"

struct itd_own {
    const itd_graph *graph;
    itd_own_evaluation e;
    itd_arena arena; /**< of the last answer */
    itd_own_summary summary;
    bool counted; /**< the summary's verdicts are up to date */
};

#endif
