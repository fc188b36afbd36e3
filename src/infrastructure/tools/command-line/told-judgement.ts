import type { Verdict } from '../../../domain/audit/check';
import type { Judgement } from '../../../domain/audit/judge';
import type { Grade } from '../../../domain/kernel/grade';
import { basisInWords, gradeOfOverall, observersInWords } from '../../phrasing/audit/verdict-text';
import { articleWords, gradedVerdict } from './explained-lines';
import type { Invocation } from './invocation';
import type { Colour } from './terminal';

const colourOf: Partial<Record<Verdict, Colour>> = { pass: 'green', fail: 'red', warn: 'yellow', waived: 'yellow', pending: 'dim' };

const coloured = (cli: Invocation, verdict: Verdict, grade: Grade | null | undefined): string => {
  const colour = colourOf[verdict];
  const text = gradedVerdict(verdict, grade);
  return colour === undefined ? text : cli.colour(colour, text);
};

const longestVerdict = gradedVerdict('pending', 'declared').length;

/** A line for the whole, on what it rests, and a line a check, each with how it is known. */
export const printJudgement = (cli: Invocation, reference: string, judgement: Judgement): void => {
  cli.print(`${reference}  ${coloured(cli, judgement.overall, gradeOfOverall(judgement))}`);
  const basis = basisInWords(judgement, cli.language);
  if (basis !== undefined) cli.print(basis);
  for (const { id, verdict, grade, observable, article, text } of judgement.checks) {
    const room = ' '.repeat(longestVerdict - gradedVerdict(verdict, grade).length);
    const could = observable === undefined ? '' : ` (${cli.words.audit.couldConfirm({ who: observersInWords(observable, cli.language) })})`;
    cli.print(`${id}  ${coloured(cli, verdict, grade)}${room}  ${cli.say(articleWords(article))}  ${cli.say(text)}${could}`);
  }
};
