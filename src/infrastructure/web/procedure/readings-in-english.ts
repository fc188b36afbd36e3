import type { Policies } from '../../../domain/policies';
import { counted, type Forms } from '../../phrasing/words/counted';
import type { ReadingGroup } from './reading';

const hours: Forms = { one: '# hour', other: '# hours' };
const minutes: Forms = { one: '# minute', other: '# minutes' };
const seconds: Forms = { one: '# second', other: '# seconds' };
const days: Forms = { one: '# day', other: '# days' };
const workingDays: Forms = { one: '# working day', other: '# working days' };
const times: Forms = { one: 'once', other: '# times' };
const tickets: Forms = { one: '# active ticket', other: '# active tickets' };
const digits: Forms = { one: '# digit', other: '# digits' };
const tries: Forms = { one: '# try', other: '# tries' };
const lookups: Forms = { one: '# search', other: '# searches' };

const inWords = (count: number, forms: Forms): string => counted(count, forms, 'en');

const windows: Readonly<Record<Policies['clarification-window']['value'], string>> = {
  'plain-30-roll':
    'The day of communication does not count, day 30 counts whole, until 24:00 in Romania; if it is not a working day, requests are accepted to the end of the next working day.',
  'civil-code-free-days':
    'Neither the first nor the last day counts: requests are accepted to the end of day 31, or of the next working day if that is none.',
  'strict-30': 'The day of communication does not count, day 30 counts whole, until 24:00 in Romania, working day or not.',
};

const request = (policies: Policies): ReadingGroup => {
  const { unmatched, minutes: within } = policies['lookup-throttle'].value;
  return {
    title: 'The request',
    readings: [
      {
        id: 'A1',
        text: 'Anyone may ask whose name matches the registered applicant, a person or an organisation. No national id number is ever asked for.',
      },
      {
        id: 'A2',
        text: 'Accepted: requests in operation, and those with a communicated answer, for the 30 days, even if closed or archived since. Not accepted: those closed or archived without an answer, and those redirected.',
      },
      {
        id: 'A3',
        text: 'You meet one person: whoever has the request in operation, or whoever answered it. If that person has left, their head. If the request moves to somebody else, the change is recorded with its reason.',
      },
      { id: 'A5', text: `The 30 days: ${windows[policies['clarification-window'].value]}` },
      { id: 'A6', text: 'The 30 days are for asking for the ticket. The meeting, or its move, may fall later.' },
      {
        id: 'A24',
        text: `A request has at most one active ticket. After the meeting another may be asked for. A confirmed e-mail address has at most ${inWords(policies['tickets-per-email'].value.active, tickets)}.`,
      },
      { id: 'A25', text: 'The same answer sent again does not reopen the window. A new answer does: the later end counts.' },
      {
        id: 'A26',
        text: 'If the answer comes after you have booked, the ticket stays valid. If the request is closed or moves to somebody else, the ticket stays and the civil servant is asked what to do.',
      },
      {
        id: 'A27',
        text: 'The date of communication is the one in the register: e-mail accepted by the server, post received, collected at the counter. A head may admit a late request with a reason.',
      },
      {
        id: 'A28',
        text: `Which of number, name and date does not match is never told. After ${inWords(unmatched, lookups)} without a result in ${inWords(within, minutes)} one has to wait. Diacritics, capital letters and the order of names do not matter.`,
      },
      {
        id: 'A29',
        text: 'A request is its number together with its filing date: numbering restarts every January. Accepted: 154997, 154.997, 154997/425 and 154997/425/04.03.2021.',
      },
    ],
  };
};

const booking = (policies: Policies): ReadingGroup => {
  const { digits: length, validMinutes, triesPerCode, holdMinutes } = policies.verification.value;
  const delay = policies['slot-release-delay'].value;
  return {
    title: 'The appointment',
    readings: [
      {
        id: 'A7',
        text: `At least ${inWords(policies['lead-time'].value.hours, hours)} pass between request and meeting, measured exactly, from the instant at which the form is accepted.`,
      },
      {
        id: 'A9',
        text: `The ticket is asked for when you send the form, if you enter the code in time. The code has ${inWords(length, digits)}, is valid for ${inWords(validMinutes, minutes)} and allows ${inWords(triesPerCode, tries)}; the hour is held for ${inWords(holdMinutes, minutes)}. A new code, after ${inWords(policies['code-interval'].value.seconds, seconds)}, replaces the old one. Otherwise hour and request are free again.`,
      },
      {
        id: 'A10',
        text: 'By phone and in person an e-mail address is optional; if you give it, it is confirmed by a code too. A phone number is required for meetings online and by phone.',
      },
      {
        id: 'A14',
        text: 'The notice about recording is shown before you choose the online meeting; its acceptance is kept, with its version and time.',
      },
      { id: 'A15', text: 'A meeting has exactly 15 minutes and starts at :00, :15, :30 or :45. Its real length is recorded.' },
      {
        id: 'A16',
        text: `The hours are those of the person (usually Monday–Wednesday 08:00–16:00, Thursday 08:00–17:30, Friday 08:00–14:30), without public holidays, days off, absences and taken hours, at most ${inWords(policies['booking-horizon'].value.days, days)} ahead.`,
      },
      {
        id: 'A30',
        text:
          delay === null
            ? 'A cancelled hour is free at once.'
            : `A cancelled hour is free again after a random time, between ${inWords(delay.minMinutes, minutes)} and ${inWords(delay.maxMinutes, minutes)}: nobody can hand it to a friend.`,
      },
    ],
  };
};

const meeting = (policies: Policies): ReadingGroup => ({
  title: 'The meeting',
  readings: [
    { id: 'A12', text: 'Meetings online are recorded, on Webex. For the others the resolution is the written record.' },
    {
      id: 'A13',
      text: 'If the recording is missing, the meeting is still held, and that it is missing is recorded with its reason. If you do not wish to be recorded you are offered another way, and that is recorded too.',
    },
    {
      id: 'A18',
      text: 'The start is recorded from the set hour on. The resolution may be written during the meeting and is sent only after its end.',
    },
    {
      id: 'A22',
      text: `If you do not come, the civil servant waits for ${inWords(policies['absence-wait'].value.minutes, minutes)}. You may book again while the request is eligible.`,
    },
    {
      id: 'A23',
      text: 'If the civil servant does not come, the meeting is moved and you are told; the 30 days no longer matter.',
    },
  ],
});

const changes = (policies: Policies): ReadingGroup => ({
  title: 'Changes',
  readings: [
    {
      id: 'A19',
      text: `You may cancel at any time until the start, and reschedule by yourself at most ${inWords(policies['reschedule-limit'].value.times, times)}; afterwards through the civil servant.`,
    },
    {
      id: 'A20',
      text: `When you reschedule, the ${inWords(policies['lead-time'].value.hours, hours)} apply again. When the civil servant does, too, unless you agreed; it always has a reason.`,
    },
    {
      id: 'A21',
      text: `When the civil servant moves or cancels, you are told by e-mail or phone within ${inWords(policies['notice-deadline'].value.hours, hours)} and before the new hour. A voice message does not count as told.`,
    },
  ],
});

const resolution = (policies: Policies): ReadingGroup => {
  const { targetHours, hardLimitWorkingDays } = policies['resolution-deadline'].value;
  return {
    title: 'The resolution',
    readings: [
      { id: 'A11', text: 'Without an e-mail address the resolution goes by post or over the counter, with its date and proof recorded.' },
      {
        id: 'A17',
        text: `“Immediately” means: the target is ${inWords(targetHours, hours)} after the end of the meeting, the limit is the end of ${inWords(hardLimitWorkingDays, workingDays)} after it. What counts is when it is sent.`,
      },
    ],
  };
};

/** Every reading, with the values in force. */
export const readingsInEnglish = (policies: Policies): readonly ReadingGroup[] => [
  request(policies),
  booking(policies),
  meeting(policies),
  changes(policies),
  resolution(policies),
];
