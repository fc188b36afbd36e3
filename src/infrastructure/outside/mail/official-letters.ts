import type {
  MeetingNews,
  NamedDuty,
  OfficialDayLetter,
  OfficialLetter,
  OfficialNewsLetter,
  OfficialWeekLetter,
} from '../../../application/kernel/ports/correspondence';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import { cleanLine, webAddress } from './clean-text';
import { details, type LetterBody, linkTo, list, paragraph, type Row } from './letter-body';
import { dateInWords, dueInstantInWords, slotInWords } from './local-time';
import { modeInWords } from './words-of-meeting';

/* Letters to civil servants. They name a ticket by reference, hour and mode; of the applicant and the request they say nothing. */

const at = ({ publicUrl }: Pick<OfficialLetter, 'publicUrl'>, path: string): string | undefined =>
  webAddress(`${publicUrl.replace(/\/+$/, '')}${path}`);

const newsLine = (news: MeetingNews, locale: Locale): string => {
  const words = sentences[locale].letters.official;
  const { reference, slot, mode, formerSlot } = news;
  const line = words.news[news.what].line({ reference, when: slotInWords(slot, locale), how: modeInWords(mode, locale) });
  return formerSlot === undefined ? line : `${line} (${words.former({ when: slotInWords(formerSlot, locale) })})`;
};

const newsLetter = (request: OfficialNewsLetter): LetterBody => {
  const { locale, news } = request;
  const { meeting, change, official } = sentences[locale].letters;
  const { subject, title } = official.news[news.what];
  const { reference, slot, mode, formerSlot } = news;
  const card = `/programari/${news.ticketId}`;
  const former: readonly Row[] = formerSlot === undefined ? [] : [[change.former, slotInWords(formerSlot, locale)]];
  return {
    subject: subject({ reference }),
    title,
    blocks: [
      details(
        [official.reference, reference],
        [meeting.when, slotInWords(slot, locale)],
        [meeting.how, modeInWords(mode, locale)],
        ...former,
      ),
      ...(news.what === 'offered'
        ? [...linkTo(official.answer, at(request, `${card}/oferta`)), paragraph(official.untilAccepted)]
        : [...linkTo(official.card, at(request, card)), paragraph(official.noNames)]),
    ],
  };
};

const dayLetter = (request: OfficialDayLetter): LetterBody => {
  const { locale, news, duties, meetings } = request;
  const { official } = sentences[locale].letters;
  const words = official.day;
  const { kinds } = sentences[locale].office.tasks;
  const date = dateInWords(request.date, locale);
  const until = dateInWords(request.until, locale);
  const duty = ({ reference, kind, targetAt, limitAt }: NamedDuty): string => {
    const { what } = kinds[kind];
    if (limitAt === undefined) return words.dutyWithoutDue({ reference, what });
    const limit = dueInstantInWords(limitAt, locale);
    return targetAt === undefined
      ? words.duty({ reference, what, limit })
      : words.dutyWithTarget({ reference, what, target: dueInstantInWords(targetAt, locale), limit });
  };
  const overdue = duties.filter((one) => one.overdue);
  const due = duties.filter((one) => !one.overdue);
  const [path, label] = meetings.length > 0 || duties.length === 0 ? ['/programari', official.meetings] : ['/sarcini', official.tasks];
  return {
    subject: words.subject({ date }),
    title: words.title({ date }),
    blocks: [
      ...list(words.overdue, overdue.map(duty)),
      ...list(words.due({ until }), due.map(duty)),
      ...list(
        words.meetings({ until }),
        meetings.map(({ reference, slot, mode, linkMissing }) => {
          const line = words.meeting({ reference, when: slotInWords(slot, locale), how: modeInWords(mode, locale) });
          return linkMissing ? `${line} (${words.linkMissing})` : line;
        }),
      ),
      ...list(
        words.news,
        news.map((one) => newsLine(one, locale)),
      ),
      ...linkTo(label, at(request, path)),
      paragraph(official.noNames),
    ],
  };
};

const weekLetter = (request: OfficialWeekLetter): LetterBody => {
  const { locale, department, lastWeek, cancelled, resolutionsLate, dutiesOverdue, ahead } = request;
  const { official } = sentences[locale].letters;
  const words = official.week;
  const monday = dateInWords(request.monday, locale);
  return {
    subject: words.subject({ monday }),
    title: words.title,
    blocks: [
      details(
        [words.department, cleanLine(department)],
        [words.cancelled, String(cancelled)],
        [words.resolutionsLate, String(resolutionsLate)],
        [words.dutiesOverdue, String(dutiesOverdue)],
      ),
      ...list(
        words.lastWeek,
        lastWeek.map(({ mode, ...counts }) => words.mode({ how: modeInWords(mode, locale), ...counts })),
      ),
      ...list(
        words.ahead({ monday }),
        ahead.map(({ mode, count }) => words.count({ how: modeInWords(mode, locale), count })),
      ),
      ...linkTo(official.meetings, at(request, '/programari')),
    ],
  };
};

const ownOf = (request: OfficialLetter): LetterBody => {
  switch (request.kind) {
    case 'official-news':
      return newsLetter(request);
    case 'official-day':
      return dayLetter(request);
    case 'official-week':
      return weekLetter(request);
  }
};

/** The page on which an official chooses these letters is found by their own id: the tag under which the letter is kept ends with it. */
const choosing = ({ ticketId, ...request }: OfficialLetter): string | undefined =>
  at(request, `/program/${ticketId.slice('staff-'.length)}/scrisori`);

/** What a letter to a civil servant says, from after the greeting up to the signature. */
export const officialLetterBody = (request: OfficialLetter): LetterBody => {
  const { subject, title, blocks } = ownOf(request);
  const url = choosing(request);
  return {
    subject,
    title,
    blocks: [...blocks, ...(url === undefined ? [] : [paragraph(sentences[request.locale].letters.official.why({ url }))])],
  };
};
