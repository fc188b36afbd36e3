import { defined } from '../kernel/defined';
import type { TicketFact } from '../ticket/facts';
import type { KeptFact } from './kept-fact';
import { judgedStamps, requestedStamps } from './stamps';

/**
 * What the audit keeps of a ticket's fact: the fact without sealed texts, without stamps that no check asks for and without what
 * its booking only repeats. Every judgement of what is kept is the judgement of the whole fact. Field by field, for it is done
 * for every fact of a rebuild, and taking an object apart with a rest costs ten times as much.
 */
export const evidenceOf = (fact: TicketFact): KeptFact => {
  switch (fact.type) {
    case 'Requested': {
      const { request, staffId, department, departmentCode, mode, slot, reference, requestedAt, ground, recordingNotice } = fact.data;
      const { contact, policies, calendarVersion } = fact.data;
      return {
        type: fact.type,
        data: {
          request,
          staffId,
          department,
          departmentCode,
          mode,
          slot,
          reference,
          requestedAt,
          ground,
          contact: contact.email === undefined ? {} : { email: {} },
          ...defined({ recordingNotice }),
          policies: requestedStamps(policies),
          calendarVersion,
        },
      };
    }
    case 'VerificationCodeIssued': {
      const { n, issuedAt, expiresAt } = fact.data;
      return { type: fact.type, data: { n, issuedAt, expiresAt } };
    }
    case 'EmailVerified': {
      const { n, verifiedAt } = fact.data;
      return { type: fact.type, data: { n, verifiedAt } };
    }
    case 'Scheduled': {
      const { staffId, mode, slot, requestedAt, outcomeDueAt, policies } = fact.data;
      return {
        type: fact.type,
        data: { staffId, mode, slot, requestedAt, outcomeDueAt, policies: judgedStamps(policies, 'lead-time') },
      };
    }
    case 'Held': {
      const { request, staffId, mode, startedAt, endedAt, recordKind, resolutionTargetAt, resolutionHardLimitAt } = fact.data;
      const { recordingDueAt, policies } = fact.data;
      return {
        type: fact.type,
        data: {
          request,
          staffId,
          mode,
          startedAt,
          endedAt,
          recordKind,
          resolutionTargetAt,
          resolutionHardLimitAt,
          ...defined({ recordingDueAt }),
          policies: judgedStamps(policies, 'recording-coverage', 'recording-deadline'),
        },
      };
    }
    case 'Rescheduled': {
      const { request: _, holdId: __, reasonText: ___, calendarVersion: ____, ...data } = fact.data;
      return { type: fact.type, data: { ...data, policies: judgedStamps(data.policies, 'lead-time') } };
    }
    case 'MeetingLinkAttached': {
      const { joinUrl: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'RecordingAttached': {
      const { url: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'ResolutionIssued':
      return { type: fact.type, data: { issuedAt: fact.data.issuedAt } };
    default:
      return fact;
  }
};
