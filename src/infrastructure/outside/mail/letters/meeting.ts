import type { MeetingDetails, MeetWith } from '../../../../application/kernel/ports/correspondence';
import { recordingNotice } from '../../../../domain/ticket/request-ticket';
import type { ChangeReason, Locale, Mode } from '../../../../domain/ticket/facts';
import { cleanLine, insideSentence, webAddress } from '../clean-text';
import type { Block } from '../letter-body';
import { slotInWords } from '../local-time';
import type { Office } from './office';
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
  const romanian = locale === 'ro';
  const place = meeting.mode === 'in-person' && meeting.place !== undefined ? cleanLine(meeting.place) : '';
  return [
    [romanian ? 'Când' : 'When', slotInWords(meeting.slot, locale)],
    [romanian ? 'Cum' : 'How', modeInWords(meeting.mode, locale)],
    [romanian ? 'Cu cine' : 'With', personInWords(meeting.meetWith, locale)],
    ...(place === '' ? [] : [[romanian ? 'Unde' : 'Where', place] as const]),
  ];
};

/** What to do next, which differs with the mode; and for `online` what is recorded and by whom (Art. 5, A14). */
export const preparation = (meeting: MeetingDetails, locale: Locale): readonly Block[] => {
  const romanian = locale === 'ro';
  const title = romanian ? 'Ce aveți de făcut' : 'What to do next';
  const duration = romanian
    ? 'Întâlnirea durează 15 minute: pregătiți-vă întrebările.'
    : 'The meeting lasts 15 minutes: have your questions ready.';
  const list = (...items: readonly string[]): Block => ({ kind: 'list', title, items: [...items, duration] });
  switch (meeting.mode) {
    case 'phone':
      return [
        list(
          romanian
            ? 'La ora stabilită veți fi sunat(ă) la numărul de telefon pe care l-ați dat.'
            : 'At the time agreed you will be called at the phone number that you gave.',
        ),
      ];
    case 'in-person':
      return [
        list(
          romanian
            ? 'Veniți la sediul Primăriei cu câteva minute înainte și spuneți numărul tichetului.'
            : 'Come to City Hall a few minutes early and give your ticket number.',
        ),
      ];
    case 'online': {
      const url = webAddress(meeting.joinUrl);
      const notice: Block = {
        kind: 'quotation',
        title: romanian ? 'Informare privind înregistrarea' : 'Notice about the recording',
        text: recordingNotice.text[locale],
      };
      if (url === undefined) {
        return [
          list(
            romanian
              ? 'Linkul de invitație pentru conectarea pe platforma Webex vi-l trimitem la această adresă, înainte de întâlnire.'
              : 'The invitation link for connecting to the Webex platform will be sent to this address before the meeting.',
          ),
          notice,
        ];
      }
      return [
        {
          kind: 'link',
          label: romanian
            ? 'Linkul de invitație pentru conectarea pe platforma Webex'
            : 'The invitation link for connecting to the Webex platform',
          url,
        },
        list(
          romanian
            ? 'La ora stabilită deschideți linkul și intrați cu adresa de e-mail la care ați primit acest mesaj.'
            : 'At the time agreed open the link and join with the e-mail address at which you received this message.',
        ),
        notice,
      ];
    }
  }
};

/** A19, with the numbers of the policies in force. */
export const citizenRights = (locale: Locale, { policies }: Office): Block => {
  const times = policies['reschedule-limit'].value.times;
  const hours = policies['lead-time'].value.hours;
  return locale === 'ro'
    ? {
        kind: 'list',
        title: 'Drepturile dumneavoastră',
        items: [
          'Puteți anula întâlnirea oricând până la ora începerii, fără să spuneți de ce.',
          `O puteți muta singur(ă) la altă oră, ${times === 1 ? 'o dată' : `de cel mult ${times} ori`}; noua oră trebuie să fie la cel puțin ${hours} de ore de la data solicitării. După aceea, o mută personalul Primăriei, la cererea dumneavoastră.`,
          'Pentru amândouă deschideți pagina Tichetului albastru. În browserul în care ați făcut programarea se deschide singură; în altul, vă trimite întâi un cod la această adresă.',
        ],
      }
    : {
        kind: 'list',
        title: 'Your rights',
        items: [
          'You may cancel the meeting at any time until it starts, without saying why.',
          `You may move it yourself to another time, ${times === 1 ? 'once' : `at most ${times} times`}; the new time must be at least ${hours} hours after you ask for it. After that the staff of City Hall move it for you, if you ask.`,
          'For both open the page of your blue ticket. In the browser in which you booked it opens by itself; in another one it first sends a code to this address.',
        ],
      };
};
