import type { CalendarEntry, CalendarEntryRequest, Correspondence, LetterRequest } from '../../../application/kernel/ports/correspondence';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { defined } from '@tichet-albastru/kernel/defined';
import { sentences } from '../../phrasing/sentences';
import { calendarEntry } from './calendar-entry';
import { insideSentence, webAddress } from './clean-text';
import { crestId } from './crest';
import { letterBody, type Office, ticketPage } from './letters';
import { renderHtml } from './render-html';
import { renderText } from './render-text';
import { senderFrom } from './sender';
import { textMessage } from './text-message';
import { modeInWords, personInWords } from './words-of-meeting';
import { needsOf } from '../../../domain/ticket/facts';

/** Letters in the procedure's own words. `from` is the mailbox that sends them and invites. */
export const createCorrespondence = (options: Office & { readonly from: string }): Correspondence => {
  const organizer = senderFrom(options.from);

  const entryFor = (request: CalendarEntryRequest): CalendarEntry => {
    const { locale, reference, mode, meetWith, to, name = '' } = request;
    const words = sentences[locale].letters.calendarEntry;
    const joinUrl = needsOf(mode).link ? webAddress(request.joinUrl) : undefined;
    const ticket = words.summary({ reference });
    const page = ticketPage(request);
    return calendarEntry({
      ticketId: request.ticketId,
      slot: request.slot,
      sequence: request.sequence,
      cancelled: request.cancelled,
      stampedAt: request.issuedAt,
      summary: ticket,
      description: [
        `${ticket}: ${personInWords(meetWith, locale)}`,
        words.how({ mode: modeInWords(mode, locale) }),
        ...(joinUrl === undefined ? [] : [joinUrl]),
        ...(page === undefined ? [] : [words.page({ url: page })]),
      ].join('\n'),
      location: needsOf(mode).place && request.place !== undefined ? request.place : modeInWords(mode, locale),
      organizer,
      remindHoursBefore: options.policies.reminders.value?.hoursBefore ?? [],
      ...defined({ url: joinUrl }),
      ...(to === undefined ? {} : { attendee: { name: insideSentence(name), address: to } }),
    });
  };

  /** The code comes before there is a meeting, or is about none; the resolution, and the notice of an absence, after it. Officials have a feed. */
  const entryOf = (request: LetterRequest): Pick<Letter, 'calendar'> => {
    if (request.kind !== 'invitation' && request.kind !== 'change' && request.kind !== 'cancellation') return {};
    if (request.kind === 'change' && request.about === 'staff-absent') return {};
    const { method, content } = entryFor({ ...request, cancelled: request.kind === 'cancellation' });
    return method === 'PUBLISH' ? {} : { calendar: { method, content } };
  };

  return {
    compose(request) {
      const body = letterBody(request, options);
      return {
        letterId: request.letterId,
        ticketId: request.ticketId,
        to: request.to,
        subject: body.subject,
        text: renderText(body),
        html: renderHtml(body, request.locale, options.crest && { ...options.crest, id: crestId(organizer) }),
        locale: request.locale,
        issuedAt: request.issuedAt,
        ...(request.kind === 'opening' ? { opens: request.reference } : {}),
        ...entryOf(request),
      };
    },
    textMessage: (request) => textMessage(request, options),
    calendarEntry: entryFor,
  };
};
