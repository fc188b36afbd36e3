import type { Locale } from '../../../domain/ticket/facts';
import { isRequested } from '../../../domain/ticket/ticket';
import { checkpointOf, signedNoteOf } from '@tichet-albastru/signed-log';
import { factRows, stateRows } from '../../phrasing/audit/state-rows';
import { actorInWords, dueMoment, stepInWords, moment, requestInWords, slotInWords } from '../../phrasing/audit/step-text';
import { basisInWords, gradeOfOverall, observersInWords, verdictInWords } from '../../phrasing/audit/verdict-text';
import { articleInWords } from '../../phrasing/procedure/articles';
import { auditChecks, checkIds } from '../../../domain/audit/judge';
import type { PaperStep, PaperTicket } from './paper-ticket';
import { openSheet, type Sheet } from './sheet';
import { sentences } from '../../phrasing/sentences';

/** The language of the paper, and one that headings, steps and sentences stand in once more, small. */
export type PaperLanguages = { readonly locale: Locale; readonly small?: Locale };

type Paper = { readonly sheet: Sheet; readonly paper: PaperTicket } & PaperLanguages;

const small = { size: 7.5, colour: 'grey', indent: 12 } as const;

const drawHead = ({ sheet, paper, locale }: Paper): void => {
  const words = sentences[locale].paper;
  sheet.text(words.city, { size: 8.5, colour: 'grey' });
  sheet.space(4);
  sheet.text(`${words.title} ${paper.reference}`, { size: 18, bold: true });
  sheet.text(`${words.asOf} ${moment(paper.asOf, locale)}`);
  sheet.space(4);
  if (paper.personal) sheet.text(words.withPersons, { bold: true, colour: 'bad' });
  else sheet.text(words.withoutPersons, { size: 8.5, colour: 'grey' });
};

const drawAbout = ({ sheet, paper, locale, small: other }: Paper): void => {
  const words = sentences[locale].paper;
  sheet.heading(words.about, other && sentences[other].paper.about);
  sheet.pair(words.rows.ticketId, paper.ticketId);
  const last = paper.steps.at(-1);
  if (last !== undefined) sheet.pair(words.rows.status, sentences[locale].audit.steps.statuses[last.step.state]);
  const state = last?.after;
  if (state !== undefined && isRequested(state)) {
    const { request, mode, staffId, department } = state.booking;
    const slot = state.status === 'lapsed' ? state.place.slot : state.booking.slot;
    sheet.pair(words.rows.request, requestInWords(request, locale));
    sheet.pair(words.rows.ground, words.grounds[state.ground.kind]);
    sheet.pair(words.rows.mode, sentences[locale].modes.history[mode]);
    sheet.pair(words.rows.slot, slotInWords(slot, locale));
    sheet.pair(words.rows.staff, `${staffId} · ${department}`);
  }
  if (paper.audited !== undefined)
    sheet.pair(words.rows.verdict, verdictInWords(paper.audited.overall, gradeOfOverall(paper.audited), locale));
};

const drawStep = ({ sheet, paper, locale, small: other }: Paper, told: PaperStep, number: number): void => {
  const { step, event } = told;
  const words = sentences[locale].paper;
  sheet.keep(50);
  sheet.space(7);
  sheet.text(`${number}. ${stepInWords(step, paper.facts, locale)}`, { size: 10.5, bold: true });
  if (other !== undefined) sheet.text(stepInWords(step, paper.facts, other), small);
  sheet.text(`${moment(step.at, locale)} · ${actorInWords(step.actor, locale)} · ${articleInWords(step.article, locale)}`, { indent: 12 });
  sheet.pair(words.after, sentences[locale].audit.steps.statuses[step.state], 12);
  const rows = new Map<string, string>();
  for (const { name, lines, changed, before } of stateRows({ ...told, changed: step.changed }, paper.seals, locale)) {
    if (!changed || name === 'status') continue;
    const was = before === undefined ? '' : ` (${words.was}: ${before.join('; ')})`;
    rows.set(sentences[locale].audit.state.labels[name], `${lines.length === 0 ? words.noMore : lines.join('; ')}${was}`);
  }
  for (const [label, value] of rows) sheet.pair(label, value, 12);
  // what the state says already is not said twice
  for (const { label, value } of factRows(event.fact, paper.seals, locale))
    if (rows.get(label)?.startsWith(value) !== true) sheet.pair(label, value, 12);
};

const drawVerdicts = ({ sheet, paper: { audited }, locale, small: other }: Paper): void => {
  const words = sentences[locale].paper;
  const last = checkIds.at(-1) ?? '';
  sheet.heading(words.verdicts({ last }), other && sentences[other].paper.verdicts({ last }));
  if (audited === undefined) sheet.text(words.notJudged, { colour: 'bad' });
  const basis = audited && basisInWords(audited, locale);
  if (basis !== undefined) sheet.text(basis);
  for (const { id, verdict, grade, observable, article, text, failsAt } of audited?.checks ?? []) {
    sheet.keep(36);
    sheet.space(3);
    const head = `${id} · ${verdictInWords(verdict, grade, locale)} · ${articleInWords(article, locale)} · ${auditChecks[id].name[locale]}`;
    sheet.text(head, { bold: true, ...(verdict === 'fail' ? { colour: 'bad' } : {}) });
    sheet.text(text[locale], { indent: 12 });
    if (other !== undefined) sheet.text(text[other], small);
    if (observable !== undefined) sheet.pair(words.couldConfirm, observersInWords(observable, locale), 12);
    if (failsAt !== undefined) sheet.pair(words.failsAt, dueMoment(failsAt, locale), 12);
  }
};

const drawSeal = ({ sheet, paper: { proved, steps }, locale, small: other }: Paper): void => {
  const words = sentences[locale].paper;
  sheet.heading(words.seal, other && sentences[other].paper.seal);
  if (proved.kind === 'not-sealed') sheet.text(words.notSealed);
  if (proved.kind === 'not-yet') sheet.text(words.notYet);
  if (proved.kind === 'unreadable') sheet.text(words.unreadable);
  if (proved.kind === 'differs') {
    const number = steps.findIndex(({ event }) => event.id === proved.eventId) + 1;
    sheet.text(`${words.differs} ${number === 0 ? proved.eventId : `${words.step} ${number}`}`, { bold: true, colour: 'bad' });
  }
  if (proved.kind !== 'proved') return;
  const { verifier, checkpoint, notYetSealed } = proved.proof;
  const signed = checkpointOf(signedNoteOf(checkpoint)?.text ?? '');
  if (signed !== undefined) {
    sheet.pair(words.size, String(signed.size));
    sheet.text(`${words.root}:`, { colour: 'grey' });
    sheet.text(signed.root.toString('hex'), { mono: true, size: 8 });
  }
  sheet.text(`${words.key}:`, { colour: 'grey' });
  sheet.text(verifier, { mono: true, size: 8 });
  sheet.text(`${words.checkpoint}:`, { colour: 'grey' });
  sheet.text(checkpoint.trimEnd(), { mono: true, size: 7.5 });
  if (notYetSealed > 0) sheet.pair(words.newer, String(notYetSealed));
};

const drawHashes = ({ sheet, paper: { steps, proved }, locale, small: other }: Paper): void => {
  const words = sentences[locale].paper;
  const leaves = new Map(proved.kind === 'proved' ? proved.proof.events.map(({ id, leaf }) => [id, leaf]) : []);
  sheet.heading(words.hashes, other && sentences[other].paper.hashes);
  sheet.text(words.hashesLead, { size: 8.5, colour: 'grey' });
  steps.forEach(({ event, hash }, index) => {
    const leaf = leaves.get(event.id);
    const place = leaf === undefined ? words.unsealed : `${words.leaf}: ${leaf + 1}`;
    sheet.keep(24);
    sheet.text(`${index + 1}. ${event.fact.type} · ${place}`, { size: 8.5 });
    sheet.text(hash, { mono: true, size: 8, indent: 12 });
  });
};

const drawHow = ({ sheet, paper: { reference }, locale, small: other }: Paper): void => {
  const words = sentences[locale].paper;
  sheet.heading(words.how, other && sentences[other].paper.how);
  sheet.text(words.howLines[0]);
  sheet.text(`tichet proof ${reference} --out ${reference}-dovada.json`, { mono: true, size: 8.5, indent: 12 });
  sheet.text(`tichet verify ${reference}-dovada.json --key ${words.keyFile}`, { mono: true, size: 8.5, indent: 12 });
  for (const line of words.howLines.slice(1)) sheet.text(line);
};

/** One ticket's history on A4, for a file of paper. The same ticket at the same moment gives the same bytes. */
export const drawPaper = async (paper: PaperTicket, languages: PaperLanguages): Promise<Buffer> => {
  const { locale } = languages;
  const words = sentences[locale].paper;
  const title = `${words.title} ${paper.reference}`;
  const sheet = openSheet({ title, at: paper.asOf, locale });
  const drawn: Paper = { sheet, paper, ...languages };
  drawHead(drawn);
  drawAbout(drawn);
  sheet.heading(words.steps, languages.small && sentences[languages.small].paper.steps);
  paper.steps.forEach((step, index) => {
    drawStep(drawn, step, index + 1);
  });
  drawVerdicts(drawn);
  drawSeal(drawn);
  drawHashes(drawn);
  drawHow(drawn);
  const mark = paper.personal ? ` · ${words.withPersons.split('.')[0] ?? ''}` : '';
  return sheet.end((page, of) => `${title} · ${moment(paper.asOf, locale)} · ${words.page[0]}${page}${words.page[1]}${of}${mark}`);
};
