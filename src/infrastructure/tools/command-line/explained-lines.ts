import type { ChangeView, EntryView, StepView, TicketExplained } from '../../../application/audit/ticket-history';
import type { PersonalData } from '../../../application/kernel/ports/personal-data';
import { readableText } from '../../../application/kernel/typed-values';
import { day, dueMoment, type Verdict } from '../../../domain/audit/check';
import type { Judgement } from '../../../domain/audit/judge';
import type { Instant } from '../../../domain/kernel/fact';
import type { Grade } from '../../../domain/kernel/grade';
import { isPersonalText } from '../../../domain/kernel/personal-text';
import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, endsItsDay, isInstant } from '../../../domain/time/civil-time';
import { actorInWords, saysAnEnd } from '../../phrasing/audit/step-text';
import { gradeOfOverall } from '../../phrasing/audit/verdict-text';
import { inBoth, saidOf, type Sentence, sentences } from '../../phrasing/sentences';
import { hourWithSeconds } from '../../phrasing/words/dates';

/** `3 e` of the Annex, `D4` of the Order itself, `GDPR 17` of the law: as the pages say it. */
export const articleWords = (article: string): Sentence => {
  const { gdprArt, orderArt, art } = inBoth.cli.article;
  if (article.startsWith('GDPR ')) return gdprArt({ number: article.slice('GDPR '.length) });
  return article.startsWith('D') ? orderArt({ article: article.slice(1) }) : art({ article });
};

const longestValue = 80;

/** The data of a fact with every sealed text as `[…]`, in clear, or `[șters]` once it was erased. */
export const readableData = async (value: unknown, personalData: PersonalData, showPersonal: boolean): Promise<unknown> => {
  if (isPersonalText(value)) return readableText(value, personalData, showPersonal);
  if (Array.isArray(value)) return Promise.all(value.map((item) => readableData(item, personalData, showPersonal)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, item]) => [name, await readableData(item, personalData, showPersonal)] as const);
  return Object.fromEntries(await Promise.all(entries));
};

const flat = (value: unknown, name: string): readonly string[] => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([inner, item]) => flat(item, name === '' ? inner : `${name}.${inner}`));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [`${name}=${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}`];
};

/** On one line: `slot.startsAt=2026-… mode=phone`. */
export const eventDataLines = (value: unknown): string => flat(value, '').join(' ');

/**
 * Breaks a text between words so that its lines fit: the first begins with `lead`, the others with `indent`. A longer word stays whole, and
 * so does what a no-break space holds together; it is shown as a space.
 */
export const wrapped = (text: string, columns: number, indent: string, lead = ''): readonly string[] => {
  const lines: string[] = [];
  let [line, begins] = [lead, true];
  for (const word of text.split(' ')) {
    if (!begins && line.length + 1 + word.length > columns) {
      lines.push(line);
      [line, begins] = [indent, true];
    }
    line += begins ? word : ` ${word}`;
    begins = false;
  }
  return [...lines, line].map((one) => one.replaceAll('\u00a0', ' '));
};

const columns = 100;
const inset = '    ';
const shownVerdicts: readonly Verdict[] = ['fail', 'warn', 'pending', 'waived', 'pass'];
const shownGrades: readonly (Grade | undefined)[] = [undefined, 'declared', 'observed'];
const nothing = '–';

const moment = (at: Instant): string => `${day(civilDateOf(at))}, ${hourWithSeconds(at)}`;
/** The same of a target or a limit. */
const dueWithSeconds = (due: Instant): string => (endsItsDay(due) ? dueMoment(due) : moment(due));
const fieldMoment = (name: string, at: Instant): string =>
  saysAnEnd(name.slice(name.lastIndexOf('.') + 1)) ? dueWithSeconds(at) : moment(at);
const value = (name: string, shown: ChangeView['after']): string => {
  if (shown === undefined) return nothing;
  return typeof shown === 'string' && isInstant(shown) ? fieldMoment(name, shown) : String(shown);
};
const indented = (text: string): readonly string[] => wrapped(text, columns, `${inset}  `, inset);

/** `pass, observed`: never the verdict alone where something is known of how it is known. */
export const gradedVerdict = (verdict: Verdict, grade: Grade | null | undefined): string =>
  grade === undefined || grade === null ? verdict : `${verdict}, ${grade}`;

/** `pending C16 C20 · pass, observed C01 C02`, what does not apply left out. */
const standing = ({ checks }: Judgement): string =>
  shownVerdicts
    .flatMap((verdict) => shownGrades.map((grade) => [verdict, grade] as const))
    .flatMap(([verdict, grade]) => {
      const ids = checks.filter((check) => check.verdict === verdict && check.grade === grade).map(({ id }) => id);
      return ids.length === 0 ? [] : [`${gradedVerdict(verdict, grade)} ${ids.join(' ')}`];
    })
    .join(' · ');

/** Tells an explanation on a terminal of 100 columns. */
export const explainedLines = (explained: TicketExplained, language: Locale): readonly string[] => {
  const words = sentences[language].cli.explainedLines;
  const say = (sentence: Sentence): string => sentence[language];
  const article = (name: string): string => say(articleWords(name)).replaceAll(' ', '\u00a0');

  const turned = ({ turned: checks }: Extract<EntryView, { readonly turned: unknown }>): readonly string[] =>
    checks.flatMap(({ id, before, after, gradeBefore, gradeAfter, article: of, text }) =>
      indented(
        `${id}  ${before === undefined ? nothing : gradedVerdict(before, gradeBefore)} → ${gradedVerdict(after, gradeAfter)}  ${article(of)}  ${say(text)}`,
      ),
    );

  const stepLines = (step: StepView): readonly string[] => [
    ...step.changes.flatMap(({ name, before, after }) =>
      indented(`${name}: ${before === undefined ? '' : `${value(name, before)} → `}${value(name, after)}`),
    ),
    ...step.due.flatMap(({ name, at }) => indented(`${words.due}: ${sentences[language].cli.due.due[name]} ${fieldMoment(name, at)}`)),
    ...turned(step),
    ...(step.judgement === undefined ? [] : indented(`${words.checks}: ${standing(step.judgement)}`)),
  ];

  const isDeadline = (entry: EntryView): boolean =>
    entry.kind === 'time-passed' && entry.turned.some(({ after }) => after === 'fail' || after === 'warn');

  const head = (entry: EntryView): string => {
    switch (entry.kind) {
      case 'step':
        return `${sentences[language].audit.steps.facts[entry.type]} (${entry.type}) · ${actorInWords(entry.actor, language)} · ${article(entry.article)}`;
      case 'time-passed':
        return isDeadline(entry) ? words.deadlinePassed : words.momentCame;
      case 'elsewhere':
        return `${words.recordedElsewhere}: ${[...new Set(entry.facts.map(({ of, type }) => (type === undefined ? of : `${of} ${type}`)))].join(', ')}`;
      case 'refused': {
        const what = saidOf(sentences[language].audit.attempts, entry.command) ?? entry.command;
        const why = entry.article === undefined ? entry.code : `${entry.code} · ${article(entry.article)}`;
        return `${words.refused}: ${what} · ${actorInWords(entry.actor, language)} · ${why}`;
      }
    }
  };

  const rest = (entry: EntryView): readonly string[] => {
    if (entry.kind === 'refused') return indented(say(entry.sentence));
    return entry.kind === 'step' ? stepLines(entry) : turned(entry);
  };

  const { entries, judgement, articles, late } = explained;
  return [
    ...(late ? wrapped(words.late, columns, '') : []),
    ...entries.flatMap((entry) => [
      ...wrapped(`${isDeadline(entry) ? dueWithSeconds(entry.at) : moment(entry.at)}  ${head(entry)}`, columns, inset),
      ...rest(entry),
      '',
    ]),
    ...(judgement === undefined
      ? []
      : wrapped(
          `${words.at} ${moment(explained.asOf)}: ${gradedVerdict(judgement.overall, gradeOfOverall(judgement))}. ${standing(judgement)}`,
          columns,
          inset,
        )),
    ...(entries.some(({ kind }) => kind === 'refused') ? wrapped(words.refused2, columns, '') : []),
    '',
    ...Object.entries(articles)
      .toSorted(([one], [other]) => one.localeCompare(other, 'ro', { numeric: true }))
      .flatMap(([name, text]) => wrapped(`${article(name)}: ${say(text)}`, columns, inset)),
  ];
};
