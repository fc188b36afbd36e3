import { calendarVersion } from '../calendar/calendar';
import { endOfWorkingDayAfter } from '../calendar/working-days';
import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { ClearText, WithTexts } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { plusHours } from '../time/civil-time';
import type { AmendmentForm, ResolutionAmended, WrittenResolution } from './facts';
import type { RulesInForce } from './meeting';
import { checkDocumentNumber } from './resolution';
import { type HeldTicket, isHeld, isRequested, type TicketState } from './ticket';

/** Whether the resolution can be amended: it is written, the meeting is over, and its text can still be read. */
export const mayAmend = (state: TicketState): state is HeldTicket =>
  isHeld(state) && state.resolution.issued !== undefined && !state.conclusionsErased;

export type AmendResolution = RulesInForce &
  WithTexts<WrittenResolution, ClearText> & {
    readonly form: AmendmentForm;
    /** key `record` */
    readonly reason: ClearText;
    /** whether its texts are those of the newest amendment: the state holds them sealed, so the use case compares */
    readonly sameTexts: boolean;
    readonly amendedBy: string;
    readonly at: Instant;
  };

/**
 * Art. 7. An error in a resolution that was issued: an erratum says what is put right, a replacement is the whole text anew. It is a
 * document of its own, numbered from 1, due by A17 from its own instant on; the resolution and its deadlines stay as they are.
 * The same texts again change nothing. Refuses `wrong-state` without a resolution, before the end of the meeting and once its text is
 * erased, `invalid` without a text or a reason and for a document’s number that is none.
 */
export const amendResolution = (command: AmendResolution, state: TicketState): Decision<ResolutionAmended> => {
  if (!isRequested(state)) return refuse('not-found');
  const { form, conclusions, documentNumber, reason, sameTexts, amendedBy, at, policies, calendar } = command;
  if (isBlank(conclusions)) return refuse('invalid', { article: '7', field: 'conclusions', reason: 'required' });
  if (isBlank(reason)) return refuse('invalid', { article: '7', field: 'reason', reason: 'required' });
  if (state.resolution.issued === undefined) return refuse('wrong-state', { article: '7', reason: 'not-issued' });
  if (!isHeld(state)) return refuse('wrong-state', { article: '7', reason: 'not-held' });
  if (state.conclusionsErased) return refuse('wrong-state', { article: '7', reason: 'conclusions-erased' });
  const newest = state.resolution.amendments.at(-1)?.amended;
  if (newest?.form === form && sameTexts) return noChange();
  const amendment = (newest?.amendment ?? 0) + 1;
  const refusal = documentNumber === undefined ? undefined : checkDocumentNumber(documentNumber, state, amendment);
  if (refusal !== undefined) return refusal;
  const { targetHours, hardLimitWorkingDays } = policies['resolution-deadline'].value;
  return accept({
    type: 'ResolutionAmended',
    data: {
      amendment,
      form,
      conclusions,
      ...defined({ documentNumber }),
      reason,
      amendedBy,
      amendedAt: at,
      resolutionTargetAt: plusHours(at, targetHours),
      resolutionHardLimitAt: endOfWorkingDayAfter(calendar, at, hardLimitWorkingDays),
      policies: [policies['resolution-deadline']],
      calendarVersion: calendarVersion(calendar),
    },
  });
};
