import { createReadStream } from 'node:fs';
import { checkIds } from '../../../../domain/audit/judge';
import { type OtherReading, readPolicies } from '../../../../domain/audit/other-reading';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../../domain/kernel/fact';
import { otherReadingOf, readingOfFile } from '../../../config/policies-file';
import { createEventCodec } from '../../../log/codec/event-codec.codec';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { inBoth, type Sentence } from '../../../phrasing/sentences';
import type { ExportChecked } from '../../../proof/export/export-verify';
import { exportFaultWords, proofFaultWords } from '../../../proof/fault-words';
import type { JudgingOptions, Difference, JudgedTicket } from '../../../proof/judge/judge-carried';
import { judgeExport, judgeProof, type NotJudged } from '../../../proof/judge/judge-file';
import { readTicketProof } from '../../../proof/verify/read-ticket-proof';
import type { NoteVerifier } from '@tichet-albastru/signed-log';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { fileToVerify, isExport, keyToInsistOn, momentOf } from '../named';
import { CommandEnds, type ExitCode, exitCodes } from '../terminal';
import { printJudgement } from '../told-judgement';

type JudgeOptions = JsonOption & {
  readonly asOf?: string;
  readonly key?: string;
  readonly policy?: readonly string[];
  readonly policies?: string;
};
type Judging = JudgingOptions & {
  readonly given?: NoteVerifier;
  /** policies of the file that were not asked for */
  readonly notAsked?: readonly string[];
};

/** Nothing is sealed or opened here: the keys of this codec are never asked for. */
const codec = createEventCodec({ keys: createMemoryKeyStore() });

/** Each `name=value`; a number alone is the one number of that policy. @throws CommandEnds */
const readingOf = (given: readonly string[] | undefined): OtherReading | undefined => {
  if (given === undefined) return undefined;
  let reading: OtherReading = {};
  for (const text of given) {
    const cut = text.indexOf('=');
    const read = otherReadingOf(cut === -1 ? text : text.slice(0, cut), cut === -1 ? '' : text.slice(cut + 1));
    if ('fault' in read) throw new CommandEnds(exitCodes.invalidInput, read.fault);
    reading = { ...reading, ...read };
  }
  return reading;
};

/** The policies of the file that the service reads too; policies that a file cannot be judged by are named. @throws CommandEnds */
const readingFromFile = (cli: Invocation, path: string, json: boolean): Required<Pick<Judging, 'reading' | 'notAsked'>> => {
  const read = readingOfFile(fileToVerify(path).toString());
  if ('fault' in read) throw new CommandEnds(exitCodes.invalidInput, read.fault);
  const { reading, others: notAsked } = read;
  if (notAsked.length > 0 && !json) cli.print(cli.words.judge.notAsked({ names: notAsked.join(', ') }));
  return { reading, notAsked };
};

/** Each sentence about what the file comes to, and what a script learns from it; the guides of auditors say what it means. */
export const judgeOutcomes = {
  asSigned: exitCodes.done,
  allAsSigned: exitCodes.done,
  wouldBe: exitCodes.done,
  wouldBeRefused: exitCodes.done,
  differs: exitCodes.findings,
  notReadable: exitCodes.findings,
  noEvidence: exitCodes.failed,
  notThereYet: exitCodes.notFound,
  later: exitCodes.invalidInput,
  neither: exitCodes.invalidInput,
} as const satisfies { readonly [Said in keyof typeof inBoth.cli.judge]?: ExitCode };

const differenceWords = ({ ticketId, check = '', signed, found }: Difference): Sentence =>
  inBoth.cli.judge.differs({ ticketId, check: check === '' ? inBoth.cli.judge.overall : check, signed, found });

const notJudgedWords = ({ ticketId, because }: NotJudged): Sentence =>
  because === 'no-evidence' ? inBoth.cli.judge.noEvidence({ ticketId }) : inBoth.cli.judge.notReadable({ ticketId });

const keyWords = (given: NoteVerifier | undefined, verifier: string): Sentence =>
  given === undefined ? inBoth.cli.verifyExportFile.signedKeyCompareOne({ verifier }) : inBoth.cli.verifyExportFile.signedKeyGiven;

const showOther = (cli: Invocation, { reference, other }: JudgedTicket): void => {
  for (const { check, before, after } of other?.verdicts ?? []) cli.print(cli.words.judge.wouldBe({ reference, check, before, after }));
  for (const { at, refusal } of other?.refused ?? [])
    cli.print(cli.words.judge.wouldBeRefused({ reference, at, code: refusal.code, article: refusal.article ?? '' }));
};

/** What happened after the file was written does not stand in it: what was kept then would look as if it had been left undone. */
const mustNotBeLater = (asked: Instant | undefined, ofTheFile: Instant | undefined): void => {
  if (asked === undefined || ofTheFile === undefined || asked <= ofTheFile) return;
  throw new CommandEnds(judgeOutcomes.later, inBoth.cli.judge.later({ asked, asOf: ofTheFile }));
};

const judgeProofFile = (cli: Invocation, path: string, json: boolean, { given, notAsked, ...asked }: Judging): void => {
  const proof = readTicketProof(fileToVerify(path));
  if (proof === undefined) throw new CommandEnds(judgeOutcomes.neither, inBoth.cli.judge.neither({ path }));
  const { checked, outcome } = judgeProof(codec, proof, { ...asked, ...defined({ given }) });
  if (checked.kind === 'fails') {
    const text = proofFaultWords(checked.fault);
    if (json) cli.printJson({ holds: false, ...checked.fault, text });
    else cli.print(cli.colour('red', cli.say(text)));
    cli.end(exitCodes.findings);
    return;
  }
  if (outcome === undefined) throw new CommandEnds(judgeOutcomes.notThereYet, inBoth.cli.judge.notThereYet({ ticketId: proof.ticketId }));
  if ('because' in outcome)
    throw new CommandEnds(judgeOutcomes[outcome.because === 'no-evidence' ? 'noEvidence' : 'notReadable'], notJudgedWords(outcome));
  mustNotBeLater(asked.asOf, proof.evidence?.judged.asOf);
  const { judgement, difference, reference, asOf } = outcome;
  const said = difference === undefined ? inBoth.cli.judge.asSigned : differenceWords(difference);
  const { notYetSealed } = proof;
  const newer = notYetSealed === 0 ? [] : [inBoth.cli.verifyProofFile.fileSaysWithoutProof({ notYetSealed })];
  const claims = [said, ...newer, keyWords(given, checked.verifier)];
  if (json) cli.printJson({ holds: difference === undefined, verifier: checked.verifier, ...outcome, claims, ...defined({ notAsked }) });
  else {
    cli.print(cli.words.judge.judgedAsOf({ asOf }));
    // a file does not say which outside systems its installation had
    printJudgement(cli, reference, { ...judgement, checks: judgement.checks.map(({ observable: _, ...check }) => check) });
    showOther(cli, outcome);
    cli.print(cli.colour(difference === undefined ? 'green' : 'red', cli.say(said)));
    for (const claim of claims.slice(1)) cli.print(cli.say(claim));
  }
  if (difference !== undefined) cli.end(judgeOutcomes.differs);
};

const mostNamed = 100;

/** What was found in all, and the first of each kind by name. */
type Found = {
  tickets: number;
  notThereYet: number;
  readonly overall: Record<string, number>;
  readonly checks: Record<string, Record<string, number>>;
  differences: number;
  readonly differing: Difference[];
  notJudged: number;
  /** of these, those with content in the file that this program cannot judge */
  notReadable: number;
  readonly unjudged: NotJudged[];
  others: number;
  refused: number;
  readonly otherwise: JudgedTicket[];
};

const nothingFound = (): Found => ({
  ...{ tickets: 0, notThereYet: 0, differences: 0, notJudged: 0, notReadable: 0, others: 0, refused: 0 },
  ...{ overall: {}, checks: Object.fromEntries(checkIds.map((id) => [id, {}])) },
  ...{ differing: [], unjudged: [], otherwise: [] },
});

const countIn = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const note = (found: Found, outcome: JudgedTicket | NotJudged): void => {
  if ('because' in outcome) {
    found.notJudged += 1;
    if (outcome.because === 'not-readable') found.notReadable += 1;
    if (found.unjudged.length < mostNamed) found.unjudged.push(outcome);
    return;
  }
  const { judgement, difference, other } = outcome;
  found.tickets += 1;
  countIn(found.overall, judgement.overall);
  for (const { id, verdict } of judgement.checks) countIn(found.checks[id] ?? {}, verdict);
  if (difference !== undefined) {
    found.differences += 1;
    if (found.differing.length < mostNamed) found.differing.push(difference);
  }
  if (other === undefined || other.verdicts.length + other.refused.length === 0) return;
  found.others += other.verdicts.length > 0 ? 1 : 0;
  found.refused += other.refused.length;
  if (found.otherwise.length < mostNamed) found.otherwise.push(outcome);
};

const showExport = (cli: Invocation, found: Found, checked: ExportChecked, { given, asOf, reading }: Judging): void => {
  const { findings, faults, unproved, verifier = '?' } = checked;
  for (const finding of findings) cli.print(cli.colour('red', cli.say(exportFaultWords(finding))));
  if (faults > findings.length) cli.print(cli.words.verifyExportFile.more({ faults: faults - findings.length }));
  const { pass = 0, fail = 0, pending = 0 } = found.overall;
  cli.print(cli.words.judge.judged({ tickets: found.tickets, asOf: asOf ?? checked.asOf ?? '?', pass, fail, pending }));
  cli.printTable(
    [cli.words.judge.check, 'pass', 'warn', 'fail', 'waived', 'pending', 'not-applicable'],
    Object.entries(found.checks).map(([id, counts]) => [
      id,
      ...['pass', 'warn', 'fail', 'waived', 'pending', 'not-applicable'].map((verdict) => String(counts[verdict] ?? 0)),
    ]),
  );
  for (const one of found.unjudged) cli.print(cli.say(notJudgedWords(one)));
  if (found.notJudged > found.unjudged.length)
    cli.print(cli.words.judge.moreNotJudged({ tickets: found.notJudged - found.unjudged.length }));
  for (const one of found.differing) cli.print(cli.colour('red', cli.say(differenceWords(one))));
  if (found.differences > found.differing.length)
    cli.print(cli.words.verifyExportFile.more({ faults: found.differences - found.differing.length }));
  if (reading !== undefined) {
    for (const one of found.otherwise) showOther(cli, one);
    cli.print(cli.words.judge.underTheOther({ tickets: found.others, refused: found.refused }));
  }
  if (unproved > 0) cli.print(cli.words.judge.unproved({ events: unproved }));
  if (faults === 0 && found.differences === 0 && found.notReadable === 0)
    cli.print(cli.colour('green', cli.words.judge.allAsSigned({ tickets: found.tickets })));
  cli.print(cli.say(keyWords(given, verifier)));
};

const judgeExportFile = async (cli: Invocation, path: string, json: boolean, judging: Judging): Promise<void> => {
  const found = nothingFound();
  const checked = await judgeExport(codec, createReadStream(path), {
    ...judging,
    onTicket: (outcome) => {
      note(found, outcome);
    },
  });
  mustNotBeLater(judging.asOf, checked.asOf);
  const holds = checked.faults === 0 && found.differences === 0 && found.notReadable === 0;
  if (json)
    cli.printJson({
      ...checked,
      holds,
      findings: checked.findings.map((finding) => ({ ...finding, text: exportFaultWords(finding) })),
      ...defined({ notAsked: judging.notAsked }),
      judged: { ...found, differing: found.differing.map((one) => ({ ...one, text: differenceWords(one) })) },
    });
  else showExport(cli, found, checked, judging);
  if (!holds) cli.end(judgeOutcomes.differs);
  else if (found.tickets === 0 && checked.tickets > 0 && judging.asOf === undefined) cli.end(judgeOutcomes.noEvidence);
};

export const judgeCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'judge <file>', cli.words.judge.aboutJudge, [
    'tichet judge TA-7K2M9QXD.json --key cheia.txt',
    'tichet judge martie.jsonl --key cheia.txt --as-of 2026-03-20',
    'tichet judge martie.jsonl --policy lead-time=72 --policy clarification-window=strict-30',
    'tichet judge martie.jsonl --policies policies.json',
  ])
    .option('--as-of <time>', cli.words.judge.optionAsOf)
    .option('--key <line|file>', cli.words.verify.optionKey)
    .option(
      '--policy <name=value>',
      cli.words.judge.optionPolicy({ names: readPolicies.join(', ') }),
      (text: string, others: readonly string[] | undefined) => [...(others ?? []), text],
    )
    .option('--policies <file>', cli.words.judge.optionPolicies)
    .action(async (file: string, { asOf, key, policy, policies, json = false }: JudgeOptions) => {
      const fromFile = policies === undefined ? undefined : readingFromFile(cli, policies, json);
      const judging: Judging = defined({
        asOf: asOf === undefined ? undefined : momentOf(asOf),
        given: key === undefined ? undefined : keyToInsistOn(key),
        reading: fromFile === undefined ? readingOf(policy) : { ...fromFile.reading, ...readingOf(policy) },
        notAsked: fromFile?.notAsked,
      });
      if (isExport(file)) await judgeExportFile(cli, file, json, judging);
      else judgeProofFile(cli, file, json, judging);
    });
};
