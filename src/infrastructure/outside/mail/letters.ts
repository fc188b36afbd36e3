import type {
  AddressChangedLetter,
  CancellationLetter,
  ChangeLetter,
  CitizenLetter,
  CodeLetter,
  EarlierHourLetter,
  InvitationLetter,
  LetterHead,
  LetterRequest,
  MeetingDetails,
  NewAddressLetter,
  OfficialLetter,
  OpeningLetter,
  ReminderLetter,
  ResolutionLetter,
} from '../../../application/kernel/ports/correspondence';
import type { InformationCentre } from '../../../application/kernel/ports/city-hall';
import type { Policies } from '../../../domain/policies';
import type { Crest } from './crest';
import { type OwnRecordingNotice, recordingNoticeFor } from '../../../domain/ticket/request-ticket';
import { languages, sentences } from '../../phrasing/sentences';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { waysToCentre } from '../../phrasing/words/information-centre';
import { cleanLine, cleanLines, insideSentence, webAddress } from './clean-text';
import { type Block, details, type LetterBody, linkTo, paragraph, type Row } from './letter-body';
import { dateInWords, instantInWords, slotInWords } from './local-time';
import { officialLetterBody } from './official-letters';
import { modeInWords, personInWords } from './words-of-meeting';
import { needsOf } from '../../../domain/ticket/facts';

/** What the city hall says about itself in every letter. */
export type Office = {
  readonly policies: Policies;
  /** who helps; left out, letters name it without a way to it */
  readonly informationCentre?: InformationCentre;
  /** A14: left out, the notice that is shipped */
  readonly recordingNotice?: OwnRecordingNotice;
  /** left out, letters say in words alone whose they are */
  readonly crest?: Crest;
};

const greeting = ({ name, locale }: Pick<LetterHead, 'name' | 'locale'>): Block => {
  const { greeting: named, greetingWithoutName } = sentences[locale].letters.all;
  const shown = insideSentence(name);
  return paragraph(shown === '' ? greetingWithoutName : named({ name: shown }));
};

/**
 * The address of the page of the ticket. The citizen opens it with its code or in the browser that booked it. The address itself opens
 * nothing, and holds no token.
 */
export const ticketPage = ({ publicUrl, reference }: Pick<LetterHead, 'publicUrl' | 'reference'>): string | undefined =>
  webAddress(`${publicUrl.replace(/\/+$/, '')}/tichet/${reference}`);

const page = (head: LetterHead): readonly Block[] => linkTo(sentences[head.locale].letters.all.page, ticketPage(head));

/** Whom to call, and the signature. */
const closing = ({ reference, locale }: Pick<LetterHead, 'reference' | 'locale'>, { informationCentre }: Office): readonly Block[] => {
  const { help, helpAt, automatic, signature } = sentences[locale].letters.all;
  const ways = waysToCentre(informationCentre, locale);
  const whom = ways === '' ? help({ reference }) : helpAt({ ways, reference });
  return [paragraph(whom), paragraph(automatic), paragraph(signature)];
};

/** Why staff changed a meeting; nothing when no reason was given. */
const reasonRows = (request: ChangeLetter | CancellationLetter): readonly Row[] => {
  const { locale, by, reason, reasonText = '' } = request;
  const { reasons, change } = sentences[locale].letters;
  const own = cleanLine(reasonText);
  const saysMore =
    own !== '' && (reason === undefined || languages.every((language) => sentences[language].letters.reasons[reason] !== own));
  const named = reason === undefined ? own : saysMore ? `${reasons[reason]} (${own})` : reasons[reason];
  return by === 'citizen' || named === '' ? [] : [[change.reason, named]];
};

/** When, how, with whom, where. */
const meetingRows = (meeting: LetterHead & MeetingDetails): readonly Row[] => {
  const { locale, slot, mode, meetWith, place = '' } = meeting;
  const words = sentences[locale].letters.meeting;
  const where = needsOf(mode).place ? cleanLine(place) : '';
  return [
    [words.when, slotInWords(slot, locale)],
    [words.how, modeInWords(mode, locale)],
    [words.with, personInWords(meetWith, locale)],
    ...(where === '' ? [] : [[words.where, where] as const]),
  ];
};

/** What to do next, which differs with the mode; and for `online` what is recorded and by whom (Art. 5, A14). */
const preparation = (
  { locale, mode, joinUrl, recordingKeptDays }: LetterHead & MeetingDetails,
  { recordingNotice }: Office,
): readonly Block[] => {
  const words = sentences[locale].letters.meeting;
  const toDo = (item: string): Block => ({ kind: 'list', title: words.next, items: [item, words.duration] });
  const there = sentences[locale].modes.toDo[mode];
  if (!needsOf(mode).link) return [toDo(there)];
  const url = webAddress(joinUrl);
  const notice: Block = {
    kind: 'quotation',
    title: words.recording,
    text: recordingNoticeFor(recordingKeptDays, recordingNotice).text[locale],
  };
  return url === undefined ? [toDo(words.linkLater), notice] : [{ kind: 'link', label: words.link, url }, toDo(there), notice];
};

/** A19, with the numbers of the policies in force. */
const citizenRights = ({ locale, movesLeft: times }: InvitationLetter | ChangeLetter | ReminderLetter, { policies }: Office): Block => {
  const { title, cancel, move, moved, page } = sentences[locale].letters.rights;
  return {
    kind: 'list',
    title,
    items: [cancel, times === 0 ? moved : move({ times, ...leadTimeInWords(policies['lead-time'].value) }), page],
  };
};

/** Art. 3 e; the code with which a ticket opens in another browser; and the one that verifies another address. It stands alone on its line; no other line is made of digits alone. */
const codeLetter = ({ kind, locale, reference, code, expiresAt }: CodeLetter | OpeningLetter | NewAddressLetter): LetterBody => {
  const { code: first, opening, newAddress } = sentences[locale].letters;
  const words = { code: first, opening, 'new-address': newAddress }[kind];
  return {
    subject: words.subject({ reference }),
    title: words.title,
    blocks: [
      paragraph(words.asked),
      { kind: 'code', digits: code },
      paragraph(words.enter({ until: instantInWords(expiresAt, locale) })),
      ...(kind === 'code' ? [paragraph(first.once)] : []),
      paragraph(words.other),
    ],
  };
};

/** To the address that is left: a citizen who did not ask for the change is told whom to call; the new address is not named. */
const addressChangedLetter = ({ locale, reference, issuedAt }: AddressChangedLetter): LetterBody => {
  const words = sentences[locale].letters.addressChanged;
  return {
    subject: words.subject({ reference }),
    title: words.title,
    blocks: [paragraph(words.changed({ when: instantInWords(issuedAt, locale) })), paragraph(words.other)],
  };
};

/** Art. 3 e, 5. Sent when the meeting is scheduled and, online, again once its link is there. */
const invitationLetter = (request: InvitationLetter, office: Office): LetterBody => {
  const { locale, reference, mode, joinUrl } = request;
  const words = sentences[locale].letters.invitation;
  const { subject, intro } = needsOf(mode).link && webAddress(joinUrl) !== undefined ? words.withLink : words.withoutLink;
  return {
    subject: subject({ reference }),
    title: words.title,
    blocks: [
      paragraph(intro),
      details(...meetingRows(request)),
      ...preparation(request, office),
      paragraph(words.calendar),
      citizenRights(request, office),
    ],
  };
};

const changeWords = ({ locale, about, by }: ChangeLetter) => {
  const words = sentences[locale].letters.change;
  switch (about) {
    case 'rescheduled':
      return by === 'citizen' ? words.rescheduledByCitizen : words.rescheduledByStaff;
    case 'mode-changed':
      return by === 'citizen' ? words.modeChangedByCitizen : words.modeChangedByStaff;
    case 'reassigned':
      return words.reassigned;
    case 'staff-absent':
      return words.staffAbsent;
  }
};

/** What the citizen knew of the meeting, where it is otherwise now. */
const formerRows = (request: ChangeLetter): readonly Row[] => {
  if (request.about === 'reassigned' || request.about === 'staff-absent') return [];
  const { locale, slot, mode, formerSlot, formerMode, formerMeetWith } = request;
  const words = sentences[locale].letters.change;
  return [
    ...(formerSlot === undefined || formerSlot.startsAt === slot.startsAt
      ? []
      : [[words.former, slotInWords(formerSlot, locale)] as const]),
    ...(formerMode === undefined || formerMode === mode ? [] : [[words.formerMode, modeInWords(formerMode, locale)] as const]),
    ...(formerMeetWith === undefined ? [] : [[words.formerPerson, personInWords(formerMeetWith, locale)] as const]),
  ];
};

/** Art. 8, A19, A3, A23. What was, what is now and why. */
const changeLetter = (request: ChangeLetter, office: Office): LetterBody => {
  const { locale, reference } = request;
  const { calendar } = sentences[locale].letters.change;
  const { subject, title, intro } = changeWords(request);
  return {
    subject: subject({ reference }),
    title,
    blocks: [
      paragraph(intro),
      details(...meetingRows(request), ...formerRows(request), ...reasonRows(request)),
      ...(request.about === 'staff-absent' ? [] : [...preparation(request, office), paragraph(calendar), citizenRights(request, office)]),
    ],
  };
};

/** A19 (by the citizen) and Art. 8 (by staff, who then owe a new slot). */
const cancellationLetter = (request: CancellationLetter): LetterBody => {
  const { locale, reference, by } = request;
  const words = sentences[locale].letters.cancellation;
  return {
    subject: words.subject({ reference }),
    title: words.title,
    blocks: [
      paragraph(words.intro[by]),
      details(...meetingRows(request), ...reasonRows(request)),
      paragraph(words.next[by]),
      paragraph(words.calendar),
    ],
  };
};

/** What is near: when, how, with whom, what to do, and how to give it up or move it in time. */
const reminderLetter = (request: ReminderLetter, office: Office): LetterBody => {
  const { locale, reference, slot } = request;
  const words = sentences[locale].letters.reminder;
  return {
    subject: words.subject({ reference, when: slotInWords(slot, locale) }),
    title: words.title,
    blocks: [
      paragraph(words.intro),
      details(...meetingRows(request)),
      ...preparation(request, office),
      paragraph(words.cannotCome),
      citizenRights(request, office),
    ],
  };
};

/** A19. What became free, what stands, and where it can be taken. */
const earlierHourLetter = ({ locale, reference, slot, booked, mode, meetWith }: EarlierHourLetter): LetterBody => {
  const { meeting, earlierHour: words } = sentences[locale].letters;
  return {
    subject: words.subject({ reference, when: slotInWords(slot, locale) }),
    title: words.title,
    blocks: [
      paragraph(words.intro),
      details(
        [words.free, slotInWords(slot, locale)],
        [words.booked, slotInWords(booked, locale)],
        [meeting.how, modeInWords(mode, locale)],
        [meeting.with, personInWords(meetWith, locale)],
      ),
      paragraph(words.take),
      paragraph(words.enough),
    ],
  };
};

/** What was put right, the newest first, each with its reason. */
const amendmentBlocks = ({ locale, amendments }: ResolutionLetter): readonly Block[] => {
  const { text, why } = sentences[locale].letters.resolution.amendment;
  return amendments
    .toReversed()
    .flatMap(({ amendment: number, form, amendedAt, conclusions, reason }): readonly Block[] => [
      { kind: 'quotation', title: text[form]({ number, date: instantInWords(amendedAt, locale) }), text: cleanLines(conclusions) },
      details([why, cleanLine(reason)]),
    ]);
};

/** Art. 7. The conclusions as they were written, and the document that holds them; what was put right since stands before them. */
const resolutionLetter = (request: ResolutionLetter): LetterBody => {
  const { locale, reference, amendments } = request;
  const words = sentences[locale].letters.resolution;
  const newest = amendments.at(-1);
  const filed = `${cleanLine(request.requestNumber)} / ${dateInWords(request.filedOn, locale)}`;
  const document = request.documentNumber === undefined ? '' : cleanLine(request.documentNumber);
  return {
    subject: newest === undefined ? words.subject({ reference }) : words.amendment.subject({ reference }),
    title: newest === undefined ? words.title : words.amendment.title,
    blocks: [
      paragraph(newest === undefined ? words.intro : words.amendment.intro[newest.form]({ number: newest.amendment })),
      details(
        [words.request, filed],
        [words.meeting, slotInWords(request.slot, locale)],
        [words.with, personInWords(request.meetWith, locale)],
        ...(document === '' ? [] : [[words.document, document] as const]),
        ...amendments.flatMap(({ amendment: number, documentNumber = '' }): readonly Row[] =>
          documentNumber === '' ? [] : [[words.amendment.document({ number }), cleanLine(documentNumber)]],
        ),
      ),
      ...amendmentBlocks(request),
      {
        kind: 'quotation',
        title: newest === undefined ? words.conclusions : words.amendment.first,
        text: cleanLines(request.conclusions),
      },
      paragraph(words.unclear),
    ],
  };
};

const ownOf = (request: CitizenLetter, office: Office): LetterBody => {
  switch (request.kind) {
    case 'code':
    case 'opening':
    case 'new-address':
      return codeLetter(request);
    case 'address-changed':
      return addressChangedLetter(request);
    case 'invitation':
      return invitationLetter(request, office);
    case 'change':
      return changeLetter(request, office);
    case 'cancellation':
      return cancellationLetter(request);
    case 'reminder':
      return reminderLetter(request, office);
    case 'earlier-hour':
      return earlierHourLetter(request);
    case 'resolution':
      return resolutionLetter(request);
  }
};

const citizenLetterBody = (request: CitizenLetter, office: Office): LetterBody => {
  const { subject, title, blocks } = ownOf(request, office);
  return { subject, title, blocks: [greeting(request), ...blocks, ...page(request), ...closing(request, office)] };
};

const officialBody = (request: OfficialLetter): LetterBody => {
  const { subject, title, blocks } = officialLetterBody(request);
  const { automatic, signature } = sentences[request.locale].letters.all;
  return { subject, title, blocks: [greeting(request), ...blocks, paragraph(automatic), paragraph(signature)] };
};

const isOfficialLetter = (request: LetterRequest): request is OfficialLetter => request.kind.startsWith('official-');

/** What a letter says: its own, between the greeting and, for citizens, the way to the ticket’s page and whom to call, and the signature. */
export const letterBody = (request: LetterRequest, office: Office): LetterBody =>
  isOfficialLetter(request) ? officialBody(request) : citizenLetterBody(request, office);
