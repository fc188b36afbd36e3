import type { SealedText } from '../kernel/personal-text';
import type { Booking, TicketFact } from '../ticket/facts';
import { judgedStamps, requestedStamps } from './stamps';

/** No check opens a text; that one was given is all that counts. */
const given: SealedText = { sealed: '', key: '', bound: '' };

/** Of these, no check asks a later fact than `Requested`; where the meeting stands is said by the facts that put it there. */
const withoutNames = <B extends Booking>(booking: B): B => ({
  ...booking,
  department: '',
  departmentCode: '',
  holdId: '',
  calendarVersion: '',
});

/**
 * What the audit keeps of a ticket's fact: the fact without its sealed texts, without stamps that no check asks for and without
 * what its booking only repeats. Every judgement of what is kept is the judgement of the whole fact.
 */
export const evidenceOf = (fact: TicketFact): TicketFact => {
  switch (fact.type) {
    case 'Requested': {
      const contact = { name: given, ...(fact.data.contact.email === undefined ? {} : { email: given }) };
      return { ...fact, data: { ...fact.data, contact, holdId: '', heldUntil: '', policies: requestedStamps(fact.data.policies) } };
    }
    case 'Scheduled':
      return { ...fact, data: { ...withoutNames(fact.data), policies: judgedStamps(fact.data.policies, 'lead-time') } };
    case 'Held':
      return {
        ...fact,
        data: { ...withoutNames(fact.data), policies: judgedStamps(fact.data.policies, 'recording-coverage', 'recording-deadline') },
      };
    case 'Rescheduled':
      return { ...fact, data: { ...fact.data, policies: judgedStamps(fact.data.policies, 'lead-time') } };
    case 'MeetingLinkAttached':
      return { ...fact, data: { ...fact.data, joinUrl: given } };
    case 'ResolutionIssued':
      return { ...fact, data: { ...fact.data, conclusions: given } };
    case 'RecordingAttached':
      return fact.data.url === undefined ? fact : { ...fact, data: { ...fact.data, url: given } };
    default:
      return fact;
  }
};
