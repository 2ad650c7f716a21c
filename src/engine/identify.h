#ifndef ITD_ENGINE_IDENTIFY_H
#define ITD_ENGINE_IDENTIFY_H

#include "screen/screen.h"

/** A question that is one text which reads as an identifier ("IMO 9074729", a wallet, an LEI, a BIC) asks for that
 * identifier too. Values go to the arena. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_question_identify(itd_question *question, itd_arena *arena, itd_error *error);

#endif
