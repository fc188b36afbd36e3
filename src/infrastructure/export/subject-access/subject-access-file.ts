import type { KeptRequest, KeptStep, KeptText, KeptTicket, SubjectAccess } from '../../../application/privacy/subject-access';
import type { Locale } from '../../../domain/ticket/facts';
import { escapeHtml } from '../../outside/mail/render-html';
import type { Filled } from '../../phrasing/locales/catalogue.codec';
import { saidOf, type Sentences, sentences } from '../../phrasing/sentences';
import { dateAndHour, plainDate } from '../../phrasing/words/dates';

/** The privacy page of this installation, with the numbers of the settings in force. */
type PrivacyStatement = Filled<Sentences['statements']['personalData']>;

type Row = readonly [label: string, value: string];
type Section = { readonly title: string; readonly rows: readonly Row[] };

const wordsOf = (locale: Locale) => sentences[locale].administration.access;

const factIn = (fact: string, locale: Locale): string =>
  saidOf(sentences[locale].audit.steps.facts, fact) ?? saidOf(wordsOf(locale).requestFacts, fact) ?? fact;

const fieldIn = (field: string, locale: Locale): string =>
  saidOf(wordsOf(locale).fields, field) ?? saidOf(sentences[locale].audit.facts.fields, field) ?? field;

const textRow = ({ at, fact, field, text }: KeptText, locale: Locale): Row => [
  fieldIn(field, locale),
  `${text} (${factIn(fact, locale)}, ${dateAndHour(at, locale)})`,
];

const stepRow = ({ at, fact, by }: KeptStep, locale: Locale): Row => [
  dateAndHour(at, locale),
  `${factIn(fact, locale)} (${saidOf(wordsOf(locale).by, by) ?? by})`,
];

const looksRows = (looks: KeptTicket['lookedAt'], locale: Locale): readonly Row[] =>
  looks.map(({ role, departmentCode, purpose, lastAt, times }) => [
    dateAndHour(lastAt, locale),
    [
      saidOf(sentences[locale].frame.roles, role) ?? role,
      ...(departmentCode === null ? [] : [departmentCode]),
      sentences[locale].ticket.readings.purposes[purpose],
      wordsOf(locale).times({ count: times }),
    ].join(', '),
  ]);

const section = (title: string, rows: readonly Row[], locale: Locale): Section => ({
  title,
  rows: rows.length === 0 ? [['', wordsOf(locale).nothing]] : rows,
});

const ticketSections = (ticket: KeptTicket, locale: Locale): readonly Section[] => {
  const words = wordsOf(locale);
  const { reference, request, mode, startsAt, texts, steps, letters, lookedAt } = ticket;
  const about = (what: string): string => words.ofTicket({ what, reference });
  const facts: readonly Row[] = [
    [words.request, `${request.number} / ${plainDate(request.filedOn, locale)}`],
    [words.meeting, `${dateAndHour(startsAt, locale)}, ${saidOf(sentences[locale].modes.history, mode) ?? mode}`],
  ];
  return [
    section(about(words.data), [...facts, ...texts.map((one) => textRow(one, locale))], locale),
    section(
      about(words.steps),
      steps.map((one) => stepRow(one, locale)),
      locale,
    ),
    section(
      about(words.letters),
      letters.map(({ kind, state, at }) => [dateAndHour(at, locale), `${words.letterKinds[kind]}, ${words.letterStates[state]}`]),
      locale,
    ),
    section(about(words.looked), looksRows(lookedAt, locale), locale),
  ];
};

const requestSections = (request: KeptRequest, locale: Locale): readonly Section[] => {
  const words = wordsOf(locale);
  const { number, filedOn, texts, steps, lookedAt } = request;
  const about = (what: string): string => words.ofRequest({ what, number, date: plainDate(filedOn, locale) });
  return [
    section(about(words.data), [[words.source, words.sourceOfRequest], ...texts.map((one) => textRow(one, locale))], locale),
    section(
      about(words.steps),
      steps.map((one) => stepRow(one, locale)),
      locale,
    ),
    section(about(words.looked), looksRows(lookedAt, locale), locale),
  ];
};

const sectionHtml = ({ title, rows }: Section): string =>
  [
    `<h2>${escapeHtml(title)}</h2>`,
    '<table>',
    ...rows.map(([label, value]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${escapeHtml(value)}</td></tr>`),
    '</table>',
  ].join('\n');

/** Purposes, recipients, periods and rights, as the privacy page of this installation says them (GDPR 15 (1) a–h). */
const statementHtml = ({ sections, labels }: PrivacyStatement): string => {
  const { date, cui, termene, drepturi, plangere, operator } = sections;
  const kinds = date.rows.map(({ title, why, ground, seenBy, kept }) =>
    sectionHtml({
      title,
      rows: [
        [labels.why, why],
        [labels.ground, ground],
        [labels.seenBy, seenBy],
        [labels.kept, kept],
      ],
    }),
  );
  const list = (items: readonly string[]): string => `<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
  const texts = (all: readonly string[]): string => all.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n');
  return [
    ...kinds,
    `<h2>${escapeHtml(cui.title)}</h2>`,
    texts(cui.texts),
    list(cui.list),
    `<h2>${escapeHtml(termene.title)}</h2>`,
    texts(termene.texts),
    list(termene.list),
    ...[operator, drepturi, plangere].map(({ title, texts: said }) => `<h2>${escapeHtml(title)}</h2>\n${texts(said)}`),
  ].join('\n');
};

/** GDPR 15, for the person: one file of HTML without anything from outside, that a browser shows and prints. */
export const subjectAccessHtml = (access: SubjectAccess, statement: PrivacyStatement, locale: Locale): string => {
  const words = wordsOf(locale);
  const sections = [
    ...access.requests.flatMap((one) => requestSections(one, locale)),
    ...access.tickets.flatMap((one) => ticketSections(one, locale)),
  ];
  return [
    '<!doctype html>',
    `<html lang="${locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(words.fileTitle)}</title>`,
    '<style>body{font:16px/1.5 Arial,Helvetica,sans-serif;max-width:50rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}',
    'table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #999}',
    'th{width:35%}</style>',
    '</head>',
    '<body>',
    `<h1>${escapeHtml(words.fileTitle)}</h1>`,
    `<p>${escapeHtml(words.fileLead({ at: dateAndHour(access.madeAt, locale) }))}</p>`,
    ...sections.map(sectionHtml),
    statementHtml(statement),
    '</body>',
    '</html>',
    '',
  ].join('\n');
};

/** The same for a program, with the purposes, recipients and periods of the statement beside it. */
export const subjectAccessJson = (access: SubjectAccess, statement: PrivacyStatement): string =>
  `${JSON.stringify({ ...access, statement: statement.sections }, undefined, 2)}\n`;
