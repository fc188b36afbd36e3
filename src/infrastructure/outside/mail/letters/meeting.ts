import type { MeetingDetails, MeetWith } from '../../../../application/kernel/ports/correspondence';
import { recordingNotice } from '../../../../domain/ticket/request-ticket';
import type { ChangeReason, Locale, Mode } from '../../../../domain/ticket/facts';
import { cleanLine, insideSentence, webAddress } from '../clean-text';
import type { Block } from '../letter-body';
import { slotInWords } from '../local-time';
import type { Office } from './contact';
import { sentences } from '../../../phrasing/sentences';

export const personInWords = ({ name, role, department }: MeetWith, locale: Locale): string =>
  `${insideSentence(name)}, ${sentences[locale].letters.roles[role]}, ${insideSentence(department)}`;

/** Nothing when no reason was given. */
export const reasonInWords = (reason: ChangeReason | undefined, text: string | undefined, locale: Locale): string | undefined => {
  const own = text === undefined ? '' : cleanLine(text);
  if (reason === undefined) return own === '' ? undefined : own;
  return own === '' ? sentences[locale].letters.reasons[reason] : `${sentences[locale].letters.reasons[reason]} (${own})`;
};

export const modeInWords = (mode: Mode, locale: Locale): string => sentences[locale].letters.modes[mode];

/** When, how, with whom, where. */
export const meetingRows = (meeting: MeetingDetails, locale: Locale): readonly (readonly [string, string])[] => {
  const words = sentences[locale].letters.meeting;
  const place = meeting.mode === 'in-person' && meeting.place !== undefined ? cleanLine(meeting.place) : '';
  return [
    [words.when, slotInWords(meeting.slot, locale)],
    [words.how, modeInWords(meeting.mode, locale)],
    [words.with, personInWords(meeting.meetWith, locale)],
    ...(place === '' ? [] : [[words.where, place] as const]),
  ];
};

/** What to do next, which differs with the mode; and for `online` what is recorded and by whom (Art. 5, A14). */
export const preparation = (meeting: MeetingDetails, locale: Locale): readonly Block[] => {
  const words = sentences[locale].letters.meeting;
  const toDo = (item: string): Block => ({ kind: 'list', title: words.next, items: [item, words.duration] });
  switch (meeting.mode) {
    case 'phone':
      return [toDo(words.phone)];
    case 'in-person':
      return [toDo(words.inPerson)];
    case 'online': {
      const url = webAddress(meeting.joinUrl);
      const notice: Block = { kind: 'quotation', title: words.recording, text: recordingNotice.text[locale] };
      return url === undefined ? [toDo(words.linkLater), notice] : [{ kind: 'link', label: words.link, url }, toDo(words.join), notice];
    }
  }
};

/** A19, with the numbers of the policies in force. */
export const citizenRights = (locale: Locale, { policies }: Office): Block => {
  const { title, cancel, move, page } = sentences[locale].letters.rights;
  const { times } = policies['reschedule-limit'].value;
  const { hours } = policies['lead-time'].value;
  return { kind: 'list', title, items: [cancel, move({ times, hours }), page] };
};
