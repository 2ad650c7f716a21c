#include "base/fault.h"

#include <stdatomic.h>

/* 0: nothing armed; n: the n-th call from now fails. */
static _Atomic uint64_t countdown[ITD_FAULT_KINDS];
static _Atomic bool fired[ITD_FAULT_KINDS];

void itd_fault_arm(itd_fault_kind kind, uint64_t after)
{
    atomic_store(&fired[kind], false);
    atomic_store(&countdown[kind], after + 1);
}

void itd_fault_disarm(itd_fault_kind kind)
{
    atomic_store(&countdown[kind], 0);
}

bool itd_fault_fired(itd_fault_kind kind)
{
    return atomic_load(&fired[kind]);
}

bool itd_fault_hits(itd_fault_kind kind)
{
    uint64_t left = atomic_load_explicit(&countdown[kind], memory_order_relaxed);
    while (left != 0) {
        if (atomic_compare_exchange_weak(&countdown[kind], &left, left - 1)) {
            if (left == 1)
                atomic_store(&fired[kind], true);
            return left == 1;
        }
    }
    return false;
}
