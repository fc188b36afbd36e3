import type { Actor } from '../../../domain/kernel/fact';
import type { SignedCheckpoint } from '../../signed-log/checkpoint';
import type { NoteVerifier } from '../../signed-log/signed-note';
import type { ProvedEvent, TicketProof } from '../../proof/ticket-proof';
import { checkTicketProof } from '../../proof/verify/check-ticket-proof';
import { proofFaultWords } from '../../proof/verify/proof-fault-words';
import { readTicketProof } from '../../proof/verify/read-ticket-proof';
import { linkOf } from '../../log/codec/event-codec.codec';
import type { Desk, JsonOption } from './desk';
import { CommandEnds, exitCodes } from './exit-code';
import { fileToVerify, keyToInsistOn, mustHaveNoCheckpoint } from './files-to-verify';
import type { Words } from './terminal';
import { toldData } from './told-data';

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
  {
    ro: `Dovedit: evenimentele de mai sus (${proof.events.length}) sunt în jurnalul ${origin}, așa cum a fost semnat până la evenimentul nr. ${size}; niciunul nu a fost schimbat, și între ele nu lipsește niciunul.`,
    en: `Proved: these ${proof.events.length} events are in the log ${origin} as it was signed with ${size} events; none of them was changed, and none between them is missing.`,
  },
  {
    ro: 'Nedovedit: că nu există evenimente mai noi ale tichetului, și că ce spun ele este adevărat.',
    en: 'Not proved: that the ticket has no newer events, and that what they say is true.',
  },
  ...(proof.notYetSealed === 0
    ? []
    : [
        {
          ro: `Fișierul spune (fără dovadă) câte evenimente mai noi nu erau încă sigilate: ${proof.notYetSealed}.`,
          en: `The file says (without proof) that ${proof.notYetSealed} newer events were not sealed yet.`,
        },
      ]),
  ...(proof.timeStamp === undefined
    ? []
    : [
        {
          ro: 'Fișierul poartă și o marcă temporală (timeStamp), care nu se verifică aici: openssl ts -verify, ca în docs/witnesses.md.',
          en: 'The file bears a time stamp as well (timeStamp), which is not verified here: openssl ts -verify, as in docs/witnesses.md.',
        },
      ]),
  insisted === undefined
    ? {
        ro: `Semnat cu cheia ${verifier}: comparați-o cu cea dată în afară (sau --key).`,
        en: `Signed with the key ${verifier}: compare it with the one that was given out (or --key).`,
      }
    : { ro: 'Semnat cu cheia dată.', en: 'Signed with the key that was given.' },
];

/** Offline: nothing is read but the file and the key. */
export const verifyProofFile = (desk: Desk, path: string, { checkpoint, key, json = false }: Options): void => {
  mustHaveNoCheckpoint(checkpoint);
  const insisted = key === undefined ? undefined : keyToInsistOn(key);
  const proof = readTicketProof(fileToVerify(path));
  if (proof === undefined)
    throw new CommandEnds(exitCodes.invalidInput, {
      ro: `Fișierul ${path} nu este o dovadă a unui tichet, așa cum o scrie tichet proof.`,
      en: `The file ${path} is no proof of a ticket as tichet proof writes it.`,
    });
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
      desk.say({ ro: 'moment', en: 'at' }),
      desk.say({ ro: 'fapt', en: 'fact' }),
      desk.say({ ro: 'cine', en: 'who' }),
      desk.say({ ro: 'ce spune', en: 'what it says' }),
    ],
    steps.map(({ number, at, type, actor, data }) => [String(number), at, type, actor, toldData(data)]),
  );
  const [first, ...others] = claims.map((words) => desk.say(words));
  desk.print(desk.colour('green', first ?? ''));
  for (const claim of others) desk.print(claim);
};
