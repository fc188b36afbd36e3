import { type ValueOf, word } from './shape';

/** Why a meeting is cancelled or moved (Art. 8): the ticket keeps it, and the agenda too while a meeting is to move. */
export const changeReason = word('illness', 'leave', 'bridge-day', 'technical', 'citizen-request', 'other');
/** A20. */
export type ChangeReason = ValueOf<typeof changeReason>;
/** Who asked for it. */
export const party = word('citizen', 'staff');
