import type { CitizenLetter, OfficialLetter } from '../../../../src/application/kernel/ports/correspondence';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { policiesWith } from '../../../../src/domain/policies';
import { createCorrespondence } from '../../../../src/infrastructure/outside/mail/correspondence';

export const from = 'Primăria municipiului Cluj-Napoca <tichet@primarie.example>';
export const correspondence = createCorrespondence({ from, policies: policiesWith(), informationCentre: { phone: '0264 000 000' } });

export const head = {
  letterId: '018f0000-0000-7000-8000-00000000000a',
  ticketId: '018f0000-0000-7000-8000-000000000001',
  reference: 'TA-7H3K9QXZ',
  to: 'stefan.turcanu@posta.example',
  name: 'Ștefan Țurcanu',
  publicUrl: 'https://tichet.primarie.example/',
  issuedAt: '2026-11-23T08:15:00.000Z',
} as const;

/** Thursday, 26 November 2026, 10:00 in Bucharest. */
export const meeting = {
  slot: { startsAt: '2026-11-26T08:00:00.000Z', endsAt: '2026-11-26T08:15:00.000Z' },
  mode: 'online',
  meetWith: { name: 'Győző Pop-Mureșan', role: 'head-of-office', department: 'Serviciul Autorizări urbanism' },
  sequence: 0,
  movesLeft: 2,
} as const;

const formerSlot = { startsAt: '2026-11-25T12:30:00.000Z', endsAt: '2026-11-25T12:45:00.000Z' };

export const joinUrl = 'https://primarie.webex.example/meet/j.php?MTID=m1&x="y"';

export const kinds = [
  'code',
  'new-address',
  'address-changed',
  'opening',
  'invitation',
  'link',
  'phone',
  'in-person',
  'rescheduled',
  'moved-whole',
  'mode-changed',
  'reassigned',
  'staff-absent',
  'cancellation',
  'reminder',
  'earlier-hour',
  'resolution',
] as const;
export type Kind = (typeof kinds)[number];

/** One of each letter, as a citizen would get it. */
export const requestOf = (kind: Kind, locale: 'ro' | 'en'): CitizenLetter => {
  const base = { ...head, locale };
  const moved = { ...base, ...meeting, kind: 'change', about: 'rescheduled', formerSlot, by: 'staff', sequence: 2 } as const;
  switch (kind) {
    case 'code':
    case 'opening':
    case 'new-address':
      return { ...base, kind, code: '048213', expiresAt: '2026-11-23T08:25:00.000Z' };
    case 'address-changed':
      return { ...base, kind: 'address-changed' };
    case 'invitation':
      return { ...base, ...meeting, kind: 'invitation' };
    case 'link':
      return { ...base, ...meeting, kind: 'invitation', sequence: 1, joinUrl };
    case 'phone':
      return { ...base, ...meeting, kind: 'invitation', mode: 'phone' };
    case 'in-person':
      return { ...base, ...meeting, kind: 'invitation', mode: 'in-person', place: 'str. Moților nr. 3, camera 12' };
    case 'rescheduled':
      return { ...moved, reason: 'illness', reasonText: 'gripă' };
    case 'moved-whole':
      return {
        ...moved,
        mode: 'phone',
        formerMode: 'online',
        formerMeetWith: { name: 'Ana Țîrlea', role: 'executive', department: 'Serviciul Cadastru' },
        reason: 'leave',
      };
    case 'mode-changed':
      return {
        ...base,
        ...meeting,
        kind: 'change',
        about: 'mode-changed',
        mode: 'phone',
        formerMode: 'online',
        by: 'citizen',
        sequence: 2,
      };
    case 'reassigned':
      return { ...base, ...meeting, kind: 'change', about: 'reassigned', by: 'staff', reasonText: 'altă repartizare', sequence: 3 };
    case 'staff-absent':
      return { ...base, ...meeting, kind: 'change', about: 'staff-absent', by: 'staff' };
    case 'cancellation':
      return { ...base, ...meeting, kind: 'cancellation', by: 'staff', reason: 'technical', sequence: 4 };
    case 'earlier-hour':
      return { ...base, kind: 'earlier-hour', slot: formerSlot, booked: meeting.slot, mode: meeting.mode, meetWith: meeting.meetWith };
    case 'reminder':
      return { ...base, ...meeting, kind: 'reminder', sequence: 1, joinUrl };
    case 'resolution':
      return {
        ...base,
        kind: 'resolution',
        conclusions: 'Dosarul este complet.\n\nCertificatul se emite până vineri & se trimite prin poștă.',
        requestNumber: '154997/425',
        filedOn: '2026-10-04',
        documentNumber: '557697',
        meetWith: meeting.meetWith,
        slot: meeting.slot,
        amendments: [],
      };
  }
};

export const compose = (kind: Kind, locale: 'ro' | 'en' = 'ro'): Letter => correspondence.compose(requestOf(kind, locale));

export const officialKinds = ['booked', 'moved', 'mode', 'given', 'taken', 'cancelled', 'offered', 'declined', 'day', 'week'] as const;
export type OfficialKind = (typeof officialKinds)[number];

/** One of each letter to a civil servant. */
const officialRequestOf = (kind: OfficialKind, locale: 'ro' | 'en'): OfficialLetter => {
  const { letterId, publicUrl, issuedAt, ticketId, reference } = head;
  const base = { letterId, publicUrl, issuedAt, locale, ticketId: 'staff-s002', to: 'zoltan.marc@primarie.example', name: 'Zoltán Marc' };
  const { slot } = meeting;
  const named = { ticketId, reference, slot, mode: 'online' } as const;
  switch (kind) {
    case 'day':
      return {
        ...base,
        kind: 'official-day',
        date: '2026-11-25',
        until: '2026-11-26',
        news: [
          { ...named, what: 'moved', formerSlot },
          { ...named, reference: 'TA-AAAA1111', mode: 'phone', what: 'cancelled' },
        ],
        duties: [
          {
            ticketId,
            reference: 'TA-BBBB2222',
            kind: 'write-resolution',
            targetAt: '2026-11-23T12:15:00.000Z',
            limitAt: '2026-11-24T22:00:00.000Z',
            overdue: true,
          },
          { ticketId, reference: 'TA-CCCC3333', kind: 'attach-recording', limitAt: '2026-11-26T10:00:00.000Z', overdue: false },
        ],
        meetings: [{ ...named, linkMissing: true }],
      };
    case 'week':
      return {
        ...base,
        kind: 'official-week',
        department: 'Serviciul Autorizări urbanism',
        monday: '2026-11-30',
        lastWeek: [
          { mode: 'online', planned: 12, held: 9, citizenAbsent: 2, staffAbsent: 0, withoutOutcome: 1 },
          { mode: 'phone', planned: 1, held: 1, citizenAbsent: 0, staffAbsent: 0, withoutOutcome: 0 },
          { mode: 'in-person', planned: 0, held: 0, citizenAbsent: 0, staffAbsent: 0, withoutOutcome: 0 },
        ],
        cancelled: 3,
        resolutionsLate: 2,
        dutiesOverdue: 4,
        ahead: [
          { mode: 'online', count: 21 },
          { mode: 'phone', count: 1 },
          { mode: 'in-person', count: 0 },
        ],
      };
    default:
      return { ...base, kind: 'official-news', news: { ...named, what: kind, ...(kind === 'moved' ? { formerSlot } : {}) } };
  }
};

export const composeForOfficial = (kind: OfficialKind, locale: 'ro' | 'en' = 'ro'): Letter =>
  correspondence.compose(officialRequestOf(kind, locale));
