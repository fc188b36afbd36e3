import type { ErasureReport } from '../../../application/privacy/erasure-report';
import { civilDateOf, localTimeOf } from '../../../domain/time/civil-time';
import { referenceOf } from '../../../domain/ticket/ticket';

type Language = 'ro' | 'en';

const words = {
  ro: {
    title: 'RAPORT DE ȘTERGERE A DATELOR PERSONALE',
    ticket: 'Tichetul',
    request: 'Cererea',
    erased: 'Șters la',
    by: 'de',
    keys: 'Chei distruse',
    destroyed: {
      yes: 'verificat: cu ce este aici nimeni nu mai poate citi ce a fost sigilat cu ele',
      no: 'ATENȚIE: cheia mai există; repetați ștergerea',
    },
    letters: 'Scrisori șterse din cutia de ieșire',
    kept: 'Rămâne citibil, ca document de arhivă',
    nothing: 'nimic',
    facts: 'Faptele, ordinea lor, sigiliile și verdictele rămân, fără nume.',
    seal: (n: number, root: string, proved: number, events: number) =>
      `Sigiliul dinaintea ștergerii (${n} evenimente, rădăcina ${root}) este neschimbat: ${proved} din ${events} evenimente se dovedesc în continuare, octet cu octet.`,
    now: (n: number, root: string) => `Sigiliul cel mai nou: ${n} evenimente, rădăcina ${root}.`,
    unsealed: 'Jurnalul nu era încă sigilat; ordinea și hash-urile rămân.',
    outside: 'Ce nu poate șterge acest program:',
    copies: 'Unde mai pot fi copii:',
    tickets: 'Tichetele cererii au date personale proprii. Rulați în continuare, pentru fiecare:',
  },
  en: {
    title: 'REPORT OF THE ERASURE OF PERSONAL DATA',
    ticket: 'Ticket',
    request: 'Request',
    erased: 'Erased at',
    by: 'by',
    keys: 'Keys destroyed',
    destroyed: {
      yes: 'verified: with what is here nobody can read any more what they sealed',
      no: 'ATTENTION: the key still exists; repeat the erasure',
    },
    letters: 'Letters deleted from the outbox',
    kept: 'Stays readable, as an archive document',
    nothing: 'nothing',
    facts: 'The facts, their order, the seals and the verdicts stay, without a name.',
    seal: (n: number, root: string, proved: number, events: number) =>
      `The seal of before the erasure (${n} events, root ${root}) is unchanged: ${proved} of ${events} events are still proved, byte by byte.`,
    now: (n: number, root: string) => `The newest seal: ${n} events, root ${root}.`,
    unsealed: 'The log was not sealed yet; order and hashes stay.',
    outside: 'What this program cannot erase:',
    copies: 'Where copies may still be:',
    tickets: 'The tickets of the request hold personal data of their own. Run next, for each:',
  },
} as const;

/** The report as it is put on paper. Nothing of it is personal. */
export const erasureText = (report: ErasureReport, language: Language): string => {
  const say = words[language];
  const { subject, id, erasedAt, erasedBy, destroyedKeys, keyDestroyed, deletedLetters, kept, seal, outside, copies, tickets } = report;
  const at = erasedAt === '' ? '' : `${civilDateOf(erasedAt)} ${localTimeOf(erasedAt)} (${erasedAt})`;
  const named = subject === 'ticket' ? `${say.ticket} ${referenceOf(id)} (${id})` : `${say.request} ${id}`;
  const list = (lines: readonly string[]): readonly string[] => lines.map((line) => `- ${line}`);
  return [
    say.title,
    named,
    `${say.erased}: ${at}, ${say.by} ${erasedBy}`,
    `${say.keys}: ${destroyedKeys.length} (${destroyedKeys.join(', ')}); ${keyDestroyed ? say.destroyed.yes : say.destroyed.no}`,
    `${say.letters}: ${deletedLetters}`,
    `${say.kept}: ${kept.length === 0 ? say.nothing : kept.join(', ')}`,
    say.facts,
    ...(seal === undefined
      ? [say.unsealed]
      : [say.seal(seal.before.size, seal.before.root, seal.stillProved, seal.events), say.now(seal.after.size, seal.after.root)]),
    ...(outside.length === 0 ? [] : [say.outside, ...list(outside.map(({ text }) => text[language]))]),
    say.copies,
    ...list(copies.map(({ text }) => text[language])),
    ...(tickets.length === 0 ? [] : [say.tickets, ...tickets.map((ticketId) => `tichet forget ${ticketId} --reason …`)]),
  ].join('\n');
};
