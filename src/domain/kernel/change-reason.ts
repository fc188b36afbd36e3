import { instant, number, object, optional, text, type ValueOf, word } from './shape';

/** Why a meeting is cancelled or moved (Art. 8): the ticket keeps it, and the agenda too while a meeting is to move. */
export const changeReason = word('illness', 'leave', 'bridge-day', 'technical', 'citizen-request', 'other');
/** A20. */
export type ChangeReason = ValueOf<typeof changeReason>;
/** Who asked for it. */
export const party = word('citizen', 'staff');

export const agreementChannel = word('phone', 'email', 'in-person');
/** A20: how and when the citizen agreed to what staff change. */
export const agreement = object({ channel: agreementChannel, agreedAt: instant });
export type Agreement = ValueOf<typeof agreement>;

/** A14. `keptDays`: for how long after the meeting the notice said that the recording is kept (policy `recording-period`). */
export const acceptedNotice = object({ version: text, acceptedAt: instant, keptDays: optional(number) });

export const counterChannel = word('counter', 'phone');
/** A clerk who did it for the citizen, who came to the counter or rang; `clerk`: as facts name people. */
export const askedThrough = object({ channel: counterChannel, clerk: text });
export type AskedThrough = ValueOf<typeof askedThrough>;
