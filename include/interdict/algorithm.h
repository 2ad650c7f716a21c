#ifndef INTERDICT_ALGORITHM_H
#define INTERDICT_ALGORITHM_H

/** How two names and entities are held against each other. */
typedef enum itd_algorithm {
    ITD_ALGORITHM_LOGIC, /**< the project's own method */
    ITD_ALGORITHM_OFAC,  /**< an emulation of the score of OFAC's public search, fitted to published scores */
} itd_algorithm;

#endif
