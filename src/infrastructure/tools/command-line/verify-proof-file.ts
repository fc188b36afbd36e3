import type { Actor } from '../../../domain/kernel/fact';
import type { SignedCheckpoint } from '../../signed-log/checkpoint';
import type { NoteVerifier } from '../../signed-log/signed-note';
import type { ProvedEvent, TicketProof } from '../../proof/ticket-proof';
import { checkTicketProof } from '../../proof/verify/check-ticket-proof';
import { proofFaultWords } from '../../proof/fault-words';
import { readTicketProof } from '../../proof/verify/read-ticket-proof';
import { linkOf } from '../../log/codec/event-codec.codec';
import type { Invocation, JsonOption } from './invocation';
import { CommandEnds, exitCodes } from './exit-code';
import { fileToVerify, keyToInsistOn, mustHaveNoCheckpoint } from './files-to-verify';
import type { Words } from './terminal';
import { eventDataLines } from './event-data';
import { inBoth } from '../../phrasing/sentences';

type Options = JsonOption & { readonly checkpoint?: readonly string[]; readonly key?: string };

const closedMark = '[…]';

/** What a fact says, with a mark for personal data: they are sealed in the file, and stay so. */
const withoutSealed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSealed);
  if (typeof value !== 'object' || value === null) return value;
  if ('sealed' in value) return closedMark;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutSealed(item)]));
};

const actorWords = (actor: Actor): string => (actor.kind === 'citizen' ? actor.kind : `${actor.kind} ${actor.id}`);

const stepOf = (event: ProvedEvent) => {
  const { type, recordedAt, actor, data } = linkOf(event);
  return { number: event.leaf + 1, at: recordedAt, type, actor: actorWords(actor), data: withoutSealed(data) };
};

/** What holds, and what nobody may read into it. */
const claimsOf = (
  proof: TicketProof,
  { origin, size }: SignedCheckpoint,
  verifier: string,
  insisted: NoteVerifier | undefined,
): readonly Words[] => [
  inBoth.cli.verifyProofFile.provedTheseEventsLog({ events: proof.events.length, origin, size }),
  inBoth.cli.verifyProofFile.notProvedTicketNo,
  ...(proof.notYetSealed === 0 ? [] : [inBoth.cli.verifyProofFile.fileSaysWithoutProof({ notYetSealed: proof.notYetSealed })]),
  ...(proof.timeStamp === undefined ? [] : [inBoth.cli.verifyProofFile.fileBearsTimeStamp]),
  insisted === undefined ? inBoth.cli.verifyProofFile.signedKeyCompareOne({ verifier }) : inBoth.cli.verifyProofFile.signedKeyGiven,
];

/** Offline: nothing is read but the file and the key. */
export const verifyProofFile = (desk: Invocation, path: string, { checkpoint, key, json = false }: Options): void => {
  mustHaveNoCheckpoint(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const proof = readTicketProof(fileToVerify(path));
  if (proof === undefined) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.verifyProofFile.fileNoProofTicket({ path }));
  const checked = checkTicketProof(proof, insisted);
  if (checked.kind === 'fails') {
    const text = proofFaultWords(checked.fault);
    if (json) desk.printJson({ holds: false, ...checked.fault, text });
    else desk.print(desk.colour('red', desk.say(text)));
    desk.end(exitCodes.findings);
    return;
  }
  const steps = proof.events.map(stepOf);
  const claims = claimsOf(proof, checked.checkpoint, checked.verifier, insisted);
  const { origin, size } = checked.checkpoint;
  if (json) {
    desk.printJson({
      holds: true,
      ticketId: proof.ticketId,
      verifier: checked.verifier,
      keyGiven: insisted !== undefined,
      origin,
      size,
      steps,
      claims,
    });
    return;
  }
  desk.printTable(
    [
      'nr.',
      desk.say(inBoth.cli.verifyProofFile.at),
      desk.say(inBoth.cli.verifyProofFile.fact),
      desk.say(inBoth.cli.verifyProofFile.who),
      desk.say(inBoth.cli.verifyProofFile.says),
    ],
    steps.map(({ number, at, type, actor, data }) => [String(number), at, type, actor, eventDataLines(data)]),
  );
  const [first, ...others] = claims.map((words) => desk.say(words));
  desk.print(desk.colour('green', first ?? ''));
  for (const claim of others) desk.print(claim);
};
