#ifndef INTERDICT_H
#define INTERDICT_H

/* The public API of Interdict. Every handle is made by a create or open function that writes it through its first
 * argument, and is given back with the matching destroy or close, which accepts NULL. Outputs are written on success
 * only. Calls on different handles are safe from different threads; a context, a question reader and a byte string
 * serve one thread at a time; an index may be shared. */

#include "interdict/audit.h"
#include "interdict/case.h"
#include "interdict/clusters.h"
#include "interdict/compare.h"
#include "interdict/context.h"
#include "interdict/decide.h"
#include "interdict/export.h"
#include "interdict/fetch.h"
#include "interdict/graph.h"
#include "interdict/identifier.h"
#include "interdict/index.h"
#include "interdict/lists.h"
#include "interdict/nearest.h"
#include "interdict/network.h"
#include "interdict/own.h"
#include "interdict/owners.h"
#include "interdict/rescreen.h"
#include "interdict/resolve.h"
#include "interdict/screen.h"
#include "interdict/screening.h"
#include "interdict/status.h"

#endif
