import type { SealedText } from '../kernel/personal-text';
import type { Booking, TicketFact } from '../ticket/facts';
import { judgedStamps } from './stamps';

/** No check opens a text; that one was given is all that counts. */
const given: SealedText = { sealed: '', key: '', bound: '' };

/** Which department and which hold it was, no check asks; where the meeting stands is said by the facts that put it there. */
const withoutNames = <B extends Booking>(booking: B): B => ({ ...booking, department: '', departmentCode: '', holdId: '' });

/**
 * What the audit keeps of a ticket's fact: the fact without its sealed texts, without stamps that no check asks for and without
 * what its booking only repeats. Every judgement of what is kept is the judgement of the whole fact.
 */
export const evidenceOf = (fact: TicketFact): TicketFact => {
  switch (fact.type) {
    case 'Requested': {
      const { email, phone, notes } = fact.data.contact;
      const contact = {
        name: given,
        ...(email === undefined ? {} : { email: given }),
        ...(phone === undefined ? {} : { phone: given }),
        ...(notes === undefined ? {} : { notes: given }),
      };
      return { ...fact, data: { ...fact.data, contact, holdId: '', policies: judgedStamps(fact.data.policies) } };
    }
    case 'Scheduled':
      return { ...fact, data: { ...withoutNames(fact.data), policies: judgedStamps(fact.data.policies) } };
    case 'Held':
      return { ...fact, data: { ...withoutNames(fact.data), policies: judgedStamps(fact.data.policies) } };
    case 'Rescheduled':
      return { ...fact, data: { ...fact.data, policies: judgedStamps(fact.data.policies) } };
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
