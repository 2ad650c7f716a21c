#include "base/fault.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* 0: nothing armed; n: the n-th call from now fails. */
static _Atomic uint64_t countdown[ITD_FAULT_KINDS];
static _Atomic bool fired[ITD_FAULT_KINDS];
static _Atomic itd_fault_effect effects[ITD_FAULT_KINDS];

void itd_fault_arm(itd_fault_kind kind, uint64_t after)
{
    itd_fault_arm_effect(kind, after, ITD_FAULT_FAILS);
}

void itd_fault_arm_effect(itd_fault_kind kind, uint64_t after, itd_fault_effect effect)
{
    atomic_store(&effects[kind], effect);
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
            if (left != 1)
                return false;
            if (atomic_load(&effects[kind]) == ITD_FAULT_KILLS)
                itd_fault_kill();
            atomic_store(&fired[kind], true);
            return true;
        }
    }
    return false;
}

itd_fault_effect itd_fault_effect_of(itd_fault_kind kind)
{
    return atomic_load(&effects[kind]);
}

_Noreturn void itd_fault_kill(void)
{
    (void)raise(SIGKILL);
    _exit(1); /* not reached: nothing holds SIGKILL back */
}
